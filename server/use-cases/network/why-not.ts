import type { Deps } from '#server/deps.ts';
import { findCurationRow } from '#server/repos/curation-rows.ts';
import { listStaysAround } from '#server/repos/ledger.ts';
import type { Stay } from '#server/repos/ledger.ts';
import { listEntries, listSnapshotDays } from '#server/repos/network-views.ts';
import { findPlaylistByIndex } from '#server/repos/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/playlists.ts';
import type { WhyNotInput } from '#shared/contracts/network.ts';
import type { SnapshotReport } from '#shared/contracts/snapshot.ts';
import type { WhyNotView } from '#shared/contracts/views.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { createCatalogueBuilder } from '#shared/domain/catalogue-builder.ts';
import { traceRule } from '#shared/domain/trace-rule.ts';
import { restScopeKey } from '#shared/domain/rest-scope.ts';
import { AppError } from '#shared/errors.ts';

type Step = WhyNotView['steps'][number];

/** Why a recording is, or is not, in a playlist on a day: its rules one by one, its rest, and how it compared. From stored facts only. */
export async function whyNot(deps: Pick<Deps, 'db'>, input: WhyNotInput): Promise<WhyNotView> {
  const playlist = await findPlaylistByIndex(deps.db, input.index);
  const row = await findCurationRow(deps.db, input.recordingId);
  if (!playlist || !row) throw new AppError('not_found', { message: 'There is no such playlist or recording.', remedy: 'Search for the track again.' });
  const scope = restScopeKey(playlist.policy, { playlistId: playlist.id, policyFamilyId: playlist.policyFamilyId });
  const [entries, days, stays] = await Promise.all([
    listEntries(deps.db, playlist.id, input.day),
    listSnapshotDays(deps.db, playlist.id, 400),
    listStaysAround(deps.db, scope, { recordingId: input.recordingId, day: input.day, restDays: playlist.policy.rest.days }),
  ]);
  const builder = createCatalogueBuilder(1, { texts: true });
  builder.add(row);
  const rules = traceRule(builder.build(), 0, playlist.policy.pool, dayNumber(input.day));
  const entry = entries.find((one) => one.recordingId === input.recordingId);
  const steps: Step[] = [...rules, restStep(playlist, input.day, stays)];
  const facts = { playlist, position: entry?.position, admitted: rules.every((step) => step.holds !== false) };
  const report = days.find((one) => one.day === input.day)?.report;
  return { title: row.title, artists: row.artistNames, verdict: verdictOf(steps, facts, comparison(report, input.recordingId)), steps };
}

function restStep(playlist: CuratedPlaylist, day: string, stays: readonly Stay[]): Step {
  const rule = `Rests ${playlist.policy.rest.days} days`;
  const blocking = stays.find((stay) => stay.playlistId !== playlist.id || stay.firstDay !== day);
  if (!blocking) return { rule, holds: true, detail: 'It has rested long enough.' };
  const until = blocking.restsUntil ? `may return on ${blocking.restsUntil}` : 'is pinned there';
  return { rule, holds: false, detail: `It was in “${blocking.themeTag}” on ${blocking.firstDay} and ${until}.` };
}

/** What the day's report remembers of it, when it came close. */
function comparison(report: SnapshotReport | undefined, recordingId: number): string | undefined {
  return report?.nearMisses.find((miss) => miss.recordingId === recordingId)?.detail;
}

function verdictOf(steps: readonly Step[], facts: { playlist: CuratedPlaylist; position: number | undefined; admitted: boolean }, near: string | undefined): string {
  const { themeTag } = facts.playlist;
  if (facts.position !== undefined) return `It is in “${themeTag}” that day, at position ${facts.position}.`;
  const failed = steps.find((step) => step.holds === false);
  if (failed) return `Not in “${themeTag}”: ${failed.detail}`;
  const unknown = steps.find((step) => step.holds === null);
  if (unknown) return `Not in “${themeTag}”: ${unknown.detail}`;
  return near ? `It was admitted and rested, and came close: ${near}` : 'It was admitted and rested; others scored higher that day, or its artist or album had its share.';
}
