import type { CertificateFile } from '#shared/contracts/playlists/certificate.ts';
import type { LedgerLine, PublicStay } from '#shared/contracts/playlists/ledger-export.ts';
import { chainedListText } from '#shared/domain/playlists/certificate.ts';
import { publicListText, publicStayText } from '#shared/domain/playlists/ledger-texts.ts';
import { clashSentence, isContinuation, overlaps } from './placement-days.ts';
import { sha256 } from './read-certificate.ts';

/**
 * Checks a certificate against a public ledger, line by line. `read` returns why a line is refused; `failures`, after the last line, what does not hold:
 * the same list on that day, and no repeat. Earlier lists are not compared, because their tracks are not in the public ledger.
 */
export function checkPublicLedger({ listDay, entries, rest, listSalt }: CertificateFile) {
  const digests = entries.map(({ salt, recordingId }) => sha256(publicStayText({ salt, circle: rest.circle, recordingId })));
  const stays = new Map(digests.map((digest) => [digest, [] as PublicStay[]]));
  const listDigest = sha256(publicListText({ salt: listSalt, list: sha256(chainedListText(entries)) }));
  let [hasList, lastDay] = [false, ''];
  const read = (line: LedgerLine): string | undefined => {
    if (line.kind !== 'public stay' && line.kind !== 'public list') return 'does not belong into a public ledger';
    if (line.kind === 'public stay') {
      stays.get(line.digest)?.push(line);
      return lastDay === '' ? undefined : 'is out of order';
    }
    if (line.day < lastDay) return 'is out of order';
    lastDay = line.day;
    if (line.day === listDay && line.digest === listDigest) hasList = true;
    return undefined;
  };
  const failures = (): string[] => [
    ...(hasList ? [] : [`The public ledger does not have this list on ${listDay}.`]),
    ...entries.flatMap((entry, at) => {
      const name = `“${entry.title}” (entry ${entry.position})`;
      const all = stays.get(digests[at] ?? '') ?? [];
      const own = all.find((stay) => stay.firstDay === entry.firstDay && isContinuation(entry, stay));
      if (!own) return [`The public ledger has no placement of ${name} that matches.`];
      const clash = all.find((stay) => stay !== own && overlaps(own, stay));
      return clash ? [clashSentence(name, clash)] : [];
    }),
  ];
  return { read, failures, placements: () => [...stays.values()].flat().length };
}
