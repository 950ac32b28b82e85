import type { ReactNode } from 'react';
import { count } from '#web/lib/words.ts';
import { useEditor } from '../editor/editor-context.ts';
import { pathText } from '../rules/rule-path.ts';
import type { RulePath } from '../rules/rule-path.ts';
import styles from '../rules/rules.module.css';

/** How many recordings a rule lets through when it stands alone, and of how many it cannot be told; the place is held while it is not known. */
export function RuleCount({ path, children }: { readonly path: RulePath; readonly children?: ReactNode }) {
  const { counts, isCurrent, catalogue } = useEditor();
  const found = counts.get(pathText(path));
  return (
    <div className={styles['count']} data-stale={!isCurrent || undefined}>
      <span>
        <b>{found ? count(found.admits) : '–'}</b>
        {found && catalogue ? <Share share={found.admits / catalogue} /> : null}
      </span>
      {children ?? (found && found.unknown > 0 ? <span className={styles['unknowns']}>{count(found.unknown)} unknown</span> : null)}
    </div>
  );
}

/** The same as a sliver of the catalogue: seen before the number is read. */
function Share({ share }: { readonly share: number }) {
  return (
    <span className={styles['share']} aria-hidden>
      <span style={{ width: `${Math.min(1, share) * 100}%` }} />
    </span>
  );
}
