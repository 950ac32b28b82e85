import type { ChartData } from './chart-data.ts';
import styles from './charts.module.css';

/** The numbers of a chart as a table. It scrolls on its own and can be scrolled by keyboard. */
export function ChartTable({ title, axisName: along, series, points, format }: ChartData) {
  return (
    <section className={styles['table']} tabIndex={0} aria-label={`${title}, as a table`}>
      <table>
        <caption className="sr">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{along}</th>
            {series.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.name}>
              <th scope="row">{point.name}</th>
              {series.map((name, at) => {
                const value = point.values[at] ?? null;
                return <td key={name}>{value === null ? 'unknown' : format(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
