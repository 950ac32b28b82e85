import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';

/** What is written. `text` is the JSON as it was typed, kept to the letter until the builder changes something; without it the text is printed. */
export interface WrittenPolicy {
  readonly name: string;
  readonly policy: PolicyV1;
  readonly text: string | null;
}

/** Where a draft begins: a version that is there, or a template. */
export interface DraftBase extends WrittenPolicy {
  /** Names the draft in the browser's store. */
  readonly key: string;
}

/** The policy that gets a next version, and how many playlists follow any of its versions. */
export interface EditedFamily {
  readonly familyId: string;
  readonly version: number;
  readonly playlists: number;
}
