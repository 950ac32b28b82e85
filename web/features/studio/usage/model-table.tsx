import type { ModelFigures, UsageFigures } from '#shared/contracts/studio/usage-figures.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import { dayName } from '#web/lib/dates.ts';
import { count, percent } from '#web/lib/words.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { dollars } from '../money.ts';
import { daysText, secondsText } from './usage-words.ts';
import styles from './model-table.module.css';

interface Row {
  readonly model: ModelFigures;
  readonly days: UsageFigures['days'];
  /** Seconds: the end of the scale of times. */
  readonly longest: number;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    head: 'Model',
    cell: ({ model: { label, vendor } }) => (
      <>
        {label ?? 'Models of deleted people'}
        <span className={styles['vendor']}>{STUDIO_VENDOR_NAMES[vendor]}</span>
      </>
    ),
  },
  { head: 'Renders', numeric: true, cell: ({ model }) => count(model.renders) },
  { head: 'Cost', numeric: true, cell: ({ model }) => dollars(model.usdMicros) },
  { head: 'Succeeded', numeric: true, cell: ({ model }) => <Succeeded model={model} /> },
  { head: 'Half within, 95 of 100 within', cell: ({ model, longest }) => <Times model={model} longest={longest} /> },
];
const drawDays = ({ model, days }: Row) => <DayBars perDay={model.perDay} days={days} />;

/** The models of the month, the most used first: renders a day, cost, success, and how long they took. */
export function ModelTable({ figures: { models, days } }: { readonly figures: UsageFigures }) {
  const longest = Math.max(1, ...models.map(({ p95Seconds }) => p95Seconds ?? 0));
  const columns = COLUMNS.toSpliced(1, 0, { head: daysText(days), cell: drawDays });
  const rows = models.map((model) => ({ model, days, longest }));
  return <DataTable caption="Models" rows={rows} keyOf={({ model: { model, vendor } }) => `${vendor} ${model ?? ''}`} columns={columns} />;
}

const BAR = 7;
const HEIGHT = 22;

/** One bar a day, on the model's own scale; the last day is today's in the accent color. */
function DayBars({ perDay, days }: { readonly perDay: readonly number[]; readonly days: UsageFigures['days'] }) {
  const most = Math.max(1, ...perDay);
  const busy = perDay.flatMap((renders, at) => (renders > 0 ? [`${dayName(days[at]?.day ?? '')}: ${count(renders)}`] : []));
  return (
    <svg
      className={styles['bars']}
      viewBox={`0 0 ${Math.max(1, perDay.length) * BAR} ${HEIGHT}`}
      width={perDay.length * BAR}
      height={HEIGHT}
      role="img"
      aria-label={busy.length === 0 ? 'No renders' : busy.join(', ')}
    >
      {perDay.map((renders, at) => {
        const height = renders === 0 ? 1 : Math.max(2, (renders / most) * HEIGHT);
        return (
          <rect
            key={days[at]?.day}
            data-empty={renders === 0 || undefined}
            data-last={at === perDay.length - 1 || undefined}
            x={at * BAR}
            width={BAR - 2}
            y={HEIGHT - height}
            height={height}
          />
        );
      })}
    </svg>
  );
}

function Succeeded({ model }: { readonly model: ModelFigures }) {
  if (model.successRate === null) return <span className="muted">none ended</span>;
  const not = [
    model.refused > 0 && `${count(model.refused)} refused`,
    model.failed > 0 && `${count(model.failed)} failed`,
    model.unknown > 0 && `${count(model.unknown)} unknown`,
  ].filter((part) => part !== false);
  return (
    <>
      {percent(model.successRate)}
      {not.length > 0 ? <span className={styles['vendor']}>{not.join(', ')}</span> : null}
    </>
  );
}

/** The two times as words and as a stretch of a logarithmic line that all models share. */
function Times({ model: { p50Seconds, p95Seconds }, longest }: { readonly model: ModelFigures; readonly longest: number }) {
  if (p50Seconds === null || p95Seconds === null) return <span className="muted">–</span>;
  const at = (seconds: number) => (Math.log1p(seconds) / Math.log1p(longest)) * 100;
  return (
    <span className={styles['times']}>
      <span className={styles['line']} aria-hidden>
        <span style={{ left: `${at(p50Seconds)}%`, width: `${Math.max(2, at(p95Seconds) - at(p50Seconds))}%` }} />
      </span>
      {secondsText(p50Seconds)} · {secondsText(p95Seconds)}
    </span>
  );
}
