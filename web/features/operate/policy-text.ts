import type { PolicyV1Input } from '#shared/contracts/policy.ts';

/** Where a new policy begins: everything may be chosen, a little calm preferred, thirty days of rest. */
export const STARTING_POLICY: PolicyV1Input = {
  version: 1,
  pool: { all: [] },
  prefer: [{ field: 'energy', toward: 0.5, spread: 0.25, weight: 1 }],
  caps: { perArtist: 2, perAlbum: 1 },
  rest: { days: 30, scope: 'network' },
  size: 50,
  separation: { artist: 3 },
  variety: 0.25,
};

type Read = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'broken'; readonly message: string };

/** Reads JSON, or says in a sentence that it is none and where the reader stumbled. */
export function readJson(text: string): Read {
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'json', value };
  } catch (error) {
    return { kind: 'broken', message: `This is not JSON yet: ${error instanceof Error ? error.message : 'it cannot be read'}.` };
  }
}
