import type { ReasonKind } from '#shared/contracts/curation/snapshot.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { LINK_KINDS } from '#shared/domain/catalog/neighbors/neighbors.ts';
import type { LinkKind, Neighbors } from '#shared/domain/catalog/neighbors/neighbors.ts';
import { nearestExample } from '#shared/domain/catalog/neighbors/sound-likeness.ts';
import { counted } from '#shared/domain/policies/counted-words.ts';
import { cutText } from '#shared/domain/text.ts';

const TITLE_MAX = 60;

const linkOf = ({ links }: Neighbors, row: number): LinkKind => LINK_KINDS[links[row] ?? 0] ?? 'none';

/** The kind of the fact that links a row with the examples. */
export function neighborKind(neighbors: Neighbors, row: number): ReasonKind {
  const link = linkOf(neighbors, row);
  if (link === 'artist') return 'artist';
  return link === 'sound' ? 'neighbor' : 'goes_with';
}

/** What links a row with the examples most, with the example by name. */
export function describeNeighbor(catalog: Catalog, row: number, neighbors: Neighbors): string {
  if (Number.isNaN(neighbors.lifts[row] ?? Number.NaN)) return 'Not known to go with the examples';
  const link = linkOf(neighbors, row);
  const example = neighbors.examples[row] ?? -1;
  if (link === 'lists') return `Goes with ${nameOf(catalog, example)}: on ${counted(neighbors.together[row] ?? 0, 'list')} together`;
  if (link === 'album') return `Goes with ${nameOf(catalog, example)}: on the same album`;
  if (link === 'artist') return `By ${sharedArtist(catalog, row, example)}, an artist of the examples`;
  if (link === 'none') return 'Unlike the examples to avoid';
  return `Closest in sound to ${nameOf(catalog, nearestExample(catalog, row, neighbors.seeds) ?? -1)}`;
}

function sharedArtist(catalog: Catalog, row: number, example: number): string {
  const others = artistsOf(catalog, example);
  const shared = artistsOf(catalog, row).find((artist) => others.includes(artist));
  return shared === undefined ? 'an artist' : catalog.artistNames[shared] || 'an artist';
}

function nameOf(catalog: Catalog, row: number): string {
  const title = catalog.titles?.[row] ?? '';
  return title === '' ? 'an example' : `“${title.length > TITLE_MAX ? `${cutText(title, TITLE_MAX - 1)}…` : title}”`;
}
