import { useId, useState } from 'react';
import type { KeyboardEvent, SubmitEvent } from 'react';
import type { VibeListView } from '#shared/contracts/discovery/generate-vibe.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { fitAddress } from '../draft/composer-search.ts';
import { askAgain, withSpec, withWords } from '../draft/asking.ts';
import type { Composer } from '../draft/use-composer.ts';
import { PolicyDraftButton } from './policy-draft-button.tsx';
import { VibeNotes, readerName } from './vibe-notes.tsx';
import { WishChips } from './wish-chips.tsx';
import styles from './words-ask.module.css';

interface WordsAskProps {
  readonly composer: Composer;
  readonly vibe: VibeListView | undefined;
  readonly onAskAgain: () => void;
}

/** What a list from words is asked for: the sentence, the chips that it became, and words that change them. */
export function WordsAsk({ composer, vibe, onAskAgain }: WordsAskProps) {
  const { state, change } = composer;
  return (
    <>
      <Sentence key={state.q} q={state.q ?? ''} reader={vibe ? readerName(vibe) : ''} onAsk={(q) => change(withWords(state, q))} />
      {vibe ? (
        <>
          <WishChips spec={vibe.spec} chips={vibe.chips} onChange={(spec) => change(withSpec(state, spec))} />
          <FollowUp key={`${state.more ?? ''} ${vibe.chips.length}`} onAsk={(more) => change(askAgain(state, { spec: vibe.spec, more }))} />
          <VibeNotes vibe={vibe} onAskAgain={onAskAgain} />
          <PolicyDraftButton vibe={vibe} sentence={state.q ?? ''} />
        </>
      ) : null}
    </>
  );
}

interface SentenceProps {
  readonly q: string;
  readonly reader: string;
  readonly onAsk: (q: string) => void;
}

function Sentence({ q, reader, onAsk }: SentenceProps) {
  const id = useId();
  const [text, setText] = useState(q);
  const asked = text.trim();
  const ask = () => {
    if (asked !== '') onAsk(fitAddress(asked));
  };
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    ask();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    ask();
  };
  return (
    <form onSubmit={send} className={styles['sentence']}>
      <label htmlFor={id} className="label">
        In your own words
      </label>
      <textarea id={id} rows={4} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={onKey} aria-describedby={`${id}-note`} />
      <footer>
        <span id={`${id}-note`}>{fitAddress(asked) === asked ? reader : 'Too long: only the beginning is read.'}</span>
        <Button size="small" type="submit" disabled={asked === '' || asked === q}>
          Read again
        </Button>
      </footer>
    </form>
  );
}

/** Words that change the chips, such as "less upbeat". */
function FollowUp({ onAsk }: { readonly onAsk: (more: string) => void }) {
  const [text, setText] = useState('');
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() !== '') onAsk(text.trim());
  };
  return (
    <form className={styles['follow']} onSubmit={send}>
      <TextField
        label="Change it in words"
        placeholder="less upbeat, no rap, from the 80s"
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" disabled={text.trim() === ''}>
        Change
      </Button>
    </form>
  );
}
