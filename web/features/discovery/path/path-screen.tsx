import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PathView } from '#shared/contracts/discovery/path.ts';
import { playingTime } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, numberInWords, plural } from '#web/lib/words.ts';
import { ErrorState, RowsSkeleton } from '#web/ui/feedback/states.tsx';
import { useSeedNames } from '../songs/use-seeds.ts';
import { DownloadList } from '../saved/download-list.tsx';
import { SaveList } from '../saved/save-list.tsx';
import { PathEndFields } from './path-ends.tsx';
import { otherWay, pathRequestOf, withStepAfter } from './path-search.ts';
import type { PathSearch } from './path-search.ts';
import { PathStair } from './path-stair.tsx';
import { PathSteps } from './path-steps.tsx';
import styles from './path-screen.module.css';

interface PathScreenProps {
  readonly search: PathSearch;
  readonly onSearch: (search: PathSearch) => void;
}

/** From one song to another: the way drawn, and a row for each step with why it joins. */
export function PathScreen({ search, onSearch }: PathScreenProps) {
  const request = pathRequestOf(search);
  const path = useQuery({
    ...trpc.discovery.path.queryOptions(request ?? { from: 1, to: 2 }),
    enabled: request !== undefined,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  const found = request === undefined ? undefined : path.data;
  return (
    <div className="wrap">
      <h1 className={styles['title']}>{found ? headline(found) : 'Name two songs. Segue finds the way between.'}</h1>
      <PathEndFields search={search} onSearch={onSearch} />
      {request === undefined ? <p className={styles['says']}>Any two of the catalog, two to fifteen steps.</p> : null}
      {path.error && request ? <ErrorState error={path.error} what="No path" onRetry={() => void path.refetch()} /> : null}
      {request && path.isPending ? (
        <div aria-busy>
          <p className={styles['says']}>Comparing the recordings of the catalog.</p>
          <RowsSkeleton rows={7} />
        </div>
      ) : null}
      {found && !path.error && request ? <FoundPath {...{ search, onSearch, request }} path={found} isUpdating={path.isPlaceholderData} /> : null}
    </div>
  );
}

interface FoundPathProps extends PathScreenProps {
  readonly request: NonNullable<ReturnType<typeof pathRequestOf>>;
  readonly path: PathView;
  readonly isUpdating: boolean;
}

function FoundPath({ search, onSearch, request, path, isUpdating }: FoundPathProps) {
  const { tracks, steps } = path;
  const [from, to] = useSeedNames([`r${request.from}`, `r${request.to}`]);
  return (
    <div data-updating={isUpdating || undefined} className={styles['found']}>
      <p className="sr" role="status">
        {isUpdating ? 'Updating…' : `${plural(steps.length, 'step')} found`}
      </p>
      {path.notes.map((note) => (
        <p key={note} className={styles['says']}>
          {note}
        </p>
      ))}
      <PathStair tracks={tracks} steps={steps} />
      <PathSteps
        path={path}
        onOther={(position) => onSearch(otherWay(search, tracks, position))}
        onStep={(position) => onSearch(withStepAfter(search, tracks, position))}
      />
      <div className={styles['foot']}>
        <SaveList
          name={`${from?.title ?? ''} to ${to?.title ?? ''}`.slice(0, 100)}
          criteria={{ kind: 'path', request }}
          tracks={tracks.map(({ recordingId, position }) => ({ recordingId, ...reasonOf(path, position) }))}
        />
        <DownloadList name={`${from?.title ?? ''} to ${to?.title ?? ''}`.slice(0, 100)} recordingIds={tracks.map(({ recordingId }) => recordingId)} />
        <p>
          {plural(tracks.length, 'track')}, {playingTime(path.durationMs)}. {count(path.compared)} recordings compared.
        </p>
      </div>
    </div>
  );
}

function reasonOf({ steps }: PathView, position: number) {
  const step = steps[position - 2];
  return step ? { reason: { kind: 'step' as const, why: step.why, facts: { facts: step.facts as never } } } : {};
}

function headline({ tracks, steps }: PathView): string {
  const weakest = steps.find(({ isWeakest }) => isWeakest);
  const [first, last] = [tracks[0]?.title ?? '', tracks.at(-1)?.title ?? ''];
  return `From ${first} to ${last} in ${numberInWords(steps.length)} steps.${weakest ? ` The weakest is step ${numberInWords(weakest.position)}.` : ''}`;
}
