import { readFileSync } from 'node:fs';
import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import { normalizeArtist } from '#shared/domain/catalog/normalize-title.ts';
import { matchKey, SAME_RECORDING_WITHIN_MS } from '#shared/domain/catalog/recording-identity.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import { realData } from '#tests/support/real-data.ts';
import { readCsv } from './csv.ts';
import type { HumanList, MeasuredPolicy, Music } from './music.ts';

type Line = Readonly<Record<string, string>>;

/** A person's playlist has at least so many recordings: half of it describes it, the other half is hidden. */
const HUMAN_TRACKS_MIN = 40;

/**
 * Real recordings with their audio features, the measured policies and people's playlists; undefined where the data is absent. Genres are those of the
 * playlists that a track is in, so they are left out where playlists are what is measured; with them a decade stands for an unknown release date.
 */
export function readRealMusic({ hasGenres }: { readonly hasGenres: boolean }): Music | undefined {
  const [tracks, playlists, policies] = ['spotify-tracks/tracks.csv.gz', 'spotify-tracks/playlists-tracks.csv.gz', 'list-policies.json'].map(
    realData,
  );
  if (!tracks || !playlists || !policies) return undefined;
  const inPlaylists = readCsv(playlists);
  const genres = new Map<string, Set<string>>();
  const listed = new Map<string, Line>();
  for (const line of inPlaylists) {
    const id = line['track_id'] ?? '';
    listed.set(id, line);
    const own = genres.get(id) ?? new Set();
    genres.set(id, own.add(line['playlist_subgenre'] ?? '').add(line['playlist_genre'] ?? ''));
  }
  const builder = createCatalogBuilder(70_000, { texts: true });
  const rowOfTrack = new Map<string, number>();
  const known = new Map<string, { row: number; durationMs: number }[]>();
  let size = 0;
  for (const line of readCsv(tracks)) {
    const id = line['track_id'] ?? '';
    const { title, artist, durationMs } = { title: line['name'] ?? '', artist: line['artist'] ?? '', durationMs: Number(line['duration_ms']) };
    const key = matchKey(title, [artist]);
    const same = known.get(key) ?? [];
    const twin = title === '' ? undefined : same.find((other) => Math.abs(other.durationMs - durationMs) <= SAME_RECORDING_WITHIN_MS);
    rowOfTrack.set(id, twin?.row ?? size);
    if (twin) continue;
    known.set(key, [...same, { row: size, durationMs }]);
    const release = line['release_date'] || listed.get(id)?.['track_album_release_date'] || (hasGenres ? middleOf(line['decade'] ?? '') : '');
    builder.add({
      recordingId: ++size,
      title,
      artistIds: [normalizeArtist(artist)],
      artistNames: [artist],
      albumId: line['album_id'] || `no album ${id}`,
      albumName: line['album_name'] ?? '',
      durationMs,
      explicit: null,
      popularity: line['popularity'] ? Number(line['popularity']) : null,
      releasedOn: release === '' ? null : `${release}-01-01`.slice(0, 10),
      ingestedOn: '2026-10-01',
      hasIsrc: false,
      features: AUDIO_FEATURES.map((feature) => (line[feature] ? Number(line[feature]) : null)),
      featuresSource: 'spotify',
      genres: hasGenres ? [...(genres.get(id) ?? [])].filter((genre) => genre !== '') : [],
      moods: [],
    });
  }
  const measured: unknown = JSON.parse(readFileSync(policies, 'utf8'));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file is data of the measurement; its bodies are parsed before use
  return { catalog: builder.build(), policies: measured as MeasuredPolicy[], human: humanLists(inPlaylists, rowOfTrack) };
}

/** A year in the middle of a decade such as "60s": only eras of policies need it. */
function middleOf(decade: string): string {
  const tens = Number(decade.slice(0, 2));
  return decade === '' ? '' : `${tens > 20 ? 19 : 20}${decade.slice(0, 1)}5`;
}

function humanLists(lines: readonly Line[], rowOfTrack: ReadonlyMap<string, number>): HumanList[] {
  const lists = new Map<string, Set<number>>();
  for (const line of lines) {
    const row = rowOfTrack.get(line['track_id'] ?? '');
    const id = line['playlist_id'] ?? '';
    if (row !== undefined) lists.set(id, (lists.get(id) ?? new Set()).add(row));
  }
  return [...lists].filter(([, rows]) => rows.size >= HUMAN_TRACKS_MIN).map(([name, rows]) => ({ name, rows: [...rows] }));
}
