import type { Policy } from '#shared/contracts/policies/policy.ts';

/** The content of a draft. `text` is the JSON exactly as typed, until the builder changes something; null means: print it from `policy`. */
export interface DraftContent {
  readonly name: string;
  readonly policy: Policy;
  readonly text: string | null;
}

/** What a draft starts from: a saved version or a template. */
export interface DraftBase extends DraftContent {
  /** Key of the draft in the browser's local storage. */
  readonly key: string;
}

/** The policy that gets a next version, and the number of playlists that follow any of its versions. */
export interface EditedFamily {
  readonly familyId: string;
  readonly version: number;
  readonly playlists: number;
}
