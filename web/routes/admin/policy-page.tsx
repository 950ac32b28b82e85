import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { PolicyFamilyView, PolicyVersionView } from '#shared/contracts/policies/policy-views.ts';
import { PolicyEditor } from '#web/features/policies/editor/policy-editor.tsx';
import { templateOf } from '#web/features/policies/editor/policy-templates.ts';
import { Versions } from '#web/features/policies/versions/versions.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { ErrorState, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './policy-page.module.css';

const route = getRouteApi('/admin/policies/$familyId');
/** Two views at one address differ by their search: without it one edits. */
const EXACTLY = { exact: true, includeSearch: true } as const;
const BY_SEARCH = { includeSearch: true } as const;

const newRoute = getRouteApi('/admin/policies/new');

/** One policy: writing its next version, or reading those it had. */
export function PolicyPage() {
  const { familyId } = route.useParams();
  const { view, saved } = route.useSearch();
  const family = useQuery(trpc.policies.family.queryOptions({ familyId }));
  usePageTitle(family.data?.name ?? 'Policy');
  if (family.error && !family.data)
    return <ErrorState isPage error={family.error} what="This policy cannot be shown." onRetry={() => void family.refetch()} />;
  const latest = family.data?.versions[0];
  if (!family.data || !latest) return <PolicySkeleton />;
  const isHistory = view === 'versions';
  return (
    <>
      <PolicyHead title={family.data.name} says={usedBy(family.data, latest)}>
        <nav aria-label="This policy" className={styles['views']}>
          <Link to="/admin/policies/$familyId" params={{ familyId }} search={{}} activeOptions={EXACTLY}>
            Edit
          </Link>
          <Link to="/admin/policies/$familyId" params={{ familyId }} search={{ view: 'versions' }} activeOptions={BY_SEARCH}>
            Versions
          </Link>
          <Link to="/admin/policies/simulation" search={{ a: latest.id }}>
            Simulate
          </Link>
        </nav>
      </PolicyHead>
      {isHistory ? (
        <Versions family={family.data} saved={saved} />
      ) : (
        <PolicyEditor
          key={latest.id}
          base={{ key: familyId, name: latest.name, policy: latest.body, text: null }}
          family={{ familyId, version: latest.version, playlists: playlistsOf(family.data) }}
        />
      )}
    </>
  );
}

/** A policy that does not exist yet, begun from a template. */
export function NewPolicyPage() {
  usePageTitle('New policy');
  const { from } = newRoute.useSearch();
  const template = templateOf(from);
  return (
    <>
      <PolicyHead title="A new policy" says={`Begun from “${template.name}”. ${template.says}`} />
      <PolicyEditor key={template.id} base={{ key: `new.${template.id}`, name: template.name, policy: template.policy, text: null }} />
    </>
  );
}

function PolicyHead({ title, says, children }: { readonly title: string; readonly says: string; readonly children?: React.ReactNode }) {
  return (
    <header className={styles['head']}>
      <p className="small">
        <Link to="/admin/policies">Policies</Link>
      </p>
      <div>
        <h1>{title}</h1>
        {children}
      </div>
      <p className={styles['says']}>{says}</p>
    </header>
  );
}

const playlistsOf = ({ versions }: PolicyFamilyView) => versions.reduce((sum, version) => sum + version.playlists, 0);

function usedBy(family: PolicyFamilyView, latest: PolicyVersionView): string {
  const playlists = playlistsOf(family);
  const behind = playlists - latest.playlists;
  const followers =
    playlists === 0 ? 'no playlist follows it yet' : `${plural(playlists, 'playlist')} follow${playlists === 1 ? 's' : ''} this policy`;
  const late = behind === 0 ? '' : behind === playlists ? ', in an earlier version' : `, ${behind} of them in an earlier version`;
  return `Version ${latest.version}; ${followers}${late}. What you change becomes version ${latest.version + 1}; the versions before stay as they are.`;
}

function PolicySkeleton() {
  return (
    <div aria-busy>
      <header className={styles['head']}>
        <h1>
          <TitleSkeleton width="10em" />
        </h1>
      </header>
      <Skeleton height="640px" />
    </div>
  );
}
