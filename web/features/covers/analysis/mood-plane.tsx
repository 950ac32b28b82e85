import type { MusicAnalysis, MusicMood } from '#shared/contracts/covers/analysis.ts';
import { percent } from '#web/lib/words.ts';
import { MOOD_LABELS, decimals } from './mood-labels.ts';
import styles from './mood-plane.module.css';

/** Units of a side. */
const SIDE = 300;
/** Music this near to the middle is "mixed". */
const MIDDLE_RADIUS = 0.1 * SIDE;
const CROSS = 9;

const CORNERS = ['tense', 'excited', 'wistful', 'calm'] as const;

const across = (valence: number) => valence * SIDE;
const down = (energy: number) => (1 - energy) * SIDE;

/**
 * Mood as a plane: valence from left to right, energy from bottom to top. One dot a track; each mood is a cross at its median, in the box that holds the
 * middle half of its tracks.
 */
export function MoodPlane({ analysis }: { readonly analysis: MusicAnalysis }) {
  const dots = analysis.facts.tracks.filter((track) => track.valence !== null && track.energy !== null);
  return (
    <figure className={styles['figure']}>
      <div className={styles['plane']}>
        <svg viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={describeMoodPlane(analysis)}>
          <path d={`M0 ${SIDE / 2}H${SIDE}M${SIDE / 2} 0V${SIDE}`} className={styles['axis']} />
          <circle cx={SIDE / 2} cy={SIDE / 2} r={MIDDLE_RADIUS} className={styles['axis']} />
          {analysis.moods.map((mood, at) => (
            <MoodBox key={at} mood={mood} />
          ))}
          {dots.map((track, at) => (
            <circle key={at} cx={across(track.valence ?? 0)} cy={down(track.energy ?? 0)} r={3} className={styles['dot']} />
          ))}
          {analysis.moods.map((mood, at) => (
            <Cross key={at} mood={mood} />
          ))}
        </svg>
        {CORNERS.map((region) => (
          <span key={region} className={styles[region]} aria-hidden>
            {MOOD_LABELS[region]}
          </span>
        ))}
        {dots.length === 0 ? <p className={styles['none']}>Mood is unknown</p> : null}
      </div>
      <figcaption>
        <span>Valence: dark to bright</span>
        <span>
          {analysis.coverage.sound} of {analysis.tracks} tracks known
        </span>
      </figcaption>
      <span className={styles['up']} aria-hidden>
        Energy
      </span>
    </figure>
  );
}

function MoodBox({ mood: { valence, energy } }: { readonly mood: MusicMood }) {
  return (
    <rect
      x={across(valence.low)}
      y={down(energy.high)}
      width={Math.max(2, across(valence.high) - across(valence.low))}
      height={Math.max(2, down(energy.low) - down(energy.high))}
      className={styles['box']}
    />
  );
}

function Cross({ mood: { valence, energy } }: { readonly mood: MusicMood }) {
  const [x, y] = [across(valence.median), down(energy.median)];
  return <path d={`M${x - CROSS} ${y}H${x + CROSS}M${x} ${y - CROSS}V${y + CROSS}`} className={styles['cross']} />;
}

/** The plane in a sentence, for screen readers. */
function describeMoodPlane({ moods, coverage, tracks }: MusicAnalysis): string {
  if (moods.length === 0) return `Mood is unknown for all ${tracks} tracks.`;
  const each = moods.map(
    ({ region, valence, energy, share }) =>
      `${MOOD_LABELS[region]}${moods.length > 1 ? `, ${percent(share)} of the tracks` : ''}: valence ${decimals(valence.median)}, half of them from ${decimals(valence.low)} to ${decimals(valence.high)}; energy ${decimals(energy.median)}, half from ${decimals(energy.low)} to ${decimals(energy.high)}`,
  );
  return `${each.join('. ')}. Known for ${coverage.sound} of ${tracks} tracks.`;
}
