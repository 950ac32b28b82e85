import { z } from 'zod';
import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import type { MoodRegion } from '#shared/domain/catalog/lexicon/mood-regions.ts';
import type { MoodWorking } from '#shared/domain/covers/art/emotion.ts';
import type { Texture } from '#shared/domain/catalog/lexicon/sound-words.ts';
import { cleanedInput, playlistIndexInput, textInput } from '#shared/input-types.ts';
import { spotifyAlbumId } from '#shared/ids.ts';

/** The music that a cover is about: a link, a playlist of the network, an imported album, or a list of tracks, one link or ISRC a line. */
export const analyzeMusicInput = z.strictObject({
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('link'), link: textInput(2_000) }),
    z.strictObject({ kind: z.literal('playlist'), index: playlistIndexInput }),
    z.strictObject({ kind: z.literal('album'), albumId: spotifyAlbumId }),
    z.strictObject({ kind: z.literal('list'), text: cleanedInput(30_000) }),
  ]),
});
export type AnalyzeMusicInput = z.infer<typeof analyzeMusicInput>;

/** A number over all tracks: its median, the quarter and three-quarter points, and how many tracks it is known for. */
export interface MusicFigure {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly known: number;
}

/** One mood of the music, and the share of the tracks with known mood that have it. */
export interface MusicMood {
  readonly region: MoodRegion;
  readonly valence: MusicFigure;
  readonly energy: MusicFigure;
  readonly share: number;
}

export interface MusicTexture {
  readonly texture: Texture;
  /** The median confidence, or value, from 0 to 1. */
  readonly value: number;
  readonly isLikely: boolean;
  readonly known: number;
}

/** What some music is about. A figure that is known for no track is null or absent, never a middling value. */
export interface MusicAnalysis {
  readonly tracks: number;
  /** By weight; weights sum to at most 1. */
  readonly genres: readonly { readonly name: string; readonly weight: number; readonly tracks: number }[];
  /** None, one, or two when the music falls into two clusters; the larger first. */
  readonly moods: readonly MusicMood[];
  readonly era: {
    readonly decade: number;
    /** The share of the tracks with a known year that are from that decade. */
    readonly share: number;
    /** The years of the middle eight tenths. */
    readonly from: number;
    readonly to: number;
    readonly known: number;
  } | null;
  readonly tempo: (MusicFigure & { readonly word: 'slow' | 'medium' | 'fast' }) | null;
  readonly textures: readonly MusicTexture[];
  /** Of how many tracks each kind of figure is known. */
  readonly coverage: { readonly sound: number; readonly genres: number; readonly years: number };
  /** The palette that the moods lead to, and how, for each mood; null when no mood is known. */
  readonly palette: { readonly id: string; readonly working: readonly MoodWorking[] } | null;
  /** The same in sentences, the most important first. */
  readonly sentences: readonly string[];
  /** The numbers that words and pictures are made from. */
  readonly facts: MusicFacts;
}

/** The answer to `analyzeMusicInput`. */
export interface AnalyzedMusic {
  /** The name is null for a list of tracks. */
  readonly of: { readonly kind: 'playlist' | 'album' | 'list'; readonly name: string | null };
  readonly analysis: MusicAnalysis;
  /** Names of the artists, at most 200; titles never contain one. */
  readonly artistNames: readonly string[];
  /** What was left out or is old, each as a sentence. */
  readonly notes: readonly string[];
  /** When Spotify was asked for the tracks; null when they are from the catalog or the list. */
  readonly readAt: string | null;
  /** True when Spotify could not be asked and an older answer was used. */
  readonly isStale: boolean;
}
