import { accounts } from '#drizzle/schema/index.ts';
import type { AccountId } from '#shared/ids.ts';
import { eq } from 'drizzle-orm';
import { accountBucket } from '#server/repos/accounts/account-limits.ts';
import type { Db } from '#server/repos/database.ts';
import { createRequestBudget } from './request-budget.ts';
import type { RequestUse } from './request-use.ts';

/** The part of a budget that an account's takes along; the shape of the port, which repos do not know. */
interface Budget {
  take(signal: AbortSignal): Promise<void>;
  block(forMs: number, why: string, accountId?: AccountId): Promise<void>;
}

interface Parts {
  readonly now: () => Date;
  readonly use: RequestUse;
  /** Every request for an account is one of the app's too. */
  readonly app: Budget;
}

const MINUTE_MS = 60_000;
/** How long a process may go on with the pace that an account had. */
const PACE_CHECK_MS = 30_000;
/** Spotify limits apps, so a short stop says nothing of the account it happened to meet; one that lasts is shown on the account too. */
const LONG_BLOCK_MS = 5 * 60_000;

/** The budget of each account within the app's: its own pace where the operator set one, and its own count of requests in any case. */
export function createAccountBudgets(db: Db, { now, use, app }: Parts): (id: AccountId) => Budget {
  const known = new Map<AccountId, Budget>();
  return (id) => {
    const budget = known.get(id) ?? accountBudget(db, id, { now, use, app });
    known.set(id, budget);
    return budget;
  };
}

function accountBudget(db: Db, id: AccountId, { now, use, app }: Parts): Budget {
  const key = accountBucket(id);
  let pace: { readonly requests: number | null; readonly budget: Budget; readonly readMs: number } | undefined;
  const own = async (): Promise<{ requests: number | null; budget: Budget }> => {
    const nowMs = now().getTime();
    if (pace && Math.abs(nowMs - pace.readMs) < PACE_CHECK_MS) return pace;
    const [row] = await db.select({ requests: accounts.requestsPerMinute }).from(accounts).where(eq(accounts.id, id));
    const requests = row?.requests ?? null;
    const isSame = pace?.requests === requests;
    const budget = (isSame && pace?.budget) || createRequestBudget(db, { key, requests: requests ?? undefined, windowMs: MINUTE_MS }, now);
    pace = { requests, budget, readMs: nowMs };
    return pace;
  };
  return {
    take: async (signal) => {
      const { requests, budget } = await own();
      if (requests !== null) await budget.take(signal);
      await app.take(signal);
      use.note(key);
    },
    block: async (forMs, why) => {
      if (forMs <= LONG_BLOCK_MS) return app.block(forMs, why, id);
      await app.block(forMs, why);
      await (await own()).budget.block(forMs, why, id);
    },
  };
}
