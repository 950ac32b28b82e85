import { ART_FAMILY_NAMES } from '#shared/domain/covers/art/family-names.ts';
import { seriesFor } from '#shared/domain/covers/art/series.ts';
import { bitsApart, differenceHash } from '../../support/covers/difference-hash.ts';
import { drawCover } from '../../support/covers/draw-cover.ts';
import { SAMPLE_TITLES, sampleMusic } from '../../support/covers/sample-music.ts';
import { reportFigure, reportObserved } from '../figures.ts';

const PLAYLISTS = 120;

/** How far apart the covers of a network are in difference hash, for music of every mood and for music that is all alike. */
export async function benchCoverDistinct(): Promise<void> {
  for (const [name, spread] of [
    ['network', 1],
    ['alike', 0.15],
  ] as const) {
    const members = Array.from({ length: PLAYLISTS }, (_, index) => ({
      index,
      title: SAMPLE_TITLES[index % SAMPLE_TITLES.length]!,
      music: sampleMusic(index, spread),
    }));
    const hashes = await Promise.all(
      seriesFor(members).map(async ({ index, ...place }) =>
        differenceHash(await drawCover({ ...place, size: 300, title: members[index]!.title, music: members[index]!.music })),
      ),
    );
    const pairs = hashes.flatMap((one, i) => hashes.slice(i + 1).map((other, k) => ({ bits: bitsApart(one, other), pair: [i, i + 1 + k] })));
    pairs.sort((a, b) => a.bits - b.bits);
    for (const { bits, pair } of pairs.slice(0, Number(process.env['SHOW_PAIRS'] ?? 0))) {
      console.log(bits, pair.map((i) => `${i} ${ART_FAMILY_NAMES[(i * 5) % 12]}`).join(' / '));
    }
    reportFigure(`cover-distinct.${name}_least_bits`, pairs[0]!.bits, { atLeast: 10 });
    reportObserved(`cover-distinct.${name}_median`, pairs[Math.floor(pairs.length / 2)]!.bits, 'of 64 bits');
  }
}
