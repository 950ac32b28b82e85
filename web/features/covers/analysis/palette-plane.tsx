import type { MoodWorking } from '#shared/domain/covers/art/emotion.ts';
import { PALETTE_PLACES } from '#shared/domain/covers/art/emotion.ts';
import { findPalette } from '#shared/domain/covers/art/palettes.ts';
import { paletteName } from '../art/family-labels.ts';
import styles from './palette-plane.module.css';

/** Units of a side; the plane reaches 2.6 standard deviations from the middle. */
const SIDE = 300;
const REACH = 2.6;
const SWATCH = 17;

const across = (pleasure: number) => ((bounded(pleasure) + REACH) / (2 * REACH)) * SIDE;
const down = (arousal: number) => ((REACH - bounded(arousal)) / (2 * REACH)) * SIDE;
const bounded = (score: number) => Math.min(REACH - 0.25, Math.max(-REACH + 0.25, score));

/** Why a palette: all palettes where their colors are in pleasure and arousal, the music as a cross, and a line to the nearest palette. */
export function PalettePlane({ working }: { readonly working: readonly MoodWorking[] }) {
  const chosen = new Set(working.map(({ nearest }) => nearest[0]?.id));
  return (
    <svg viewBox={`0 0 ${SIDE} ${SIDE}`} className={styles['plane']} role="img" aria-label={describePalettePlane(working)}>
      <path d={`M0 ${SIDE / 2}H${SIDE}M${SIDE / 2} 0V${SIDE}`} className={styles['axis']} />
      {working.map((one, at) => {
        const nearest = PALETTE_PLACES.find(({ id }) => id === one.nearest[0]?.id);
        return nearest ? (
          <path
            key={at}
            d={`M${across(one.pleasure)} ${down(one.arousal)}L${across(nearest.pleasure)} ${down(nearest.arousal)}`}
            className={styles['line']}
          />
        ) : null;
      })}
      {PALETTE_PLACES.map(({ id, pleasure, arousal }) => (
        <Swatch key={id} id={id} x={across(pleasure)} y={down(arousal)} isChosen={chosen.has(id)} />
      ))}
      {working.map((one, at) => (
        <path key={at} d={`M${across(one.pleasure) - 9} ${down(one.arousal)}h18m-9 -9v18`} className={styles['cross']} />
      ))}
      <text x={SIDE - 6} y={SIDE / 2 - 6} textAnchor="end" className={styles['label']}>
        more pleasant
      </text>
      <text x={SIDE / 2 + 14} y={14} className={styles['label']}>
        more arousing
      </text>
    </svg>
  );
}

function Swatch({ id, x, y, isChosen }: { readonly id: string; readonly x: number; readonly y: number; readonly isChosen: boolean }) {
  const palette = findPalette(id);
  if (!palette) return null;
  const [left, top] = [x - SWATCH / 2, y - SWATCH / 2];
  return (
    <g>
      <rect x={left} y={top} width={SWATCH} height={SWATCH} fill={palette.ground} className={styles['edge']} />
      {palette.spots.map((color, at) => (
        <rect key={color} x={left + (at * SWATCH) / 3} y={top + SWATCH * 0.62} width={SWATCH / 3} height={SWATCH * 0.38} fill={color} />
      ))}
      {isChosen ? <rect x={left - 3} y={top - 3} width={SWATCH + 6} height={SWATCH + 6} className={styles['chosen']} /> : null}
    </g>
  );
}

function describePalettePlane(working: readonly MoodWorking[]): string {
  return working
    .map(
      ({ pleasure, arousal, nearest }) =>
        `Pleasure ${pleasure.toFixed(1)}, arousal ${arousal.toFixed(1)}. Nearest palettes: ${nearest
          .slice(0, 3)
          .map(({ id, distance }) => `${paletteName(id)} at ${distance.toFixed(2)}`)
          .join(', ')}.`,
    )
    .join(' ');
}
