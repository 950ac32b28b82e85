import { VIBE_SHARES } from '#shared/contracts/discovery/vibe-spec.ts';
import { GENERAL_SCALE, percentileOf } from '#shared/domain/discovery/vibes/feature-scale.ts';
import { PERCENT_FIELDS } from '#shared/domain/discovery/vibes/model/vibe-answer.ts';
import { parseVibe } from '#shared/domain/discovery/vibes/parse-vibe.ts';
import type { ResponseSchema } from './requests.ts';

/** The year that the sandbox's model believes it is. */
const YEAR = 2026;

/** Whether a schema asks for a sentence about music as fields. */
export function asksForVibe(schema: ResponseSchema): boolean {
  const { properties } = schema as { readonly properties?: object };
  return properties !== undefined && ['valence', 'track_count', 'not_artists'].every((name) => name in properties);
}

const span = (range: readonly [number, number] | undefined) => range && { from: range[0], to: range[1] };
const percent = (field: (typeof VIBE_SHARES)[number], value: number) =>
  Math.round(100 * (PERCENT_FIELDS.includes(field) ? value : percentileOf(GENERAL_SCALE, field, value)));

/** The fields of the sentence in a prompt, as a model would fill them: sound in percentiles, and only what the sentence says. */
export function answerForVibe(prompt: string): object {
  const { sentence } = JSON.parse(prompt) as { readonly sentence: string };
  const {
    tracks,
    years,
    years_any: yearsAny,
    not_years: notYears,
    tempo,
    track_seconds: seconds,
    ...spec
  } = parseVibe(sentence, { year: YEAR }).spec;
  const shares = VIBE_SHARES.map((field) => {
    const range = spec[field];
    return [field, range && { from: percent(field, range[0]), to: percent(field, range[1]) }] as const;
  });
  return {
    ...spec,
    ...Object.fromEntries(shares),
    track_count: tracks,
    years: span(years),
    years_any: yearsAny?.map(span),
    not_years: notYears?.map(span),
    tempo: span(tempo),
    track_seconds: span(seconds),
  };
}
