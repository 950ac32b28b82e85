import { findSnapshotFacts, listCertifiedRows, listChainDigests } from '#server/repos/playlists/certified-list.ts';
import type { CertifiedRow } from '#server/repos/playlists/certified-list.ts';
import { measureLedger } from '#server/repos/playlists/network-views.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import { readStoredPolicy } from '#server/repos/policies/stored-policy.ts';
import type { CertificateFile, CertifiedEntry } from '#shared/contracts/playlists/certificate.ts';
import type { CertificateInput } from '#shared/contracts/playlists/network.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { entriesText, linkText } from '#shared/domain/playlists/certificate.ts';
import { AppError } from '#shared/errors.ts';
import { createHash } from 'node:crypto';
import { loadSigner } from '#server/use-cases/auth/signing/load-signer.ts';
import type { SigningDeps } from '#server/use-cases/auth/signing/new-signing-key.ts';
import { loadPublicLedgerSalts } from './public-ledger-salts.ts';
import type { PublicLedgerSalts } from './public-ledger-salts.ts';
import { certifiedShown, readDayShown } from './read-day-shown.ts';

/**
 * The signed freshness certificate of one playlist and day as a file: of the list that Spotify showed that day when it was an earlier one shown again,
 * else of the day's own. Throws `not_found` when the day has no published list, and like `loadSigner`.
 */
export async function issueCertificate(deps: SigningDeps, input: CertificateInput): Promise<CertificateFile> {
  const playlist = await findPlaylistByIndex(deps.db, input.index);
  const own = playlist && (await findSnapshotFacts(deps.db, playlist.id, input.day));
  const dayShown = playlist && own && (await readDayShown(deps, playlist.id, input.day));
  const listDay = dayShown?.listDay ?? input.day;
  const [facts, rows, lists] =
    playlist && own
      ? await Promise.all([
          listDay === input.day ? own : findSnapshotFacts(deps.db, playlist.id, listDay),
          listCertifiedRows(deps.db, playlist.id, listDay),
          listChainDigests(deps.db, playlist.id, listDay),
        ])
      : [];
  const restScope = rows?.[0]?.restScope;
  const chain = chainOf(lists ?? []);
  if (!playlist || !facts || !dayShown || !chain || restScope === undefined)
    throw new AppError('not_found', { message: `Playlist #${input.index} has no list for ${input.day}.`, remedy: 'Choose a day that has a list.' });
  const measured = await measureLedger(deps.db, restScope, input.day);
  const since = measured.firstDay ?? input.day;
  const { rest } = readStoredPolicy(facts.body);
  const issuedAt = deps.now().toISOString();
  const [salts, sign] = await Promise.all([loadPublicLedgerSalts(deps), loadSigner(deps)]);
  const entries = (rows ?? []).map((row) => toEntry(row, salts));
  return sign({
    kind: 'segue freshness certificate',
    version: 2,
    issuedAt,
    playlist: { id: playlist.id, index: playlist.globalIndex, themeTag: playlist.themeTag },
    day: input.day,
    listDay,
    curatedAt: facts.createdAt.toISOString(),
    rolledBack: listDay !== input.day && dayShown.shown?.rollback ? { showsDay: listDay, ...dayShown.shown.rollback } : null,
    policy: { id: facts.policyId, familyId: facts.familyId, name: facts.name, version: facts.version, sha256: sha256(canonicalJson(facts.body)) },
    rest: { days: rest.days, scope: rest.scope, circle: restScope },
    ledger: { since, daysCovered: dayNumber(input.day) - dayNumber(since) + 1, placements: measured.placements },
    entries,
    digest: sha256(entriesText(entries)),
    listSalt: salts.ofList(playlist.id, listDay),
    chain,
    shown: certifiedShown(dayShown),
    repeats: listDay === input.day ? [] : [...dayShown.repeats],
  } as const);
}

function chainOf(lists: readonly { day: string; list: string }[]): CertificateFile['chain'] | undefined {
  let [previous, link]: [string | null, string | null] = [null, null];
  for (const { day, list } of lists) [previous, link] = [link, sha256(linkText({ previous: link, day, list }))];
  const since = lists[0]?.day;
  return since === undefined || link === null ? undefined : { since, days: lists.length, previous, link };
}

function toEntry({ restScope, pinnedBy, ...row }: CertifiedRow, salts: PublicLedgerSalts): CertifiedEntry {
  const { position, recordingId, trackId, title, artists, placementId, firstDay, lastDay, restDays } = row;
  const restsUntil = lastDay === null ? null : addDays(lastDay, restDays);
  const placedBy = pinnedBy === null ? 'curation' : (`${pinnedBy} pin` as const);
  const salt = salts.ofRecording(restScope, recordingId);
  return { position, recordingId, trackId, title, artists, placementId, firstDay, lastDay, restDays, restsUntil, placedBy, salt };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
