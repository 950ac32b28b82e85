import type { MoodWorking } from '#shared/domain/covers/art/emotion.ts';
import type { ArtReading, Room } from '#shared/domain/covers/art/print.ts';
import type { AssetId } from '#shared/ids.ts';
import { musicFacts } from '#shared/contracts/studio/music-facts.ts';
import { ART_FAMILY_NAMES } from '#shared/domain/covers/art/family-names.ts';
import type { ArtFamily } from '#shared/domain/covers/art/family-names.ts';
import { patternInput, shareInput, textInput, wholeInput } from '#shared/input-types.ts';
import { z } from 'zod';

/** The smallest and largest side of a local picture in pixels. */
export const LOCAL_ART_SIZE_MIN = 64;
export const LOCAL_ART_SIZE_MAX = 3000;

/** What the model `local-art` draws from. "auto" and null are chosen from the seed (family, composition) and the mood (palette). */
export const localArtInput = z.strictObject({
  family: z.enum(['auto', ...ART_FAMILY_NAMES]).default('auto'),
  composition: wholeInput(0, 4).nullable().default(null),
  palette: patternInput(/^[a-z]{2,20}$/, 'is not the name of a palette').default('auto'),
  seed: wholeInput(0, 4_294_967_295).default(0),
  /** Printed the other way round: mirrored, or, in families that spell the title, with ground and ink exchanged. */
  reversed: z.boolean().default(false),
  size: wholeInput(LOCAL_ART_SIZE_MIN, LOCAL_ART_SIZE_MAX).default(640),
  music: musicFacts,
  /** The second mood of music that has two; the palette takes one color from it. */
  secondMood: z.strictObject({ valence: shareInput, energy: shareInput }).nullable().default(null),
  /** Spelled by the families letter, type and echo; the others ignore it. */
  title: textInput(500).default(''),
});
export type LocalArtInput = z.infer<typeof localArtInput>;

/** What a person draws while choosing: at most the size that Spotify shows. A larger one takes memory that many people at once would not leave. */
export const drawPictureInput = localArtInput.extend({ size: wholeInput(LOCAL_ART_SIZE_MIN, 640).default(640) });

/** A picture that was drawn and stored. With the same input it is drawn again. */
export interface DrawnPicture {
  readonly asset: AssetId;
  /** Where the person who made it can read the file. */
  readonly url: string;
  /** Pixels of a side. */
  readonly size: number;
  readonly family: ArtFamily;
  readonly composition: number;
  readonly palette: string;
  readonly seed: number;
  /** What each number of the music drew; a null value was unknown. */
  readonly readings: readonly ArtReading[];
  /** How the palette followed from the mood; empty when it was named. */
  readonly working: readonly MoodWorking[];
  /** Where a title may be set, and whether the picture already spells it. */
  readonly room: readonly Room[];
  readonly isType: boolean;
}
