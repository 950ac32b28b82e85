import { useState } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import { Button } from '../controls/button.tsx';
import { describePoint, describePointValues } from './chart-data.ts';
import type { ChartData } from './chart-data.ts';
import { ChartTable } from './chart-table.tsx';
import styles from './charts.module.css';

interface ChartFrameProps extends ChartData {
  /** How the legend shows the series: as lines, or the first as bars. */
  readonly legend?: 'lines' | 'bars';
  readonly height: number;
  readonly width: number;
  /** Labels of the plot's upper and lower edge. */
  readonly edges?: readonly [string, string];
  /** Renders the plot. `reading` is the index of the point being read, if any. */
  readonly children: (reading: number | null) => ReactNode;
}

/**
 * The frame of every chart: caption, a cursor that the pointer or the arrow keys move to read values, and the same numbers as a table. The cursor is a
 * native slider over the plot, so that it works with keyboards and screen readers.
 */
export function ChartFrame({ children, edges, width, height, legend = 'lines', ...data }: ChartFrameProps) {
  const [reading, setReading] = useState<number | null>(null);
  const [isTable, setTable] = useState(false);
  const { points, title, summary, series, axisName } = data;
  const last = Math.max(0, points.length - 1);
  const point = points[reading ?? last];
  return (
    <figure className={styles['chart']}>
      <header>
        <h3>{title}</h3>
        <span className={styles['reading']}>{reading !== null && point ? describePointValues(data, point) : null}</span>
        <Button look="quiet" size="small" aria-label={`${title} as a ${isTable ? 'chart' : 'table'}`} onClick={() => setTable(!isTable)}>
          {isTable ? 'Chart' : 'Table'}
        </Button>
      </header>
      {isTable ? (
        <ChartTable {...data} />
      ) : (
        <>
          <div className={styles['plot']} data-edges={edges ? '' : undefined}>
            <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={summary}>
              {children(reading)}
            </svg>
            {edges ? <Edges edges={edges} /> : null}
            {points.length > 1 && point ? (
              <input
                type="range"
                min={0}
                max={last}
                value={reading ?? last}
                aria-label={`${title}, ${axisName.toLowerCase()} by ${axisName.toLowerCase()}`}
                aria-valuetext={describePoint(data, point)}
                onChange={(event) => setReading(Number(event.target.value))}
                onPointerMove={(event) => setReading(indexUnderPointer(event, last))}
                onPointerLeave={() => setReading(null)}
                onFocus={() => setReading(reading ?? last)}
                onBlur={() => setReading(null)}
              />
            ) : null}
          </div>
          <Ends points={points} hasEdges={edges !== undefined} />
        </>
      )}
      <figcaption>
        {series.length > 1 ? <Legend series={series} look={legend} /> : null}
        {summary}
      </figcaption>
    </figure>
  );
}

function Edges({ edges: [upper, lower] }: { readonly edges: readonly [string, string] }) {
  return (
    <div className={styles['edges']} aria-hidden>
      <span>{upper}</span>
      <span>{lower}</span>
    </div>
  );
}

/** The names of the first and the last point, under the two corners. */
function Ends({ points, hasEdges }: Pick<ChartData, 'points'> & { readonly hasEdges: boolean }) {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || first === last) return null;
  return (
    <div className={styles['ends']} data-edges={hasEdges ? '' : undefined} aria-hidden>
      <span>{first.name}</span>
      <span>{last.name}</span>
    </div>
  );
}

function Legend({ series, look }: { readonly series: readonly string[]; readonly look: 'lines' | 'bars' }) {
  return (
    <span className={styles['legend']} data-look={look}>
      {series.map((name, at) => (
        <span key={name} data-series={at}>
          {name}
        </span>
      ))}
    </span>
  );
}

function indexUnderPointer(event: PointerEvent<HTMLInputElement>, last: number): number {
  const box = event.currentTarget.getBoundingClientRect();
  const share = box.width === 0 ? 0 : (event.clientX - box.left) / box.width;
  return Math.min(last, Math.max(0, Math.round(share * last)));
}
