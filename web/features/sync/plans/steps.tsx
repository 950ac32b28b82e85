import styles from './steps.module.css';

const STEPS = ['Plan', 'Prove', 'Preview', 'Apply', 'Receipt'] as const;
export type Step = (typeof STEPS)[number];

/** Where this plan stands on the way from intent to receipt. */
export function Steps({ current }: { readonly current: Step }) {
  const at = STEPS.indexOf(current);
  return (
    <ol className={styles['steps']} aria-label="Where this plan stands">
      {STEPS.map((step, index) => (
        <li key={step} data-done={index < at || undefined} aria-current={index === at ? 'step' : undefined}>
          <span>{step}</span>
        </li>
      ))}
    </ol>
  );
}
