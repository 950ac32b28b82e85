import { skipToken, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Check } from '@phosphor-icons/react/Check';
import { Question } from '@phosphor-icons/react/Question';
import { X } from '@phosphor-icons/react/X';
import { useDeferredValue, useState } from 'react';
import type { WhyNotView } from '#shared/contracts/curation/why-not.ts';
import { moveInList } from '#web/lib/keyboard.ts';
import { trpc } from '#web/lib/trpc.ts';
import { joinNames } from '#web/lib/words.ts';
import { useDebounced } from '#web/lib/use-debounced.ts';
import { TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import styles from './why-not.module.css';

const route = getRouteApi('/playlist/$index');
const QUERY_CHARS_MIN = 2;

/** Explains why a recording is not in this list: searches the catalog and shows the result of each rule for the selected recording. */
export function WhyNot({ index, day }: { readonly index: number; readonly day: string }) {
  const { ask } = route.useSearch();
  const navigate = route.useNavigate();
  const [query, setQuery] = useState('');
  const debouncedQuery = useDeferredValue(useDebounced(query.trim()));
  const matches = useQuery(
    trpc.playlists.findRecordings.queryOptions(debouncedQuery.length >= QUERY_CHARS_MIN ? { query: debouncedQuery } : skipToken, {
      placeholderData: (before) => before,
    }),
  );
  const explanation = useQuery(trpc.playlists.whyNot.queryOptions(ask === undefined ? skipToken : { index, day, recordingId: ask }));
  const choose = (recordingId: number) => {
    setQuery('');
    void navigate({ search: (now) => ({ ...now, ask: recordingId }), resetScroll: false, replace: true });
  };
  const isSearching = debouncedQuery.length >= QUERY_CHARS_MIN;
  return (
    <section className={styles['why']} aria-label="Why not another track?">
      <h2>Why not another track?</h2>
      <TextField
        label="Search the catalog by title or artist"
        type="search"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        autoComplete="off"
      />
      {isSearching && matches.data ? (
        <ul className={styles['matches']} onKeyDown={(event) => moveInList(event, 'button')}>
          {matches.data.map((one) => (
            <li key={one.recordingId}>
              <button type="button" onClick={() => choose(one.recordingId)}>
                <b>{one.title}</b> <span>{joinNames(one.artists)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <p className={styles['none']} role="status">
        {isSearching && matches.data?.length === 0 ? 'No recordings match in the catalog.' : ''}
      </p>
      {matches.error ? <InlineError error={matches.error} /> : null}
      {explanation.error ? <InlineError error={explanation.error} /> : null}
      {explanation.data && !isSearching ? <Explanation view={explanation.data} /> : null}
    </section>
  );
}

function Explanation({ view }: { readonly view: WhyNotView }) {
  return (
    <div className={styles['explanation']} aria-live="polite">
      <h3>
        {view.title} <span>{joinNames(view.artists)}</span>
      </h3>
      <p>{view.answer}</p>
      <ol>
        {view.steps.map((step) => (
          <li key={`${step.rule}${step.detail}`}>
            <StepIcon holds={step.holds} />
            <span>
              <b>{step.rule}</b> <span>{step.detail}</span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function StepIcon({ holds }: { readonly holds: boolean | null }) {
  if (holds === null) return <Question size={16} className="warn" role="img" aria-label="Unknown" />;
  return holds ? <Check size={16} className="ok" role="img" aria-label="Passes" /> : <X size={16} className="bad" role="img" aria-label="Fails" />;
}
