import type { PlaylistView } from '#shared/contracts/views.ts';
import { count } from '#web/lib/words.ts';
import styles from './rules.module.css';

/** What must hold for this playlist, and how the catalogue narrowed down to it that day. */
export function Rules({ view }: { readonly view: PlaylistView }) {
  const { report } = view;
  const narrowing = report
    ? ([
        ['In the catalogue', report.catalogue],
        ['Fit the rules', report.pool],
        ['Resting that day', report.resting],
        ['Could be chosen', report.candidates],
        ['Chosen', report.chosen],
      ] as const)
    : [];
  return (
    <section className={styles['rules']} aria-label="Rules">
      <h2>What must hold</h2>
      <ul>
        {view.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      {narrowing.length > 0 ? (
        <dl>
          {narrowing.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{count(value)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}
