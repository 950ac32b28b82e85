import type { CertifiedShown } from '#shared/contracts/playlists/certificate.ts';
import { listDayOf } from '#shared/domain/playlists/certificate.ts';
import type { AnyCertificate } from './read-certificate.ts';

/** What the certificate says about Spotify, as sentences. The ledger cannot confirm it: it is what Segue last read. */
export function describeShown(certificate: AnyCertificate): string[] {
  return [...describeRollback(certificate), ...(certificate.shown ? describeState(certificate, certificate.shown) : [])];
}

function describeRollback({ day, rolledBack, repeats = [] }: AnyCertificate): string[] {
  if (rolledBack === null) return [];
  const why = rolledBack.reason === null ? '' : ` (${rolledBack.reason})`;
  const again = `${rolledBack.by} showed the list of ${rolledBack.showsDay} again on ${day}${why}.`;
  return [repeats.length === 0 ? again : `${repeats.length} ${repeats.length === 1 ? 'repeat' : 'repeats'}: ${again}`];
}

function describeState(certificate: AnyCertificate, shown: CertifiedShown): string[] {
  const { status, listDay, since, readAt, unconfirmedSince, added, removed, isReordered } = shown;
  if (status === 'nowhere') return ['This list was not on Spotify.'];
  if (status === 'deleted') return [`The playlist was deleted on Spotify; Segue noticed it at ${since ?? 'an unknown time'}.`];
  if (status === 'unknown') return [`What Spotify shows is unknown since ${since ?? 'an unknown time'}.`];
  if (listDay !== listDayOf(certificate))
    return [`Spotify did not show this list. It showed the list of ${listDay ?? 'an unknown day'}, read at ${readAt ?? 'an unknown time'}.`];
  return [
    `Spotify showed this list since ${since ?? 'an unknown time'}; Segue last read it at ${readAt ?? 'an unknown time'}.`,
    ...(shown.otherAccounts > 0 ? [`${shown.otherAccounts} of ${shown.accounts + shown.otherAccounts} accounts showed something else.`] : []),
    ...(unconfirmedSince === null ? [] : [`A write at ${unconfirmedSince} was not confirmed; Spotify may show parts of another list.`]),
    ...(added.length > 0 ? [`Added on Spotify, not covered: ${added.map(nameOf).join(', ')}.`] : []),
    ...(removed.length > 0 ? [`Removed on Spotify: ${removed.map(nameOf).join(', ')}.`] : []),
    ...(isReordered ? ['The order was changed on Spotify.'] : []),
  ];
}

const nameOf = ({ uri, title }: CertifiedShown['added'][number]): string => (title === null ? uri : `“${title}”`);
