import { ChartFrame } from './chart-frame.tsx';
import { roundToTenth, valueRange } from './chart-data.ts';
import type { ChartData } from './chart-data.ts';
import styles from './charts.module.css';

const WIDTH = 600;
const HEIGHT = 96;
const BASE = 90;
const TALLEST = 84;
/** One or two days are bars, too, and not blocks. */
const BAR_MAX = 48;

interface ForecastChartProps extends ChartData {
  /** The range around the second value of a point, where it has one. */
  readonly ranges: readonly ({ readonly low: number; readonly high: number } | null)[];
}

/** What was, as bars, and what is expected, as a mark with its range. */
export function ForecastChart({ ranges, ...data }: ForecastChartProps) {
  const reach = ranges.flatMap((range) => (range ? [{ name: '', values: [range.high] }] : []));
  const { high } = valueRange([...data.points, ...reach], 0);
  const step = WIDTH / Math.max(1, data.points.length);
  const barWidth = Math.min(BAR_MAX, step * 0.5);
  const y = (value: number) => roundToTenth(BASE - (value / high) * TALLEST);
  return (
    <ChartFrame {...data} width={WIDTH} height={HEIGHT} edges={[data.format(high), '']}>
      {(reading) => (
        <>
          {reading === null ? null : <path d={`M${roundToTenth((reading + 0.5) * step)} 0V${HEIGHT}`} className={styles['cursor']} />}
          {data.points.map(({ name, values: [was, expected] }, at) => {
            const box = { x: roundToTenth((at + 0.5) * step - barWidth / 2), width: roundToTenth(barWidth) };
            const range = ranges[at];
            return (
              <g key={name}>
                {was ? <rect {...box} className={styles['bar']} y={y(was)} height={roundToTenth(BASE - y(was))} /> : null}
                {range ? (
                  <rect
                    {...box}
                    className={styles['bar']}
                    data-series={1}
                    y={y(range.high)}
                    height={Math.max(1, roundToTenth(y(range.low) - y(range.high)))}
                  />
                ) : null}
                {typeof expected === 'number' ? <rect {...box} className={styles['bar']} y={y(expected) - 1} height={2} /> : null}
              </g>
            );
          })}
          <path d={`M0 ${BASE}H${WIDTH}`} className={styles['ground']} />
        </>
      )}
    </ChartFrame>
  );
}
