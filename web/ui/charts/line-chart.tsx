import { ChartFrame } from './chart-frame.tsx';
import { valueRange, roundToTenth } from './chart-data.ts';
import type { ChartData, ChartPoint } from './chart-data.ts';
import styles from './charts.module.css';

const WIDTH = 600;
const HEIGHT = 96;
const PAD = 6;

interface LineChartProps extends ChartData {
  /** Lower end of the y-axis; the lowest value when omitted. */
  readonly floor?: number;
  /** A reference value, drawn as a dashed line in the accent color. */
  readonly rule?: number;
  /** Fills the area under the first series. */
  readonly filled?: boolean;
}

/** Values over days or positions, one or two series. An unknown value is a gap in the line. */
export function LineChart({ floor, rule, filled = false, ...data }: LineChartProps) {
  const rulePoints: readonly ChartPoint[] = rule === undefined ? [] : [{ name: '', values: [rule] }];
  const { low, high } = valueRange([...data.points, ...rulePoints], floor);
  const x = (at: number) => roundToTenth(data.points.length < 2 ? WIDTH / 2 : (at / (data.points.length - 1)) * WIDTH);
  const y = (value: number) => roundToTenth(HEIGHT - PAD - ((value - low) / (high - low)) * (HEIGHT - 2 * PAD));
  return (
    <ChartFrame {...data} width={WIDTH} height={HEIGHT} edges={[data.format(high), data.format(low)]}>
      {(reading) => (
        <>
          <path d={`M0 ${HEIGHT - PAD}H${WIDTH}`} className={styles['ground']} />
          {rule === undefined ? null : <path d={`M0 ${y(rule)}H${WIDTH}`} className={styles['rule']} />}
          {data.series.map((name, series) => {
            const runs = runsOf(data.points, series);
            return (
              <g key={name} data-series={series}>
                {filled && series === 0 ? <path d={runs.map((run) => areaOf(run, { x, y })).join('')} className={styles['area']} /> : null}
                <path d={runs.map((run) => lineOf(run, { x, y })).join('')} className={styles['line']} />
              </g>
            );
          })}
          {reading === null ? null : <path d={`M${x(reading)} 0V${HEIGHT}`} className={styles['cursor']} />}
        </>
      )}
    </ChartFrame>
  );
}

interface PlottedValue {
  readonly at: number;
  readonly value: number;
}
interface Scale {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

/** The stretches of a series without unknown values. */
function runsOf(points: readonly ChartPoint[], series: number): PlottedValue[][] {
  const runs: PlottedValue[][] = [[]];
  for (const [at, point] of points.entries()) {
    const value = point.values[series] ?? null;
    if (value === null) runs.push([]);
    else runs.at(-1)?.push({ at, value });
  }
  return runs.filter((run) => run.length > 0);
}

/** A single value between gaps is drawn as a dot. */
const lineOf = (run: readonly PlottedValue[], { x, y }: Scale) =>
  run.map(({ at, value }, index) => `${index === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('') + (run.length === 1 ? 'h.01' : '');

function areaOf(run: readonly PlottedValue[], { x, y }: Scale): string {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) return '';
  return `M${x(first.at)} ${HEIGHT - PAD}${run.map(({ at, value }) => `L${x(at)} ${y(value)}`).join('')}L${x(last.at)} ${HEIGHT - PAD}Z`;
}
