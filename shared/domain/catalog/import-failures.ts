import type { SourceFailure } from '#shared/vocabulary.ts';

const COPY_ALBUM_LINK = 'Open the album in Spotify, choose Share, then Copy album link, and paste that link.';

const FAILURE_TEXTS: Readonly<Record<SourceFailure, { readonly problem: string; readonly remedy: string }>> = {
  not_a_link: { problem: 'This is not a Spotify link, URI or id.', remedy: COPY_ALBUM_LINK },
  wrong_host: {
    problem: 'This link does not point to open.spotify.com.',
    remedy: `If it is a short link, open it first. ${COPY_ALBUM_LINK}`,
  },
  wrong_kind: { problem: 'This is a Spotify link, but not to an album.', remedy: `Open the album instead. ${COPY_ALBUM_LINK}` },
  wrong_id_length: {
    problem: 'The album id in this link is not 22 letters and digits long, so the link is incomplete or has extra characters.',
    remedy: 'Copy the whole link again.',
  },
  album_gone: { problem: 'Spotify no longer has this album.', remedy: 'Find a newer release of it and paste that link.' },
  album_region_blocked: {
    problem: 'Spotify says that this album is restricted to other markets, or that none of its tracks is playable.',
    remedy: 'Find an edition that Spotify offers in your market, and paste that link.',
  },
  album_empty: { problem: 'Spotify lists no playable track on this album.', remedy: 'It may not be released yet. Try again after its release.' },
  album_incomplete: {
    problem: 'Spotify returned fewer tracks than the album has, so nothing was imported.',
    remedy: 'Try again. The album was probably changing while Segue read it.',
  },
  unreadable_answer: {
    problem: 'Spotify’s response for this album could not be read.',
    remedy: 'Try again later. If it fails again, report the album link.',
  },
};

/** What is wrong with a link of an import and what to do about it, each as a sentence. */
export function describeSourceFailure(failure: SourceFailure): { readonly problem: string; readonly remedy: string } {
  return FAILURE_TEXTS[failure];
}
