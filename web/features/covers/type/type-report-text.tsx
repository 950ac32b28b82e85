import type { FinishedCover } from '#shared/contracts/covers/projects.ts';
import type { TypeRemedy } from '#shared/domain/covers/type/type-plan.ts';
import { StepPart } from '../project/step-layout.tsx';
import styles from './type-report-text.module.css';

/** What was done to make the title readable. */
const REMEDIES: Readonly<Record<TypeRemedy, string>> = {
  none: 'Set as it is',
  other_ink: 'Set in the other color of the palette',
  moved: 'Moved to a calmer part of the picture',
  plate: 'A plate was put under it',
  scrim: 'The picture was toned down under it',
};

/** How legible the title is, measured on the finished JPEG. */
export function TypeReportText({ finished: { report } }: { readonly finished: FinishedCover }) {
  if (!report) return <p className={styles['none']}>The picture has no title set over it.</p>;
  const rows = [
    ['Contrast', `${report.contrast.toFixed(1)} : 1 for the least legible word`],
    ['At 64 px', report.readsAt64 ? 'Can be read' : 'Too long to be read; it can be read at 300 px'],
    ['Title', REMEDIES[report.remedy]],
    ['Capitals', `${Math.round(report.capHeight * 100)}% of the cover’s side`],
  ] as const;
  return (
    <StepPart title="Measured on the finished file">
      <dl className={styles['rows']}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </StepPart>
  );
}
