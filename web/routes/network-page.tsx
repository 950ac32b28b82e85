import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ArrowsDownUp } from '@phosphor-icons/react/ArrowsDownUp';
import type { NetworkView } from '#shared/contracts/views.ts';
import { HowSure } from '#web/features/playlists/network/how-sure.tsx';
import { answerOf, introduction } from '#web/features/playlists/network/lede.ts';
import { MOOD_RULES, moodsOf } from '#web/features/playlists/network/moods.ts';
import { Wall, WallSkeleton } from '#web/features/playlists/network/wall.tsx';
import { when } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Chip } from '#web/ui/controls/chip.tsx';
import { EmptyState, ErrorState, Skeleton } from '#web/ui/feedback/states.tsx';
import styles from './network-page.module.css';

const route = getRouteApi('/');

/** First sight: the network as a wall, its answer in one sentence, its proof beside it. */
export function NetworkPage() {
  usePageTitle(undefined);
  const network = useQuery(trpc.network.overview.queryOptions());
  if (network.error && !network.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={network.error} what="The network cannot be shown right now." onRetry={() => void network.refetch()} />
      </div>
    );
  }
  return <div className="wrap">{network.data ? <Network view={network.data} /> : <NetworkSkeleton />}</div>;
}

function Network({ view }: { readonly view: NetworkView }) {
  const [first, second] = answerOf(view);
  if (view.playlists.length === 0) {
    return (
      <EmptyState isPage title="No playlists yet.">
        The operator feeds albums and makes the first playlist; from then on this wall is new every morning.
      </EmptyState>
    );
  }
  return (
    <>
      <section className={styles['lede']}>
        <div>
          <h1 className="display">
            <span className={styles['sentence']}>{first}</span> <span className={styles['sentence']}>{second}</span>
          </h1>
          <p>{introduction(view)}</p>
        </div>
        <Facts view={view} />
      </section>
      <Shelves view={view} />
      <HowSure />
    </>
  );
}

function Facts({ view }: { readonly view: NetworkView }) {
  const facts = [
    ['Tracks placed today', count(view.placedToday)],
    [`Repeats in ${view.longestRestDays} days`, count(view.repeats)],
    ['Placements checked', count(view.placementsChecked)],
    ['Proved', when(view.provedAt, view.today)],
  ] as const;
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Shelves({ view }: { readonly view: NetworkView }) {
  const { mood, sort } = route.useSearch();
  const navigate = route.useNavigate();
  const offered = moodsOf(view.playlists);
  const kept = mood ? view.playlists.filter((card) => MOOD_RULES[mood].holds(card) === true) : view.playlists;
  const cards = sort === 'changed' ? kept.toSorted((one, other) => other.changed - one.changed || one.index - other.index) : kept;
  return (
    <>
      <div className={styles['moods']} role="group" aria-label="Mood">
        <Chip chosen={mood === undefined} onClick={() => void navigate({ search: (now) => ({ ...now, mood: undefined }), resetScroll: false })}>
          Everything
        </Chip>
        {offered.map((one) => (
          <Chip key={one} chosen={mood === one} onClick={() => void navigate({ search: (now) => ({ ...now, mood: one }), resetScroll: false })}>
            {MOOD_RULES[one].name}
          </Chip>
        ))}
        <Button
          look="quiet"
          className={styles['sort'] ?? ''}
          icon={<ArrowsDownUp size={16} aria-hidden />}
          aria-pressed={sort === 'changed'}
          onClick={() => void navigate({ search: (now) => ({ ...now, sort: sort ? undefined : ('changed' as const) }), resetScroll: false })}
        >
          {sort ? 'In their own order' : 'Changed most today'}
        </Button>
      </div>
      <p className="sr" role="status">
        {mood ? `${cards.length} playlists shown` : ''}
      </p>
      {cards.length > 0 ? (
        <Wall cards={cards} />
      ) : (
        <EmptyState title="No playlist sounds like that today.">Choose another word, or everything.</EmptyState>
      )}
    </>
  );
}

function NetworkSkeleton() {
  return (
    <div aria-busy>
      <h1 className="sr">The network is on its way.</h1>
      <section className={styles['lede']} aria-hidden>
        <div>
          <div className="display">
            <Skeleton width="9em" height=".8em" />
            <br />
            <Skeleton width="13em" height=".8em" />
          </div>
          <p>
            <Skeleton width="30em" height="3.4em" />
          </p>
        </div>
        <div className={styles['facts']}>
          <Skeleton height="138px" />
        </div>
      </section>
      <div className={styles['moods']} aria-hidden>
        <Skeleton width="420px" height="30px" />
      </div>
      <WallSkeleton />
    </div>
  );
}
