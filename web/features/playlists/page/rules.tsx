import type { PlaylistView } from '#shared/contracts/playlists/playlist-views.ts';
import { count } from '#web/lib/words.ts';
import styles from './rules.module.css';

/** The playlist's rules, and how many recordings each step of that day's selection left. */
export function Rules({ view }: { readonly view: PlaylistView }) {
  const { report } = view;
  const funnel = report
    ? ([
        ['In the catalog', report.catalog],
        ['Match the rules', report.pool],
        ['Within their repeat window', report.resting],
        ['Candidates', report.candidates],
        ['Selected', report.chosen],
      ] as const)
    : [];
  return (
    <section className={styles['rules']} aria-label="Rules">
      <h2>Rules</h2>
      <ul>
        {view.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      {funnel.length > 0 ? (
        <dl>
          {funnel.map(([name, value]) => (
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
