import { useId, useState } from 'react';
import type { ImportedLine, ListCandidate } from '#shared/contracts/discovery/import-list.ts';
import { percent } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { MusicSearchBox } from '../search/music-search-box.tsx';
import { useTrackHits } from '../tracks/use-look-up.ts';
import styles from './matched-lines.module.css';

const STATES = {
  matched: { tone: 'good', text: 'Matched' },
  unsure: { tone: 'soon', text: 'Check' },
  unmatched: { tone: 'bad', text: 'Not found' },
  not_music: { tone: 'quiet', text: 'Not music' },
} as const;

interface PastedLineProps {
  readonly line: ImportedLine;
  /** What was decided; undefined while nothing was. */
  readonly choice: number | null | undefined;
  readonly onChoose: (recordingId: number | null) => void;
}

/** A line of a pasted list: what was given, what it was matched to and how certainly, and the ways to repair it. */
export function PastedLine({ line, choice, onChoose }: PastedLineProps) {
  const id = useId();
  const [isSearching, setSearching] = useState(false);
  const { tone, text } = STATES[line.status];
  const candidates = line.track ? [line.track, ...line.others] : line.others;
  const isFound = choice !== undefined && choice !== null && !candidates.some(({ recordingId }) => recordingId === choice);
  const found = useTrackHits(isFound ? [choice] : []).get(choice ?? 0);
  const isDecided = choice !== undefined || line.status === 'matched';
  return (
    <li data-open={line.status === 'unsure' && !isDecided ? true : undefined}>
      <p className={styles['given']}>
        <span>{line.line}</span> {line.given}
      </p>
      <div className={styles['match']}>
        {choice === undefined ? (
          <StatusText tone={tone}>{text}</StatusText>
        ) : (
          <StatusText tone={choice === null ? 'quiet' : 'good'}>{choice === null ? 'Left out' : 'Chosen'}</StatusText>
        )}
        {line.note ? <p>{line.note}</p> : null}
        {line.status === 'matched' && choice === undefined && line.track ? <Named candidate={line.track} by={line.by} /> : null}
        {found ? (
          <p>
            <b>{found.title}</b> {found.artists.map(({ name }) => name).join(', ')}
          </p>
        ) : null}
        {line.status !== 'matched' && candidates.length > 0 ? (
          <fieldset>
            <legend className="sr">Matches for line {line.line}</legend>
            {candidates.map((candidate) => (
              <label key={candidate.recordingId}>
                <input type="radio" name={id} checked={choice === candidate.recordingId} onChange={() => onChoose(candidate.recordingId)} />
                <Named candidate={candidate} />
              </label>
            ))}
          </fieldset>
        ) : null}
        {isSearching ? (
          <MusicSearchBox
            label={`Search for line ${line.line}`}
            placeholder="Title or artist"
            only="Tracks"
            onSeed={(seed) => {
              onChoose(Number(seed.slice(1)));
              setSearching(false);
            }}
          />
        ) : null}
        {line.status === 'not_music' ? null : (
          <p className={styles['acts']}>
            <Button size="small" look="quiet" onClick={() => setSearching(!isSearching)}>
              Search…
            </Button>
            {choice === null ? null : (
              <Button size="small" look="quiet" onClick={() => onChoose(null)}>
                Leave out
              </Button>
            )}
          </p>
        )}
      </div>
    </li>
  );
}

function Named({
  candidate: { title, artists, album, confidence },
  by = null,
}: {
  readonly candidate: ListCandidate;
  readonly by?: ImportedLine['by'];
}) {
  return (
    <span className={styles['named']}>
      <b>{title}</b> {artists.join(', ')}{' '}
      <span>
        {album} · {by === 'link' || by === 'isrc' ? `by its ${by === 'link' ? 'link' : 'ISRC'}` : `${percent(confidence)} certain`}
      </span>
    </span>
  );
}
