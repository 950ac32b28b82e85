/** The cover of a playlist as pages show it. The addresses are public, and the bytes behind them never change. */
export interface PlaylistCoverView {
  readonly sha256: string;
  readonly urls: { readonly 64: string; readonly 300: string; readonly 640: string };
  /** Base64; shown until the picture is loaded. Null when it was not calculated. */
  readonly thumbhash: string | null;
  /** `network`: drawn by Segue. `manual`: chosen by a person; the network never replaces it. */
  readonly source: 'network' | 'manual';
}
