import { ChartFrame } from './chart-frame.tsx';
import { roundToTenth, valueRange } from './chart-data.ts';
import type { ChartData } from './chart-data.ts';
import styles from './charts.module.css';

const WIDTH = 600;
const HEIGHT = 96;
const BASE = 90;
const TALLEST = 84;

/** A distribution beside another: the first series as bars, the second as a dashed line through their middles. */
export function DistributionChart(data: ChartData) {
  const { high } = valueRange(data.points, 0);
  const step = WIDTH / Math.max(1, data.points.length);
  const y = (value: number) => roundToTenth(BASE - (value / high) * TALLEST);
  const line = data.points.map(({ values }, at) => `${at === 0 ? 'M' : 'L'}${roundToTenth((at + 0.5) * step)} ${y(values[1] ?? 0)}`);
  return (
    <ChartFrame {...data} width={WIDTH} height={HEIGHT} edges={[data.format(high), '']} legend="bars">
      {(reading) => (
        <>
          {reading === null ? null : <path d={`M${roundToTenth((reading + 0.5) * step)} 0V${HEIGHT}`} className={styles['cursor']} />}
          {data.points.map(({ name, values: [value] }, at) =>
            value === null || value === undefined || value === 0 ? null : (
              <rect
                key={name}
                className={styles['bar']}
                data-series={1}
                x={roundToTenth(at * step + 1)}
                width={roundToTenth(step - 2)}
                y={y(value)}
                height={roundToTenth(BASE - y(value))}
              />
            ),
          )}
          <path d={`M0 ${BASE}H${WIDTH}`} className={styles['ground']} />
          <g data-series={0}>
            <path d={line.join('')} className={styles['target']} />
          </g>
        </>
      )}
    </ChartFrame>
  );
}
