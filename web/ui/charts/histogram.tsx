import { ChartFrame } from './chart-frame.tsx';
import { valueRange, roundToTenth } from './chart-data.ts';
import type { ChartData } from './chart-data.ts';
import styles from './charts.module.css';

const WIDTH = 600;
const HEIGHT = 96;
const BASE = 90;
const TALLEST = 84;
/** One or two values are bars, too, and not blocks. */
const BAR_MAX = 48;

interface HistogramProps extends ChartData {
  /** Position of a limit in bars, drawn as a dashed line in the accent color. */
  readonly ruleBefore?: number;
}

/** Frequency of each value: bars side by side, the second series next to the first. */
export function Histogram({ ruleBefore, ...data }: HistogramProps) {
  const { high } = valueRange(data.points, 0);
  const step = WIDTH / Math.max(1, data.points.length);
  const barWidth = Math.min(BAR_MAX, step / (data.series.length + (step > 6 ? 0.4 : 0)));
  /** Wide steps have their bars in the middle, where they are read. */
  const inset = barWidth === BAR_MAX ? (step - barWidth * data.series.length) / 2 : 0;
  return (
    <ChartFrame {...data} width={WIDTH} height={HEIGHT} edges={[data.format(high), '']}>
      {(reading) => (
        <>
          {reading === null ? null : <path d={`M${roundToTenth((reading + 0.5) * step)} 0V${HEIGHT}`} className={styles['cursor']} />}
          {data.points.map((point, at) =>
            point.values.map((value, series) =>
              value === null || value === 0 ? null : (
                <rect
                  key={`${point.name} ${data.series[series] ?? ''}`}
                  data-series={series}
                  className={styles['bar']}
                  x={roundToTenth(at * step + inset + series * barWidth)}
                  width={Math.max(0.5, roundToTenth(barWidth))}
                  y={roundToTenth(BASE - (value / high) * TALLEST)}
                  height={roundToTenth((value / high) * TALLEST)}
                />
              ),
            ),
          )}
          <path d={`M0 ${BASE}H${WIDTH}`} className={styles['ground']} />
          {ruleBefore === undefined ? null : <path d={`M${roundToTenth(ruleBefore * step)} 0V${HEIGHT}`} className={styles['rule']} />}
        </>
      )}
    </ChartFrame>
  );
}
