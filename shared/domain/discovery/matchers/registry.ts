import { artistMatcher } from './artist.ts';
import { audioMatcher } from './audio.ts';
import { coPlaylistMatcher } from './co-playlist.ts';
import { FUSION_WEIGHTS } from './fusion-weights.ts';
import { createHybridMatcher } from './hybrid.ts';
import type { Matcher } from './matcher.ts';
import { tagsMatcher } from './tags.ts';

/** The ways to find what goes with something. A new one is a file and a line here. */
export const SOURCE_MATCHERS: readonly Matcher[] = [coPlaylistMatcher, artistMatcher, audioMatcher, tagsMatcher];

/** What is used unless somebody chooses another. */
export const DEFAULT_MATCHER: Matcher = createHybridMatcher(SOURCE_MATCHERS, FUSION_WEIGHTS);

/** All matchers, the default first; a person may choose any of them. */
export const MATCHERS: readonly Matcher[] = [DEFAULT_MATCHER, ...SOURCE_MATCHERS];
