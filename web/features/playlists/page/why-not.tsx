import { skipToken, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Check } from '@phosphor-icons/react/Check';
import { Question } from '@phosphor-icons/react/Question';
import { X } from '@phosphor-icons/react/X';
import { useDeferredValue, useState } from 'react';
import type { WhyNotView } from '#shared/contracts/views.ts';
import { moveInList } from '#web/lib/keyboard.ts';
import { trpc } from '#web/lib/trpc.ts';
import { listed } from '#web/lib/words.ts';
import { useSettled } from '#web/lib/use-settled.ts';
import { TextField } from '#web/ui/controls/field.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import styles from './why-not.module.css';

const route = getRouteApi('/playlist/$index');
const LETTERS_MIN = 2;

/** "Why not that one?": finds any recording of the catalogue and shows which rule kept it out of this list. */
export function WhyNot({ index, day }: { readonly index: number; readonly day: string }) {
  const { ask } = route.useSearch();
  const navigate = route.useNavigate();
  const [query, setQuery] = useState('');
  const settled = useDeferredValue(useSettled(query.trim()));
  const found = useQuery(
    trpc.network.findRecordings.queryOptions(settled.length >= LETTERS_MIN ? { query: settled } : skipToken, { placeholderData: (before) => before }),
  );
  const answer = useQuery(trpc.network.whyNot.queryOptions(ask === undefined ? skipToken : { index, day, recordingId: ask }));
  const choose = (recordingId: number) => {
    setQuery('');
    void navigate({ search: (now) => ({ ...now, ask: recordingId }), resetScroll: false, replace: true });
  };
  const isAsking = settled.length >= LETTERS_MIN;
  return (
    <section className={styles['why']} aria-label="Why not another track?">
      <h2>Why not another track?</h2>
      <TextField
        label="A title or an artist in the catalogue"
        type="search"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        autoComplete="off"
      />
      {isAsking && found.data ? (
        <ul className={styles['found']} onKeyDown={(event) => moveInList(event, 'button')}>
          {found.data.map((one) => (
            <li key={one.recordingId}>
              <button type="button" onClick={() => choose(one.recordingId)}>
                <b>{one.title}</b> <span>{listed(one.artists)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <p className={styles['none']} role="status">
        {isAsking && found.data?.length === 0 ? 'The catalogue has nothing by that name.' : ''}
      </p>
      {found.error ? <Refusal error={found.error} /> : null}
      {answer.error ? <Refusal error={answer.error} /> : null}
      {answer.data && !isAsking ? <Verdict view={answer.data} /> : null}
    </section>
  );
}

function Verdict({ view }: { readonly view: WhyNotView }) {
  return (
    <div className={styles['verdict']} aria-live="polite">
      <h3>
        {view.title} <span>{listed(view.artists)}</span>
      </h3>
      <p>{view.verdict}</p>
      <ol>
        {view.steps.map((step) => (
          <li key={`${step.rule}${step.detail}`}>
            <Mark holds={step.holds} />
            <span>
              <b>{step.rule}</b> <span>{step.detail}</span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Mark({ holds }: { readonly holds: boolean | null }) {
  if (holds === null) return <Question size={16} className="warn" role="img" aria-label="unknown" />;
  return holds ? <Check size={16} className="ok" role="img" aria-label="holds" /> : <X size={16} className="bad" role="img" aria-label="fails" />;
}
