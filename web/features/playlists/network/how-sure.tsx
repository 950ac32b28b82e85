import styles from './how-sure.module.css';

const STEPS = [
  ['Plan', 'Rules and a pool make tomorrow’s list. The same rules always make the same list.'],
  ['Prove', 'The database itself refuses a recording that has not rested.'],
  ['Preview', 'What will change, track by track, and what it costs.'],
  ['Apply', 'Only the plan that was read is carried out.'],
  ['Receipt', 'Read back from Spotify and kept, day by day.'],
] as const;

/** The one idea that holds the house together, for those who wonder. */
export function HowSure() {
  return (
    <section className={styles['how']} id="how">
      <h2>How it can be so sure</h2>
      <ol>
        {STEPS.map(([name, says]) => (
          <li key={name}>
            <b>{name}</b>
            {says}
          </li>
        ))}
      </ol>
    </section>
  );
}
