import type { VibeShare } from '#shared/contracts/discovery/vibe-spec.ts';
import type { ContentSense } from './lexicon/pack.ts';

/** A range of a field: as percentiles of the catalog, or as values. */
export interface EffectRange {
  readonly field: VibeShare | 'tempo';
  readonly scale: 'percentile' | 'value';
  readonly from: number;
  readonly to: number;
}

/** Words about sound are stated; an activity or a place only suggests it, and a weather or an hour least. */
export const LEVELS = { stated: 3, activity: 2, ambience: 1 } as const;

export interface Effect {
  readonly level: number;
  readonly ranges: readonly EffectRange[];
  /** Suggested as weakly as by an ambience. */
  readonly implied: readonly EffectRange[];
  /** What no field can honor, as `kind:value`; the value `*` is the word as it was written. */
  readonly report?: string;
}

const PATTERN = /^(energy|valence|dance|acoustic|instrumental|speech|live|tempo) (p|v)(\d*\.?\d+)-(\d*\.?\d+)$/;

/** `energy p0-.3`: percentiles; `acoustic v.5-1`: values. */
function ranges(text: string): EffectRange[] {
  return text.split(',').flatMap((part) => {
    const found = PATTERN.exec(part.trim());
    if (!found) return [];
    const [, field, scale, from, to] = found;
    return [{ field: field as EffectRange['field'], scale: scale === 'p' ? 'percentile' : 'value', from: Number(from), to: Number(to) }];
  });
}

const effect = (level: number, text: string, more: { readonly implied?: string; readonly report?: string } = {}): Effect => ({
  level,
  ranges: ranges(text),
  implied: ranges(more.implied ?? ''),
  ...(more.report === undefined ? {} : { report: more.report }),
});
const stated = (text: string, more = {}) => effect(LEVELS.stated, text, more);
const activity = (text: string, more = {}) => effect(LEVELS.activity, text, more);
const ambience = (text: string, more = {}) => effect(LEVELS.ambience, text, more);
const reported = (report: string, text = '') => ambience(text, { report });

/** What each word means for the fields. Percentiles are of the own catalog: "calm" is below its 30th. */
export const EFFECTS: Readonly<Partial<Record<ContentSense, Effect>>> = {
  calm: stated('energy p0-.3'),
  lively: stated('energy p.7-1'),
  happy: stated('valence p.65-1'),
  sad: stated('valence p0-.3', { implied: 'energy p0-.4' }),
  angry: stated('energy p.75-1', { implied: 'valence p0-.6' }),
  dark: stated('valence p0-.3'),
  romantic: activity('energy p0-.25, acoustic v.25-1', { implied: 'valence p.4-.9' }),
  dreamy: activity('energy p.05-.4'),
  epic: activity('energy p.65-1'),
  cozy: activity('energy p0-.35', { implied: 'acoustic v.35-1' }),
  nostalgic: reported('mood:nostalgic'),
  sexy: activity('energy p.2-.6, dance p.5-1'),
  bold: activity('energy p.45-1, valence p.35-1'),
  elegant: activity('energy p.05-.35, valence p.25-.8'),
  acoustic: stated('acoustic v.5-1', { implied: 'energy p0-.4' }),
  instrumental: stated('instrumental v.5-1'),
  spoken: stated('speech v.15-1'),
  live: stated('live v.6-1'),
  danceable: stated('dance p.65-1'),
  slow: stated('tempo v0-95'),
  fast: stated('tempo v130-200'),
  midtempo: stated('tempo v95-130'),
  party: activity('energy p.6-1, dance p.55-1'),
  workout: activity('energy p.65-1, tempo v113-180'),
  run: activity('energy p.6-1, tempo v113-180'),
  lift: activity('energy p.7-1'),
  walk: activity('energy p.3-.7'),
  cycle: activity('energy p.55-1'),
  yoga: activity('energy p0-.15'),
  study: activity('energy p.02-.35'),
  sleep: activity('energy p0-.12'),
  dinner: activity('energy p.05-.4'),
  cooking: activity('energy p.35-.85, valence p.5-1'),
  cleaning: activity('energy p.55-1, valence p.5-1'),
  commute: activity('energy p.08-.48'),
  roadTrip: activity('energy p.28-.95, valence p.38-1'),
  drive: activity('energy p.3-.85'),
  night: ambience('energy p.1-.5'),
  evening: ambience('energy p.1-.45'),
  morning: ambience('energy p.15-.6, valence p.45-1'),
  wakeUp: activity('energy p.4-.85, valence p.5-1'),
  lazy: activity('energy p.05-.4, valence p.35-.9'),
  kids: activity('', { implied: 'valence p.52-1, energy p.25-1' }),
  birthday: activity('valence p.52-1, energy p.35-1'),
  wedding: activity('valence p.5-1, energy p.3-.9'),
  cafe: activity('energy p0-.38, acoustic v.35-1'),
  barbecue: activity('valence p.5-1, energy p.3-.8'),
  gaming: activity('energy p.5-1'),
  battle: activity('energy p.65-1, valence p0-.5', { report: 'theme:*' }),
  background: activity('energy p0-.38'),
  singAlong: activity('valence p.4-1'),
  beach: ambience('energy p.3-.85, valence p.5-1', { report: 'theme:beach' }),
  rain: reported('theme:rain', 'energy p.05-.45'),
  snow: reported('theme:snow', 'energy p.05-.45'),
  summer: reported('theme:summer', 'valence p.5-1'),
  winter: reported('theme:winter'),
  autumn: reported('theme:autumn'),
  spring: reported('theme:spring', 'valence p.4-1'),
  sun: reported('theme:sun', 'valence p.5-1'),
  sea: reported('theme:sea'),
  christmas: reported('theme:christmas'),
  halloween: reported('theme:halloween'),
  heartbreak: effect(LEVELS.activity, 'valence p0-.35', { report: 'theme:heartbreak' }),
  love: reported('theme:love'),
  cat: reported('theme:cats'),
  dog: reported('theme:dogs'),
  covers: reported('recording:cover versions'),
  remix: reported('recording:remixes'),
  drums: reported('instrument:drums'),
  guitar: reported('instrument:guitar'),
  bass: reported('instrument:bass'),
  strings: reported('instrument:strings'),
  saxophone: reported('instrument:saxophone'),
  trumpet: reported('instrument:wind instruments'),
  synthesizer: reported('instrument:synthesizer'),
  womenVoices: reported('voice:women'),
  menVoices: reported('voice:men'),
  inEnglish: reported('vocal_language:en'),
  inGerman: reported('vocal_language:de'),
  inFrench: reported('vocal_language:fr'),
  inSpanish: reported('vocal_language:es'),
  inPortuguese: reported('vocal_language:pt'),
  inItalian: reported('vocal_language:it'),
  inDutch: reported('vocal_language:nl'),
  inPolish: reported('vocal_language:pl'),
  inTurkish: reported('vocal_language:tr'),
  inJapanese: reported('vocal_language:ja'),
  inKorean: reported('vocal_language:ko'),
  inArabic: reported('vocal_language:ar'),
  inRussian: reported('vocal_language:ru'),
  inSwedish: reported('vocal_language:other'),
  paris: reported('vocal_language:fr'),
};

/** What a word means after "no", "without" or "not too". */
export const NEGATED_EFFECTS: Readonly<Partial<Record<ContentSense, Effect>>> = {
  calm: stated('energy p.4-1'),
  lively: stated('energy p0-.6'),
  happy: stated('valence p0-.6'),
  sad: stated('valence p.4-1'),
  angry: stated('energy p0-.7'),
  dark: stated('valence p.35-1'),
  acoustic: stated('acoustic v0-.3'),
  instrumental: stated('instrumental v0-.5'),
  vocals: stated('instrumental v.5-1'),
  spoken: stated('speech v0-.15'),
  live: stated('live v0-.35'),
  danceable: stated('dance p0-.5'),
  slow: stated('tempo v96-200'),
  fast: stated('tempo v0-129'),
  party: stated('energy p0-.6'),
  workout: stated('energy p0-.6'),
  sleep: stated('energy p.3-1'),
};
