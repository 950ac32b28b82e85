import type { MoodWorking } from '#shared/domain/covers/art/emotion.ts';
import { PaletteSwatch } from '../art/palette-swatch.tsx';
import { paletteName } from '../art/family-labels.ts';
import { MOOD_LABELS, decimals } from './mood-labels.ts';
import { PalettePlane } from './palette-plane.tsx';
import styles from './palette-reason.module.css';

/** The working from mood to palette, as a picture and in sentences. */
export function PaletteReason({ working }: { readonly working: readonly MoodWorking[] }) {
  if (working.length === 0) return <p className={styles['none']}>No mood is known, so no palette follows from it. Choose one below.</p>;
  return (
    <div className={styles['reason']}>
      <PalettePlane working={working} />
      <div>
        {working.map((one, at) => (
          <OneMood key={at} working={one} nth={working.length > 1 ? at + 1 : null} />
        ))}
        <p className={styles['source']}>
          Pleasure and arousal are standard scores of valence and energy over 66,307 tracks. A palette’s follow from its brightness and saturation
          (Valdez and Mehrabian 1994).
        </p>
      </div>
    </div>
  );
}

function OneMood({ working: { mood, word, nearest, shift }, nth }: { readonly working: MoodWorking; readonly nth: number | null }) {
  const [first, ...others] = nearest;
  if (!first) return null;
  return (
    <div className={styles['mood']}>
      <h3>
        {nth === null ? '' : `Mood ${nth}: `}
        {MOOD_LABELS[word]}
      </h3>
      <p>
        Valence {mood.valence === null ? 'unknown' : decimals(mood.valence)} and energy {mood.energy === null ? 'unknown' : decimals(mood.energy)} are
        nearest to the palette {paletteName(first.id)}. {describeShift(shift)}
      </p>
      <ul aria-label="Nearest palettes">
        {[first, ...others.slice(0, 3)].map(({ id, distance }) => (
          <li key={id}>
            <PaletteSwatch id={id} />
            <span>{paletteName(id)}</span>
            <span>{distance.toFixed(2)} away</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was changed about the palette's colors to come nearer to the mood. */
function describeShift({ lightness, chroma }: MoodWorking['shift']): string {
  const parts = [changed(lightness, ['lighter', 'darker']), changed(chroma, ['more saturated', 'less saturated'])].filter((part) => part !== '');
  return parts.length === 0 ? 'Its colors are used as they are.' : `Its colors are made ${parts.join(' and ')}.`;
}

function changed(factor: number, [more, less]: readonly [string, string]): string {
  const percents = Math.round(Math.abs(factor - 1) * 100);
  return percents === 0 ? '' : `${percents}% ${factor > 1 ? more : less}`;
}
