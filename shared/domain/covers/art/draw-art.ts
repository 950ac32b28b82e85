import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import { hashText } from '#shared/domain/hash.ts';
import { EXTENT } from './display-list.ts';
import type { DisplayList } from './display-list.ts';
import { ART_FAMILIES } from './families.ts';
import { SPELLED_FAMILIES } from './family-names.ts';
import type { ArtFamily } from './family-names.ts';
import { openPrint } from './open-print.ts';
import type { ArtPalette } from './palettes.ts';
import type { ArtReading, Layout } from './print.ts';
import { mirrorItems, mirrorLayout } from './reverse.ts';
import { rect } from './shapes.ts';
import { SUBJECTS, subjectOf } from './subject.ts';
import { techniqueOf } from './technique.ts';
import { layPress } from './tints.ts';

export interface ArtRequest {
  readonly family: ArtFamily;
  /** 0 to 4. */
  readonly composition: number;
  readonly palette: ArtPalette;
  readonly seed: string;
  /** Pixels of a side. */
  readonly size: number;
  readonly music: MusicFacts;
  readonly title: string;
  /** Printed the other way round: mirrored, or, where the picture spells the title, with ground and ink exchanged. */
  readonly isReversed: boolean;
}

/** What a page says about a picture, and where its title may be set. */
export interface ArtDetails extends Layout {
  /** What each number drew. */
  readonly readings: readonly ArtReading[];
}

export interface ArtPicture extends ArtDetails {
  readonly list: DisplayList;
}

/**
 * Draws a picture from the music's numbers: the same request gives the same picture. Decade chooses the technique, genre the subject, tempo a count,
 * acousticness the roundness; the palette comes with the request. An unknown number is drawn as the middle and is null in the readings.
 */
export function drawArt(request: ArtRequest): ArtPicture {
  const { music, title, size } = request;
  const isSpelled = SPELLED_FAMILIES.includes(request.family);
  const palette =
    request.isReversed && isSpelled ? { ...request.palette, ground: request.palette.ink, ink: request.palette.ground } : request.palette;
  const seed = hashText(`${request.seed}/${request.family}`);
  const named = subjectOf(music.genres);
  const subject = named ?? SUBJECTS[seed % SUBJECTS.length] ?? 'land';
  const technique = techniqueOf(music.decade);
  const { print, items, readings } = openPrint({ palette, technique, subject, music, title, seed, size });
  print.fill(rect(0, 0, [EXTENT, EXTENT]), palette.ground);
  print.note({ number: 'decade', value: music.decade, drew: `printed as ${technique}` });
  print.note({ number: 'genre', value: named ? (music.genres[0]?.name ?? null) : null, drew: `subject: ${subject}` });
  const compositions = ART_FAMILIES[request.family];
  const compose = compositions[request.composition % compositions.length];
  if (!compose) throw new Error(`The family ${request.family} has no composition ${request.composition}.`);
  const layout = compose(print);
  layPress(print);
  if (request.isReversed && !isSpelled) return { list: { size, items: mirrorItems(items) }, readings, ...mirrorLayout(layout) };
  return { list: { size, items }, readings, ...layout };
}
