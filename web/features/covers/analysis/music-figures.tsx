import type { MusicAnalysis, MusicFigure } from '#shared/contracts/covers/analysis.ts';
import type { Texture } from '#shared/domain/catalog/lexicon/sound-words.ts';
import { percent } from '#web/lib/words.ts';
import { decimals } from './mood-labels.ts';
import styles from './music-figures.module.css';

/** Ends of the scales that are not shares. */
const TEMPO = [50, 200] as const;
const YEARS = [1950, 2030] as const;

const TEXTURE_LABELS: Readonly<Record<Texture, string>> = {
  acoustic: 'Acoustic',
  instrumental: 'Instrumental',
  spoken: 'Spoken',
  live: 'Live',
  danceable: 'Danceable',
};

interface FigureRow {
  readonly name: string;
  /** Null when it is known for no track. */
  readonly value: string | null;
  readonly known: number;
  /** Shares of the scale: single tracks, the middle half, and the median. */
  readonly tracks?: readonly number[];
  readonly band?: readonly [number, number] | undefined;
  readonly median?: number | undefined;
}

/** Every figure of the music as a row: one mark a track where single tracks are known, the middle half as a band, the median in the accent color. */
export function MusicFigures({ analysis }: { readonly analysis: MusicAnalysis }) {
  return (
    <ul className={styles['rows']} aria-label="Figures of the music">
      {figureRows(analysis).map((row) => (
        <li key={row.name}>
          <span className={styles['name']}>{row.name}</span>
          <Scale row={row} />
          <b>{row.value ?? 'Unknown'}</b>
          <span className={styles['known']} title={`Known for ${row.known} of ${analysis.tracks} tracks`}>
            <span className="sr">, known for </span>
            {row.known}/{analysis.tracks}
            <span className="sr"> tracks</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Scale({ row: { tracks = [], band, median } }: { readonly row: FigureRow }) {
  return (
    <svg viewBox="0 0 300 22" preserveAspectRatio="none" aria-hidden>
      <path d="M0 21.5H300" className={styles['base']} />
      {band ? <rect x={band[0] * 300} y="9" width={Math.max(2, (band[1] - band[0]) * 300)} height="8" className={styles['band']} /> : null}
      {tracks.map((share, at) => (
        <path key={at} d={`M${Math.round(share * 3_000) / 10} 4v14`} className={styles['track']} />
      ))}
      {median === undefined ? null : <path d={`M${median * 300} 0V22`} className={styles['median']} />}
    </svg>
  );
}

function figureRows({ moods, tempo, era, textures, coverage, facts }: MusicAnalysis): readonly FigureRow[] {
  const known = (number: 'energy' | 'valence') => facts.tracks.flatMap((track) => track[number] ?? []);
  const share = (name: string, number: 'energy' | 'valence'): FigureRow => {
    const median = facts[number];
    const band = moods.length === 1 && moods[0] ? bandOf(moods[0][number], (value) => value) : undefined;
    return {
      name,
      value: median === null ? null : decimals(median),
      known: coverage.sound,
      tracks: known(number),
      band,
      ...(median === null ? {} : { median }),
    };
  };
  return [
    share('Energy', 'energy'),
    share('Valence', 'valence'),
    {
      name: 'Tempo',
      value: tempo ? `${Math.round(tempo.median)} BPM` : null,
      known: tempo?.known ?? 0,
      ...(tempo ? { band: bandOf(tempo, tempoShare), median: tempoShare(tempo.median) } : {}),
    },
    {
      name: 'Era',
      value: era ? `${era.decade}s, ${percent(era.share)}` : null,
      known: coverage.years,
      ...(era ? { band: [yearShare(era.from), yearShare(era.to)] as const, median: yearShare(era.decade + 5) } : {}),
    },
    ...textures.map(({ texture, value, isLikely, known: tracks }): FigureRow => ({
      name: TEXTURE_LABELS[texture],
      value: isLikely ? `Likely, ${decimals(value)}` : decimals(value),
      known: tracks,
      band: [0, value],
      median: value,
    })),
  ];
}

const tempoShare = (value: number) => bounded((value - TEMPO[0]) / (TEMPO[1] - TEMPO[0]));
const yearShare = (value: number) => bounded((value - YEARS[0]) / (YEARS[1] - YEARS[0]));
const bandOf = ({ low, high }: MusicFigure, shareOf: (value: number) => number) => [shareOf(low), shareOf(high)] as const;
const bounded = (share: number) => Math.min(1, Math.max(0, share));
