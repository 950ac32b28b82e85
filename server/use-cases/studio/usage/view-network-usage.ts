import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { listPeopleMonths, listUnknownCosts, sumLedger } from '#server/repos/studio/usage/months.ts';
import type { PersonMonth } from '#server/repos/studio/usage/months.ts';
import { limitsIn, monthOf } from '#server/use-cases/studio/renders/month-limits.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { NetworkUsageInput, NetworkUsageView, PersonUsage } from '#shared/contracts/studio/usage.ts';
import { userId } from '#shared/ids.ts';

/** More than this is one problem with one vendor, not many. */
const UNKNOWN_SHOWN_MAX = 200;

/** Everybody's month, what the ledger adds up to, and the costs that somebody has to decide. */
export async function viewNetworkUsage(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: NetworkUsageInput): Promise<NetworkUsageView> {
  requireAdmin(actor);
  const month = input.month ?? monthOf(deps.now());
  const [{ studio }, people, ledger, unknown] = await Promise.all([
    readNetworkSettings(deps.db),
    listPeopleMonths(deps.db, month),
    sumLedger(deps.db, month),
    listUnknownCosts(deps.db, UNKNOWN_SHOWN_MAX),
  ]);
  return {
    month,
    people: people.map((person) => toPersonUsage(person, { studio, actor })),
    ledger,
    unknown: unknown.map((cost) => ({ ...cost, at: cost.at.toISOString() })),
    settings: studio,
  };
}

function toPersonUsage(
  { person, name, role, limits, ...facts }: PersonMonth,
  { studio, actor }: { readonly studio: NetworkSettings['studio']; readonly actor: Actor },
): PersonUsage {
  const isOperator = person === 'operator';
  const most = isOperator ? { renders: null, usdMicros: null } : limitsIn(studio, { role, own: limits });
  return {
    userId: isOperator ? null : userId.parse(person),
    name: isOperator ? 'Operator and network' : name,
    role,
    renders: { used: facts.renders, limit: most.renders },
    usdMicros: { used: facts.usdMicros, limit: most.usdMicros },
    ownLimits: limits && { rendersPerMonth: limits.rendersPerMonth, usdMicrosPerMonth: limits.usdMicrosPerMonth },
    suspendedAt: facts.suspendedAt?.toISOString() ?? null,
    isYou: actor.kind === 'user' ? actor.userId === person : actor.kind === 'admin_key' && isOperator,
    waiting: facts.waiting,
    running: facts.running,
    lastRenderAt: facts.lastRenderAt?.toISOString() ?? null,
  };
}
