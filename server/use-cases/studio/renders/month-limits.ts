import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { Db } from '#server/repos/database.ts';
import { findUser } from '#server/repos/auth/users.ts';
import { findUserLimits, readMonth } from '#server/repos/studio/usage/months.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { EstimateView } from '#shared/contracts/studio/model-views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import type { UserId } from '#shared/ids.ts';
import type { Role } from '#shared/vocabulary.ts';

/** A person's limits of a month; null is none. */
export interface MonthLimits {
  readonly renders: number | null;
  readonly usdMicros: number | null;
}

/** A person as the ledger names them; `null` is the operator with the admin key, and the network itself. */
export const ledgerPerson = (userId: UserId | null): string => userId ?? 'operator';

/** First day of the month of an instant, in UTC. */
export const monthOf = (at: Date): string => `${dayOf(at).slice(0, 7)}-01`;

/** When the next month begins. */
export const nextMonth = (at: Date): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));

/** The limits of a person: their own where an admin set one, else those of their role. The operator has none. */
export async function limitsOf(db: Db, userId: UserId | null): Promise<MonthLimits> {
  if (userId === null) return { renders: null, usdMicros: null };
  const [{ studio }, own, user] = [await readNetworkSettings(db), await findUserLimits(db, userId), await findUser(db, userId)];
  return limitsIn(studio, { role: user?.role ?? 'listener', own });
}

interface OwnLimits {
  readonly rendersPerMonth: number | null;
  readonly usdMicrosPerMonth: number | null;
}

/** The limits under these settings of a person with this role. */
export function limitsIn(
  studio: NetworkSettings['studio'],
  { role, own }: { readonly role: Role | null; readonly own: OwnLimits | null | undefined },
): MonthLimits {
  const ofRole = (role === 'admin' ? studio.admins : null) ?? studio;
  return { renders: own?.rendersPerMonth ?? ofRole.rendersPerMonth, usdMicros: own?.usdMicrosPerMonth ?? ofRole.usdMicrosPerMonth };
}

/** The error of a request that does not fit into the month: which limit, what is left of it, and when it ends. */
export async function quotaExceeded(db: Db, { userId, at, limits }: { userId: UserId | null; at: Date; limits: MonthLimits }): Promise<AppError> {
  const used = await readMonth(db, { person: ledgerPerson(userId), month: monthOf(at) });
  const end = nextMonth(at);
  return new AppError('quota_exceeded', {
    message: saysFull(used, limits),
    remedy: `The next month begins on ${dayOf(end)} (UTC). The operator can raise your limit.`,
    retryAfterMs: end.getTime() - at.getTime(),
  });
}

/** What would be left of a person's month after some renders, and whether they fit. Nothing is reserved. */
export async function monthAfter(
  db: Db,
  { userId, at, renders, usdMicros }: { userId: UserId | null; at: Date; renders: number; usdMicros: number },
): Promise<EstimateView> {
  const [used, limits] = [await readMonth(db, { person: ledgerPerson(userId), month: monthOf(at) }), await limitsOf(db, userId)];
  const rendersLeft = limits.renders === null ? null : limits.renders - used.renders - renders;
  const usdMicrosLeft = limits.usdMicros === null ? null : limits.usdMicros - used.usdMicros - usdMicros;
  const fits = (rendersLeft ?? 0) >= 0 && (usdMicrosLeft ?? 0) >= 0;
  const says = fits ? null : `${saysFull(used, limits)} The next month begins on ${dayOf(nextMonth(at))} (UTC).`;
  return { usdMicros, rendersLeft, usdMicrosLeft, fits, says, resetsAt: nextMonth(at).toISOString() };
}

/** Which limit a request does not fit into, as a sentence. */
function saysFull(used: { readonly renders: number; readonly usdMicros: number }, { renders, usdMicros }: MonthLimits): string {
  const parts = [
    renders === null ? undefined : `${used.renders} of ${renders} renders`,
    usdMicros === null ? undefined : `${dollars(used.usdMicros)} of ${dollars(usdMicros)}`,
  ].filter((part) => part !== undefined);
  return `This does not fit into your month: ${parts.join(' and ')} are used.`;
}

/** Micro-dollars as people read them, exact to a tenth of a cent. */
const dollars = (micros: number) => `$${(micros / 1_000_000).toFixed(micros % 10_000 === 0 ? 2 : 4)}`;
