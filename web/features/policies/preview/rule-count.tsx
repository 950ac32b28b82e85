import type { ReactNode } from 'react';
import { count } from '#web/lib/words.ts';
import { useEditor } from '../editor/editor-context.ts';
import { pathKey } from '../rules/rule-path.ts';
import type { RulePath } from '../rules/rule-path.ts';
import styles from '../rules/rules.module.css';

/** The number of recordings that match a rule on its own, and how many have no known value. Keeps its space while loading. */
export function RuleCountText({ path, children }: { readonly path: RulePath; readonly children?: ReactNode }) {
  const { counts, isCurrent, catalog } = useEditor();
  const result = counts.get(pathKey(path));
  return (
    <div className={styles['count']} data-stale={!isCurrent || undefined}>
      <span>
        <b>{result ? count(result.admits) : '–'}</b>
        {result && catalog ? <Share share={result.admits / catalog} /> : null}
      </span>
      {children ?? (result && result.unknown > 0 ? <span className={styles['unknowns']}>{count(result.unknown)} unknown</span> : null)}
    </div>
  );
}

/** The matching share of the catalog as a small bar. */
function Share({ share }: { readonly share: number }) {
  return (
    <span className={styles['share']} aria-hidden>
      <span style={{ width: `${Math.min(1, share) * 100}%` }} />
    </span>
  );
}
