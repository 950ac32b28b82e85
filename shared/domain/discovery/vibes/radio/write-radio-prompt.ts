import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import type { RadioEntity } from './radio-elements.ts';
import { SHARE_OF_ENTITY } from './radio-values.ts';

/** A spec in the syntax of LB Radio, with our own elements for what it has none for. Reading it again gives the same fields; what no field honors is left out. */
export function writeRadioPrompt(spec: VibeSpec): string {
  const shares = Object.entries(SHARE_OF_ENTITY).flatMap(([entity, field]) => (spec[field] ? [`${entity}:${spanOf(spec[field])}`] : []));
  const years = (spec.years ? [spec.years] : (spec.years_any ?? [])).map((span) => `years:${spanOf(span)}`);
  return [
    ...(spec.seeds ?? []).map((name) => `artist:(${plain(name)})${weightOf(spec, 'seeds', name)}`),
    ...named('artist', spec.artists, ':nosim'),
    ...(spec.genres ?? []).map((name) => `tag:(${plain(name)})${weightOf(spec, 'genres', name)}`),
    ...named('-artist', spec.not_artists),
    ...named('-tag', spec.not_genres),
    ...named('-word', spec.not_words),
    ...years,
    ...(spec.not_years ?? []).map((span) => `-years:${spanOf(span)}`),
    ...shares,
    ...(spec.tempo ? [`tempo:${spanOf(spec.tempo)}`] : []),
    ...(spec.track_seconds ? [`length:${spanOf(spec.track_seconds)}`] : []),
    ...(spec.explicit === undefined ? [] : [`explicit:${spec.explicit ? 'yes' : 'no'}`]),
    ...(spec.minutes === undefined ? [] : [`minutes:${spec.minutes}`]),
    ...(spec.tracks === undefined ? [] : [`tracks:${spec.tracks}`]),
    ...(spec.order ? [`order:${spec.order}`] : []),
    ...(spec.popularity ? [`popularity:${spec.popularity}`] : []),
    ...(spec.heard ? [`heard:${spec.heard.replace(' ', '_')}`] : []),
  ].join(' ');
}

/** Names cannot have what separates them. */
const plain = (name: string) => name.replaceAll(/[(),]/g, ' ').replaceAll(/\s+/g, ' ').trim();

function named(entity: RadioEntity | `-${RadioEntity}`, names: readonly string[] | undefined, option = ''): string[] {
  return names ? [`${entity}:(${names.map(plain).join(', ')})${option}`] : [];
}

function weightOf({ weights = [] }: VibeSpec, of: 'genres' | 'seeds', name: string): string {
  const weight = weights.find((one) => one.of === of && one.name === name)?.weight;
  return weight === undefined ? '' : `:${weight}`;
}

const spanOf = ([from, to]: readonly [number, number]) => (from === to ? String(from) : `${from}-${to}`);
