import { useQuery } from '@tanstack/react-query';
import type { SpotifyAlbumId, SpotifyArtistId, RecordingId } from '#shared/ids.ts';
import { plural } from '#web/lib/words.ts';
import { trpc } from '#web/lib/trpc.ts';

/** A seed with its name. */
interface NamedSeed {
  readonly seed: string;
  readonly title: string;
  readonly detail: string;
  readonly imageUrl: string | null;
}

const idsOf = (seeds: readonly string[], kind: string) => seeds.filter((seed) => seed.startsWith(kind)).map((seed) => seed.slice(1));

/** Names of seeds and of artists, in their order. One that the catalog does not have is named by its kind, so that it can be removed. */
export function useSeedNames(seeds: readonly string[]): readonly NamedSeed[] {
  const input = {
    recordingIds: idsOf(seeds, 'r').map(Number) as RecordingId[],
    artistIds: idsOf(seeds, 'a') as SpotifyArtistId[],
    albumIds: idsOf(seeds, 'l') as SpotifyAlbumId[],
    playlistIndexes: idsOf(seeds, 'p').map(Number),
  };
  const { data } = useQuery({ ...trpc.catalog.lookUp.queryOptions(input), enabled: seeds.length > 0, staleTime: Infinity });
  const named: readonly NamedSeed[] = [
    ...(data?.tracks ?? []).map((track) => ({
      seed: `r${track.recordingId ?? 0}`,
      title: track.title,
      detail: track.artists.map(({ name }) => name).join(', '),
      imageUrl: track.imageUrl,
    })),
    ...(data?.artists ?? []).map(({ artistId, name, tracks }) => ({
      seed: `a${artistId}`,
      title: name,
      detail: `Artist · ${plural(tracks, 'track')}`,
      imageUrl: null,
    })),
    ...(data?.albums ?? []).map(({ albumId, name, artists, imageUrl }) => ({
      seed: `l${albumId}`,
      title: name,
      detail: `Album by ${artists.join(', ')}`,
      imageUrl,
    })),
    ...(data?.playlists ?? []).map(({ index, name }) => ({ seed: `p${index ?? 0}`, title: name, detail: 'Playlist of the network', imageUrl: null })),
  ];
  const bySeed = new Map(named.map((one) => [one.seed, one]));
  return seeds.map(
    (seed) =>
      bySeed.get(seed) ?? { seed, title: data ? (KINDS[seed.charAt(0)] ?? 'Seed') : '…', detail: data ? 'Not in the catalog' : '', imageUrl: null },
  );
}

const KINDS: Readonly<Record<string, string>> = { r: 'A recording', a: 'An artist', l: 'An album', p: 'A playlist' };
