import type { PromptEntry } from '#shared/contracts/studio/batches.ts';
import { promptChange } from '#shared/domain/studio/batches/prompt-change.ts';
import { dollars } from '../money.ts';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { plural } from '#web/lib/words.ts';
import styles from './prompt-versions.module.css';

const SHOWN_MAX = 4;

interface PromptVersionsProps {
  /** The shown one first, then the ones before it. */
  readonly versions: readonly PromptEntry[];
  readonly onOpen: (entry: PromptEntry) => void;
}

/** The versions of a prompt before the shown one, each with the words that it gained and lost. */
export function PromptVersions({ versions, onOpen }: PromptVersionsProps) {
  if (versions.length < 2) return null;
  const spent = versions.reduce((sum, { chargeUsdMicros }) => sum + chargeUsdMicros, 0);
  return (
    <section className={styles['versions']} aria-label="Prompt history">
      <header>
        <h2>Prompt history</h2>
        <span className="small muted">
          {plural(versions.length, 'version')}, {dollars(spent)} in all
        </span>
      </header>
      <ol>
        {versions.slice(1, 1 + SHOWN_MAX).map((entry, at) => (
          <li key={entry.groupId}>
            <button type="button" onClick={() => onOpen(entry)}>
              {entry.assets[0] ? (
                <HashedImage src={entry.assets[0].previews[300]} thumbhash={entry.assets[0].thumbhash} alt="" />
              ) : (
                <span className={styles['ground']} />
              )}
              <b>Version {versions.length - 1 - at}</b>
              <Change entry={entry} before={versions[at + 2]} />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Change({ entry, before }: { readonly entry: PromptEntry; readonly before: PromptEntry | undefined }) {
  if (!before) return <span className={styles['first']}>{entry.prompt}</span>;
  const { added, removed } = promptChange(before.prompt, entry.prompt);
  return (
    <span>
      {added.map((words) => (
        <ins key={words}>+ {words} </ins>
      ))}
      {removed.map((words) => (
        <del key={words}>− {words} </del>
      ))}
    </span>
  );
}
