import type { SourceFailure } from '#shared/vocabulary.ts';

const ALBUM_LINK = 'Open the album in Spotify, choose Share, then Copy album link, and paste that.';

const SAYINGS: Readonly<Record<SourceFailure, { readonly problem: string; readonly remedy: string }>> = {
  not_a_link: { problem: 'This is not a Spotify link, address or id.', remedy: ALBUM_LINK },
  wrong_host: {
    problem: 'This link leads somewhere other than open.spotify.com.',
    remedy: `A short link has to be opened first. ${ALBUM_LINK}`,
  },
  wrong_kind: { problem: 'This is a Spotify link, but not to an album.', remedy: `Go to the album that it is on. ${ALBUM_LINK}` },
  wrong_id_length: {
    problem: 'The album id in this link is not 22 letters and digits, so part of it is missing or too much.',
    remedy: 'Copy the whole link again; the end is easily lost.',
  },
  album_gone: { problem: 'Spotify no longer has this album.', remedy: 'Look for a newer release of it and paste that link.' },
  album_region_blocked: {
    problem: 'Spotify does not offer this album in the market of this house.',
    remedy: 'Look for the edition released there, or change the market in the settings and try again.',
  },
  album_empty: { problem: 'Spotify lists no playable track on this album.', remedy: 'It may not be out yet: try again after its release.' },
  album_incomplete: {
    problem: 'Spotify returned fewer tracks than it says the album has, so nothing was stored.',
    remedy: 'Try again: the album was probably being changed while it was read.',
  },
  unreadable_answer: {
    problem: 'Spotify answered for this album in a form that could not be read.',
    remedy: 'Try again later; if it stays so, report the album link.',
  },
};

/** What is wrong with an intake line and what to do about it, each a plain sentence. */
export function describeSourceFailure(failure: SourceFailure): { readonly problem: string; readonly remedy: string } {
  return SAYINGS[failure];
}
