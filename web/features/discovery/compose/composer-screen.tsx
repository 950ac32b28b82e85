import type { ReactNode } from 'react';
import { Button } from '#web/ui/controls/button.tsx';
import { modeOf, withSeed, withWords } from '../draft/asking.ts';
import type { Composer } from '../draft/use-composer.ts';
import type { ComposedList } from '../draft/use-composed-list.ts';
import { MusicSearchBox } from '../search/music-search-box.tsx';
import { SongsAsk } from '../songs/songs-ask.tsx';
import { useSeedNames } from '../songs/use-seeds.ts';
import { WordsAsk } from '../words/words-ask.tsx';
import { proposedName } from './list-facts.ts';
import { ListPanel } from './list-panel.tsx';
import styles from './composer-screen.module.css';

/** Sentences that show what words can say. */
const EXAMPLES = ['quiet, no vocals', '90s, upbeat, 45 minutes', 'warm soul for driving home, around 85 bpm, nothing explicit'];

interface ComposerScreenProps {
  readonly composer: Composer;
  readonly list: ComposedList;
  readonly renderFoot: (name: string) => ReactNode;
}

/** Songs or words on one side, the list that comes of them on the other. */
export function ComposerScreen({ composer, list, renderFoot }: ComposerScreenProps) {
  const { state, change } = composer;
  const mode = modeOf(state);
  const named = useSeedNames(state.seeds ?? []);
  const name = state.name ?? proposedName(state.q, named);
  const hasList = mode !== undefined || state.from !== undefined;
  return (
    <div className={`wrap ${styles['columns']}`}>
      <div className={styles['ask']}>
        <h1>What should it sound like?</h1>
        <MusicSearchBox
          label="Add a song, or describe it"
          onSeed={(seed) => change(withSeed(state, seed))}
          onWords={(words) => change(withWords(state, words))}
        />
        {mode === 'songs' ? <SongsAsk composer={composer} /> : null}
        {mode === 'words' ? <WordsAsk composer={composer} vibe={list.vibe} onAskAgain={list.retry} /> : null}
        {hasList && list.tracks.length > 0 ? (
          <p className={styles['jump']}>
            <span>{list.tracks.length} tracks</span>
            <a href="#the-list">See the list</a>
          </p>
        ) : null}
      </div>
      {hasList ? (
        <ListPanel composer={composer} list={list} name={name} foot={renderFoot(name)} />
      ) : (
        <section className={styles['nothing']}>
          <h2>One song or one sentence is enough.</h2>
          <p>The list appears here and changes with your question. Nothing is saved or exported until you say so.</p>
          <p className={styles['examples']}>
            {EXAMPLES.map((words) => (
              <Button key={words} size="small" onClick={() => change(withWords(state, words))}>
                {words}
              </Button>
            ))}
          </p>
        </section>
      )}
    </div>
  );
}
