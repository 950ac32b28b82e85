import { describePolicy } from '#shared/domain/policies/describe-policy.ts';
import { listDifferences } from '#shared/domain/policies/policy-diff.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { expect, test } from 'vitest';

const ARTIST = '4Z8W4fKeB5YxbusRsdQVPb';
const withExamples = (goesWith: unknown, version = 2) => ({ version, pool: { all: [] }, goesWith });

test('a policy of version 2 names recordings, artists and playlists that its list goes with, in words', () => {
  const policy = parsePolicy(
    withExamples({ seeds: [{ recordingId: 1 }, { isrc: 'GBAYE0601498' }, { artistId: ARTIST }], avoid: [{ playlistIndex: 12 }], weight: 2 }),
  );
  expect(describePolicy(policy)).toEqual(expect.arrayContaining(['Goes with 2 recordings and 1 artist', 'Does not go with 1 playlist']));
  const before = parsePolicy({ version: 2, pool: { all: [] } });
  expect(listDifferences(before, policy).map(({ path, what, after }) => [path, what, after])).toEqual([
    ['goesWith.weight', 'Weight of what it goes with', '2'],
    ['goesWith.seeds.0', 'Goes with', 'recording 1'],
    ['goesWith.seeds.1', 'Goes with', 'ISRC GBAYE0601498'],
    ['goesWith.seeds.2', 'Goes with', `artist ${ARTIST}`],
    ['goesWith.avoid.0', 'Does not go with', 'playlist #012'],
  ]);
});

test.each([
  [{ seeds: [{ recordingId: 1 }, { recordingId: 1 }] }, 'goesWith.seeds.1', 'Recording 1 is named twice.'],
  [{ seeds: [{ playlistIndex: 3 }], avoid: [{ playlistIndex: 3 }] }, 'goesWith.avoid.0', 'The list goes with playlist #003 and does not go with it.'],
  [{ seeds: [{ artistId: 'nobody' }] }, 'goesWith.seeds.0.artistId', 'goesWith.seeds.0.artistId: is not a Spotify artist id.'],
  [{ avoid: ['Nina Simone'] }, 'goesWith.avoid.0', 'This does not identify a recording, an artist or a playlist.'],
])('refuses %j and says where and why', (goesWith, field, message) => {
  expect(() => parsePolicy(withExamples(goesWith))).toThrow(expect.objectContaining({ code: 'invalid_input', field, message }));
});

test('a policy of version 1 has no preference by example', () => {
  expect(() => parsePolicy(withExamples({ seeds: [{ recordingId: 1 }] }, 1))).toThrow(expect.objectContaining({ field: 'goesWith' }));
});
