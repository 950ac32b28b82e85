/** Spotify takes at most 256 KB of base64; JPEGs above about 190 KB came back with 413 (spotipy issue 633). */
export const COVER_JPEG_BYTES_MAX = 187_500;
/** Pixels of a side of a finished cover: Spotify's own largest size. */
export const COVER_SIDE = 640;
