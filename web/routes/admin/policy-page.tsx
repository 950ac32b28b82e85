import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { PolicyFamilyView, PolicyVersionView } from '#shared/contracts/policies/policy-views.ts';
import { Conversion } from '#web/features/policies/conversion/conversion.tsx';
import { FROM_WORDS } from '#web/features/policies/editor/draft-store.ts';
import { PolicyEditor } from '#web/features/policies/editor/policy-editor.tsx';
import { findTemplate } from '#shared/domain/policies/policy-templates.ts';
import { Versions } from '#web/features/policies/versions/versions.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { ErrorState, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './policy-page.module.css';

const route = getRouteApi('/admin/policies/$familyId');
/** Three views share this path and differ by the search parameter `view`; without it the editor is shown. */
const EXACTLY = { exact: true, includeSearch: true } as const;
const BY_SEARCH = { includeSearch: true } as const;

const newRoute = getRouteApi('/admin/policies/new');

/** One policy: the editor for its next version, the list of saved versions, or the plan of its conversion. */
export function PolicyPage() {
  const { familyId } = route.useParams();
  const { view, saved } = route.useSearch();
  const family = useQuery(trpc.playlistAdmin.policies.family.queryOptions({ familyId }));
  usePageTitle(family.data?.name ?? 'Policy');
  if (family.error && !family.data)
    return <ErrorState isPage error={family.error} what="Can’t load this policy." onRetry={() => void family.refetch()} />;
  const latest = family.data?.versions[0];
  if (!family.data || !latest) return <PolicySkeleton />;
  return (
    <>
      <PolicyHead title={family.data.name} summary={usageText(family.data, latest)}>
        <nav aria-label="Policy views" className={styles['views']}>
          <Link to="/admin/policies/$familyId" params={{ familyId }} search={{}} activeOptions={EXACTLY}>
            Edit
          </Link>
          <Link to="/admin/policies/$familyId" params={{ familyId }} search={{ view: 'versions' }} activeOptions={BY_SEARCH}>
            Versions
          </Link>
          <Link to="/admin/policies/simulation" search={{ a: latest.id }}>
            Simulate
          </Link>
          {latest.body.version === 1 ? (
            <Link to="/admin/policies/$familyId" params={{ familyId }} search={{ view: 'convert' }} activeOptions={BY_SEARCH}>
              Convert
            </Link>
          ) : null}
        </nav>
      </PolicyHead>
      {view === 'versions' ? <Versions family={family.data} saved={saved} /> : null}
      {view === 'convert' ? <Conversion key={latest.id} family={family.data} /> : null}
      {view === undefined ? (
        <PolicyEditor
          key={latest.id}
          base={{ key: familyId, name: latest.name, policy: latest.body, text: null }}
          family={{ familyId, version: latest.version, playlists: playlistsOf(family.data) }}
        />
      ) : null}
    </>
  );
}

/** The editor for a new policy, starting from a template, or with the draft that the composer made from words. */
export function NewPolicyPage() {
  usePageTitle('New policy');
  const { from } = newRoute.useSearch();
  const template = findTemplate(from);
  const isFromWords = from?.startsWith(FROM_WORDS) === true;
  const id = isFromWords ? from : template.id;
  const summary = isFromWords ? 'Made from the words of a list in Discover.' : `Template: ${template.name}. ${template.description}`;
  return (
    <>
      <PolicyHead title="New policy" summary={summary} />
      <PolicyEditor key={id} base={{ key: `new.${id}`, name: template.name, policy: template.policy, text: null }} />
    </>
  );
}

function PolicyHead({ title, summary, children }: { readonly title: string; readonly summary: string; readonly children?: React.ReactNode }) {
  return (
    <header className={styles['head']}>
      <p className="small">
        <Link to="/admin/policies">Policies</Link>
      </p>
      <div>
        <h1>{title}</h1>
        {children}
      </div>
      <p className={styles['summary']}>{summary}</p>
    </header>
  );
}

const playlistsOf = ({ versions }: PolicyFamilyView) => versions.reduce((sum, version) => sum + version.playlists, 0);

function usageText(family: PolicyFamilyView, latest: PolicyVersionView): string {
  const playlists = playlistsOf(family);
  const behind = playlists - latest.playlists;
  const followers =
    playlists === 0 ? 'No playlist follows it yet' : `${plural(playlists, 'playlist')} follow${playlists === 1 ? 's' : ''} this policy`;
  const outdated = behind === 0 ? '' : behind === playlists ? ', in an earlier version' : `, ${behind} of them in an earlier version`;
  return `Version ${latest.version}. ${followers}${outdated}. Your changes become version ${latest.version + 1}; earlier versions stay unchanged.`;
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
