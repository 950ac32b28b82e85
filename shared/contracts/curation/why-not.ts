/** "Why not that one?" for any recording, playlist and day. */
export interface WhyNotView {
  readonly title: string;
  readonly artists: readonly string[];
  readonly answer: string;
  readonly steps: readonly { readonly rule: string; readonly holds: boolean | null; readonly detail: string }[];
}
