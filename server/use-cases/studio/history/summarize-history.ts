import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { countAttempts, sumAttempts } from '#server/repos/studio/generation-history.ts';
import type { HistorySummary, SummarizeHistoryInput } from '#shared/contracts/studio/generation-history.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** The last days of the audit of covers in figures. */
export async function summarizeHistory(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, { days }: SummarizeHistoryInput): Promise<HistorySummary> {
  requireAdmin(actor);
  const since = new Date(deps.now().getTime() - days * DAY_MS);
  const [figures, models, moods, failures] = await Promise.all([
    sumAttempts(deps.db, since),
    countAttempts(deps.db, 'model', since),
    countAttempts(deps.db, 'mood', since),
    countAttempts(deps.db, 'errorMessage', since),
  ]);
  return {
    days,
    ...figures,
    models: models.map(({ name, attempts, successRate }) => ({ model: name, attempts, successRate })),
    moods: moods.map(({ name, attempts }) => ({ mood: name, attempts })),
    failures: failures.map(({ name, attempts }) => ({ reason: name, attempts })),
  };
}
