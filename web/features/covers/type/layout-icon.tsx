import type { TypeLayout } from '#shared/domain/covers/type/type-layouts.ts';
import styles from './layouts.module.css';

/** Units of a side. */
const SIDE = 46;
const LINES: Readonly<Record<'normal' | 'fills', readonly number[]>> = { normal: [1, 0.66], fills: [1, 1, 1] };

/** A layout in small: where the lines of the title are, and the area under them. */
export function LayoutIcon({ layout }: { readonly layout: TypeLayout }) {
  const { box, align, stand, fills, ground } = layout;
  const lines = LINES[fills ? 'fills' : 'normal'];
  const height = fills ? 6 : Math.max(3, layout.capMax * 20);
  const gap = fills ? 10 : height + 4;
  const inset = ground === 'picture' ? 0 : 4;
  const area = { x: box.x * SIDE + inset, y: box.y * SIDE + inset, width: box.width * SIDE - 2 * inset, height: box.height * SIDE - 2 * inset };
  const block = gap * (lines.length - 1) + height;
  const top = area.y + (area.height - block) * (stand === 'top' ? 0 : stand === 'middle' ? 0.5 : 1);
  const measure = fills ? area.width : Math.min(area.width, 24);
  const plate = { x: box.x * SIDE, y: top - 5, width: (ground === 'band' ? 1 : box.width) * SIDE, height: block + 10 };
  return (
    <svg viewBox={`0 0 ${SIDE} ${SIDE}`} className={styles['icon']} aria-hidden>
      {ground === 'picture' ? null : <rect {...plate} className={styles['ground']} />}
      {lines.map((share, at) => {
        const width = measure * share;
        const x = area.x + (area.width - width) * (align === 'start' ? 0 : align === 'center' ? 0.5 : 1);
        return <rect key={at} x={x} y={top + at * gap} width={width} height={height} className={styles['ink']} />;
      })}
      <rect x=".5" y=".5" width={SIDE - 1} height={SIDE - 1} className={styles['edge']} />
    </svg>
  );
}
