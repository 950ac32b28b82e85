import type { AccountId } from '#shared/ids.ts';
import { accountBucket, findRequestRate } from '#server/repos/accounts/account-limits.ts';
import type { Db } from '#server/repos/database.ts';
import { createRequestBudget } from './request-budget.ts';
import type { RequestUse } from './request-use.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

/** The methods of a request budget that accounts use; mirrors the port, which repos must not import. */
interface Budget {
  take(signal: AbortSignal): Promise<void>;
  block(forMs: number, why: string, accountId?: AccountId): Promise<void>;
}

interface BudgetParts {
  readonly now: () => Date;
  readonly use: RequestUse;
  /** Every request for an account also counts against the app's budget. */
  readonly app: Budget;
}

/** How long a process caches an account's request rate. */
const RATE_CACHE_MS = 30_000;
/** Spotify limits apps, so a short block tells nothing about the account whose request met it; a longer one is also shown on the account. */
const LONG_BLOCK_MS = 5 * 60_000;

/**
 * Creates the request budgets of accounts, inside the app's budget: an account's own rate where the operator set one, and its own request count in
 * any case.
 */
export function createAccountBudgets(db: Db, { now, use, app }: BudgetParts): (id: AccountId) => Budget {
  const budgets = new Map<AccountId, Budget>();
  return (id) => {
    const budget = budgets.get(id) ?? accountBudget(db, id, { now, use, app });
    budgets.set(id, budget);
    return budget;
  };
}

function accountBudget(db: Db, id: AccountId, { now, use, app }: BudgetParts): Budget {
  const key = accountBucket(id);
  let cached: { readonly requests: number | null; readonly budget: Budget; readonly readMs: number } | undefined;
  const ownBudget = async (): Promise<{ requests: number | null; budget: Budget }> => {
    const nowMs = now().getTime();
    if (cached && Math.abs(nowMs - cached.readMs) < RATE_CACHE_MS) return cached;
    const requests = await findRequestRate(db, id);
    const isSame = cached?.requests === requests;
    const budget = (isSame && cached?.budget) || createRequestBudget(db, { key, requests: requests ?? undefined, windowMs: MINUTE_MS }, now);
    cached = { requests, budget, readMs: nowMs };
    return cached;
  };
  return {
    take: async (signal) => {
      const { requests, budget } = await ownBudget();
      if (requests !== null) await budget.take(signal);
      await app.take(signal);
      use.note(key);
    },
    block: async (forMs, why) => {
      if (forMs <= LONG_BLOCK_MS) return app.block(forMs, why, id);
      await app.block(forMs, why);
      await (await ownBudget()).budget.block(forMs, why, id);
    },
  };
}
