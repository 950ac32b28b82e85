import styles from './how-it-works.module.css';

const STEPS = [
  ['Plan', 'A policy selects tomorrow’s tracks. The same policy and data always give the same list.'],
  ['Prove', 'The database rejects any recording still within its repeat window.'],
  ['Preview', 'See every change, track by track, and how many Spotify requests it takes.'],
  ['Apply', 'Segue applies exactly the plan you reviewed.'],
  ['Receipt', 'Each playlist is read back from Spotify and the result is stored, day by day.'],
] as const;

/** Explains how a playlist update works, from plan to receipt. */
export function HowItWorks() {
  return (
    <section className={styles['how']} id="how">
      <h2>How Segue prevents repeats</h2>
      <ol>
        {STEPS.map(([name, description]) => (
          <li key={name}>
            <b>{name}</b>
            {description}
          </li>
        ))}
      </ol>
    </section>
  );
}
