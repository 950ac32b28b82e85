import type { PolicyDifference } from '#shared/contracts/policies/policy-views.ts';
import styles from './differences.module.css';

/** The differences between two policies: removed values with a minus sign, new values with a plus sign. */
export function Differences({ differences }: { readonly differences: readonly PolicyDifference[] }) {
  if (differences.length === 0) return <p className={styles['none']}>No differences.</p>;
  return (
    <dl className={styles['differences']}>
      {differences.map(({ path, what, before, after }) => (
        <div key={`${path} ${what} ${before ?? ''} ${after ?? ''}`}>
          <dt>{what}</dt>
          {before === null ? null : (
            <dd data-sign="minus">
              <span aria-hidden>−</span> <span className="sr">was: </span>
              <del>{before}</del>
            </dd>
          )}
          {after === null ? null : (
            <dd data-sign="plus">
              <span aria-hidden>+</span> <span className="sr">now: </span>
              <ins>{after}</ins>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
