import { spotifyTrackId } from '#shared/ids.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import { parseResponse } from '../http.ts';
import type { AudioFeatureSource, FeatureReading } from '../ports.ts';
import type { AppToken } from './app-token.ts';
import type { Capabilities } from './capabilities.ts';
import type { SpotifyGateway } from './gateway.ts';
import { spotifyErrorKind } from './spotify-errors.ts';
import { audioFeaturesWire } from './wire.ts';

/** Spotify's audio features, available only to apps that already had extended quota before November 2024. */
export function createSpotifyFeatures(parts: { gateway: SpotifyGateway; appToken: AppToken; capabilities: Capabilities }): AudioFeatureSource {
  const { gateway, appToken, capabilities } = parts;
  return {
    provenance: 'spotify',
    batchSize: 100,
    readFeatures: async (ids, signal) => {
      if (!(await capabilities.mayUse('audio-features'))) return undefined;
      if (ids.length === 0) return [];
      try {
        const request = { bucket: 'audio-features', idempotent: true, signal } as const;
        const answer = await appToken.use(
          (token) => gateway.call({ ...request, token, send: ({ api }) => api.getAudioFeaturesForTracks(ids) }),
          signal,
        );
        const { audio_features: rows } = parseResponse('Spotify', audioFeaturesWire, answer);
        return rows.flatMap((row) => {
          const id = spotifyTrackId.safeParse(row?.id);
          if (!row || !id.success) return [];
          const known = AUDIO_FEATURES.flatMap((name) => (row[name] === null ? [] : [[name, row[name]] as const]));
          const features: FeatureReading['features'] = Object.fromEntries(known);
          return [{ trackId: id.data, isrc: null, features }];
        });
      } catch (error) {
        const kind = spotifyErrorKind(error);
        if (kind !== 'EndpointUnavailable' && kind !== 'NotFound') throw error;
        await capabilities.markRefused('audio-features');
        return undefined;
      }
    },
  };
}
