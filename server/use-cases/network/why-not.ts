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
import { evaluatePool } from '#shared/domain/pool.ts';
import { traceRule } from '#shared/domain/pool-trace.ts';
import { restScopeKey } from '#shared/domain/rest-scope.ts';
import { AppError } from '#shared/errors.ts';

type Step = WhyNotView['steps'][number];

/** Why a recording is, or is not, in a playlist on a day: its rules one by one, its rest, and how it compared. From stored facts only. */
export async function whyNot(deps: Pick<Deps, 'db'>, input: WhyNotInput): Promise<WhyNotView> {
  const playlist = await findPlaylistByIndex(deps.db, input.index);
  const row = await findCurationRow(deps.db, input.recordingId);
  if (!playlist || !row)
    throw new AppError('not_found', { message: 'There is no such playlist or recording.', remedy: 'Search for the track again.' });
  const scope = restScopeKey(playlist.policy, { playlistId: playlist.id, policyFamilyId: playlist.policyFamilyId });
  const [entries, days, stays] = await Promise.all([
    listEntries(deps.db, playlist.id, input.day),
    listSnapshotDays(deps.db, playlist.id, 400),
    listStaysAround(deps.db, scope, { recordingId: input.recordingId, day: input.day, restDays: playlist.policy.rest.days }),
  ]);
  const builder = createCatalogueBuilder(1, { texts: true });
  builder.add(row);
  const catalogue = builder.build();
  const day = dayNumber(input.day);
  const rules = traceRule({ catalogue, row: 0, day }, playlist.policy.pool).map(({ rule, holds, detail }): Step => ({ rule, holds, detail }));
  const rest = restStep(playlist, input.day, stays);
  const facts = {
    themeTag: playlist.themeTag,
    position: entries.find((one) => one.recordingId === input.recordingId)?.position,
    isAdmitted: evaluatePool(catalogue, playlist.policy.pool, day).rows.length > 0,
    rules,
    rest,
    near: comparison(days.find((one) => one.day === input.day)?.report, input.recordingId),
  };
  return { title: row.title, artists: row.artistNames, verdict: verdictOf(facts), steps: [...rules, rest] };
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

interface Facts {
  readonly themeTag: string;
  readonly position: number | undefined;
  readonly isAdmitted: boolean;
  readonly rules: readonly Step[];
  readonly rest: Step;
  readonly near: string | undefined;
}

function verdictOf({ themeTag, position, isAdmitted, rules, rest, near }: Facts): string {
  if (position !== undefined) return `It is in “${themeTag}” that day, at position ${position}.`;
  if (!isAdmitted) {
    const against = rules.find((step) => step.holds === false) ?? rules.find((step) => step.holds === null);
    return `Not in “${themeTag}”: ${against?.detail ?? 'its rules do not admit it.'}`;
  }
  if (rest.holds === false) return `Not in “${themeTag}”: ${rest.detail}`;
  return near
    ? `It was admitted and rested, and came close: ${near}`
    : 'It was admitted and rested; others scored higher that day, or its artist or album had its share.';
}
