import { useState } from 'react';
import type { ImportListView, ImportedLine } from '#shared/contracts/discovery/import-list.ts';
import type { RecordingId } from '#shared/ids.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { Chip } from '#web/ui/controls/chip.tsx';
import { SaveList } from '../saved/save-list.tsx';
import { PastedLine } from './pasted-line.tsx';
import { chosenOf, choiceCounts, needsRepair } from './line-choices.ts';
import type { LineChoices } from './line-choices.ts';
import styles from './matched-lines.module.css';

/** Lines that are shown at once; more on request. */
const PAGE = 100;

/** The lines of a pasted list with what they were matched to. Unsure ones come first until each is decided. */
export function MatchedLines({ list }: { readonly list: ImportListView }) {
  const [choices, setChoices] = useState<LineChoices>(new Map());
  const [filter, setFilter] = useState<'repair' | 'all'>(list.lines.some(needsRepair) ? 'repair' : 'all');
  const [shown, setShown] = useState(PAGE);
  const [isWithRepeats, setWithRepeats] = useState(false);
  const counts = choiceCounts(list.lines, choices);
  const chosen = chosenOf(list.lines, choices);
  const visible = filter === 'all' ? list.lines : list.lines.filter(needsRepair);
  const choose = (line: number, recordingId: number | null) => setChoices((now) => new Map(now).set(line, recordingId));
  const tracks = [...new Set(chosen)].map((recordingId) => ({ recordingId: recordingId as RecordingId }));
  const repeats = chosen.length - tracks.length;
  return (
    <section aria-labelledby="matched" className={styles['matched']}>
      <h2 id="matched" aria-live="polite">
        {counts.taken} of {plural(list.lines.length, 'line')} matched{counts.open > 0 ? `, ${counts.open} to check` : ''}.
      </h2>
      <p className={styles['figures']}>
        {[
          `${plural(list.counts.unmatched, 'line')} without a match`,
          ...(list.counts.notMusic > 0 ? [`${list.counts.notMusic} not music`] : []),
          ...(list.counts.duplicates > 0 ? [`${list.counts.duplicates} repeated`] : []),
        ].join(', ')}
        .
        {list.counts.unmatched > 0 ? (
          <>
            {' '}
            Music that is not in the catalog comes with its album:{' '}
            <AppLink href="/discover/submit" className="link">
              submit an album
            </AppLink>
            .
          </>
        ) : null}
      </p>
      <div className={styles['filter']} role="group" aria-label="Lines shown">
        <Chip chosen={filter === 'repair'} onClick={() => setFilter('repair')}>
          To check ({list.lines.filter(needsRepair).length})
        </Chip>
        <Chip chosen={filter === 'all'} onClick={() => setFilter('all')}>
          All ({list.lines.length})
        </Chip>
        {counts.open > 0 ? (
          <Button size="small" onClick={() => setChoices(withBestGuesses(list.lines, choices))}>
            Take the best guess for all {counts.open}
          </Button>
        ) : null}
      </div>
      <ol className={styles['lines']} aria-label="Lines">
        {visible.slice(0, shown).map((line) => (
          <PastedLine key={line.line} line={line} choice={choices.get(line.line)} onChoose={(recordingId) => choose(line.line, recordingId)} />
        ))}
      </ol>
      {visible.length > shown ? (
        <Button onClick={() => setShown((now) => now + PAGE)}>{`Show ${Math.min(PAGE, visible.length - shown)} more`}</Button>
      ) : null}
      {repeats > 0 && !isWithRepeats ? (
        <p className={styles['figures']}>
          {plural(repeats, 'line')} repeat a track; a playlist of Segue has each once.{' '}
          <button type="button" onClick={() => setWithRepeats(true)}>
            All right
          </button>
        </p>
      ) : null}
      <SaveList name={list.name ?? 'Pasted list'} criteria={{ kind: 'chosen' }} tracks={tracks} isOff={tracks.length === 0} />
      {counts.open > 0 ? <p className={styles['figures']}>Lines that are not decided are left out.</p> : null}
    </section>
  );
}

function withBestGuesses(lines: readonly ImportedLine[], choices: LineChoices): LineChoices {
  const next = new Map(choices);
  for (const line of lines) if (line.status === 'unsure' && !next.has(line.line) && line.track) next.set(line.line, line.track.recordingId);
  return next;
}
