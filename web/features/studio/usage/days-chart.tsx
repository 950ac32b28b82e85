import { useState } from 'react';
import type { UsageFigures } from '#shared/contracts/studio/usage-figures.ts';
import { dayName } from '#web/lib/dates.ts';
import { count, plural } from '#web/lib/words.ts';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { SelectField } from '#web/ui/controls/field.tsx';
import styles from './usage.module.css';

/** Renders of each day, of all models or of one. */
export function DaysChart({ figures }: { readonly figures: UsageFigures }) {
  const [chosen, setChosen] = useState('');
  const model = figures.models.find((one) => one.model === chosen);
  const renders = figures.days.map((day, at) => ({ name: dayName(day.day), values: [model ? (model.perDay[at] ?? 0) : day.renders] }));
  const most = renders.reduce((best, point) => ((point.values[0] ?? 0) > (best?.values[0] ?? 0) ? point : best), renders[0]);
  const total = renders.reduce((sum, { values }) => sum + (values[0] ?? 0), 0);
  return (
    <div className={styles['days']}>
      <SelectField label="Model" value={chosen} onChange={(event) => setChosen(event.target.value)}>
        <option value="">All models</option>
        {figures.models.flatMap((one) =>
          one.model === null ? (
            []
          ) : (
            <option key={one.model} value={one.model}>
              {one.label}
            </option>
          ),
        )}
      </SelectField>
      <Histogram
        title="Renders a day"
        axisName="Day"
        series={['Renders']}
        points={renders}
        format={count}
        summary={most && total > 0 ? `${plural(total, 'render')}, most on ${most.name} (${count(most.values[0] ?? 0)}).` : 'No renders.'}
      />
    </div>
  );
}
