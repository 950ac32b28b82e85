import styles from './steps.module.css';

const STEPS = ['Plan', 'Prove', 'Preview', 'Apply', 'Receipt'] as const;
export type Step = (typeof STEPS)[number];

/** The steps from plan to receipt, with the current one marked. */
export function Steps({ current }: { readonly current: Step }) {
  const at = STEPS.indexOf(current);
  return (
    <ol className={styles['steps']} aria-label="Sync steps">
      {STEPS.map((step, index) => (
        <li key={step} data-done={index < at || undefined} aria-current={index === at ? 'step' : undefined}>
          <span>{step}</span>
        </li>
      ))}
    </ol>
  );
}
