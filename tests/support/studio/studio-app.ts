import { costLedger, renders, users } from '#drizzle/schema/index.ts';
import { runRender } from '#server/use-cases/studio/renders/run-render.ts';
import type { Deps } from '#server/deps.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import { renderId, userId } from '#shared/ids.ts';
import type { UserId } from '#shared/ids.ts';
import { startTestApp } from '#tests/support/app.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { asc, eq, sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { startPaidVendor } from './paid-vendor.ts';
import { createPaidVendorClient } from './paid-vendor-client.ts';

type AppOptions = NonNullable<Parameters<typeof startTestApp>[0]>;

interface StudioOptions extends AppOptions {
  readonly vendor?: Parameters<typeof startPaidVendor>[0];
  readonly studio?: Partial<NetworkSettings['studio']>;
  /** The vendors' own adapters and sandboxes, in place of the one that keeps a bill. */
  readonly isSandboxed?: boolean;
}

/** $0.005 for a megapixel. */
export const QUEUED = { model: 'fal-z-image-turbo', values: { prompt: 'a lake at night' } } as const;
/** $0.03 for a picture; it has no queue. */
export const DIRECT = { model: 'stability-core', values: { prompt: 'a lake at night' } } as const;

/** An app whose models of fal and Stability are drawn by a vendor on loopback that keeps a bill. */
export async function startStudioApp({ vendor: script, studio, deps, env, isSandboxed = false, sandbox, ...options }: StudioOptions = {}) {
  const vendor = await startPaidVendor(script);
  const folder = temporaryFolder();
  const paid = {
    fal: createPaidVendorClient(vendor.url, { way: 'queue' }),
    stability: createPaidVendorClient(vendor.url, { way: 'direct' }),
  };
  const app = await startTestApp({
    ...options,
    env: { SEGUE_HOME: folder.path, ...env },
    sandbox: { catalog: { albums: 1, seed: 1 }, ...sandbox },
    ...(deps ? { deps } : {}),
  });
  // Set afterwards, so that `local` stays the real one.
  if (!isSandboxed) Object.assign(app.deps, { renderVendors: { ...app.deps.renderVendors, ...paid, ...deps?.renderVendors } });
  if (studio) await app.admin.generation.usage.saveSettings({ ...DEFAULT_NETWORK_SETTINGS.studio, ...studio });
  const people = new Map<string, UserId>();
  /** A signed-in listener of this name. */
  const person = async (name: string, isAdmin = false) => {
    const id = people.get(name) ?? userId.parse(randomUUID());
    if (!people.has(name)) {
      const at = app.clock.now();
      await app.deps.db.insert(users).values({ id, displayName: name, role: isAdmin ? 'admin' : 'listener', createdAt: at, lastSignedInAt: at });
    }
    people.set(name, id);
    const { generation } = app.as({ kind: 'user', userId: id, isAdmin });
    return { id, generation };
  };
  return {
    ...app,
    home: folder.path,
    vendor,
    person,
    rows: (): Promise<RenderRow[]> => app.deps.db.select().from(renders).orderBy(asc(renders.createdAt), asc(renders.id)),
    row: async (id: string): Promise<RenderRow | undefined> =>
      (
        await app.deps.db
          .select()
          .from(renders)
          .where(eq(renders.id, renderId.parse(id)))
      )[0],
    cost: async (id: string) =>
      (
        await app.deps.db
          .select()
          .from(costLedger)
          .where(eq(costLedger.renderId, renderId.parse(id)))
      )[0],
    [Symbol.asyncDispose]: async () => {
      vendor.release();
      await app[Symbol.asyncDispose]();
      await vendor[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

export type StudioApp = Awaited<ReturnType<typeof startStudioApp>>;

/** Runs one render as its job would, in this process. */
export function runNow(deps: Deps, id: string): Promise<void> {
  return runRender(deps, { renderId: renderId.parse(id), signal: new AbortController().signal });
}

/** The ledger adds up to every person's month, and no cost is reserved for a render that has ended. */
export async function expectMoneyRight({ db }: Pick<Deps, 'db'>): Promise<void> {
  const wrong = await db.execute(sql`
    select u.person from monthly_usage u where (u.renders, u.usd_micros) <> (
      select count(*)::int, coalesce(sum(coalesce(l.charged_usd_micros, l.reserved_usd_micros)), 0)::bigint from cost_ledger l
      where l.person = u.person and l.month = u.month and l.state <> 'refunded')
    union all select r.id::text from renders r join cost_ledger l on l.render_id = r.id where (r.finished_at is not null) = (l.state = 'reserved') and r.state <> 'storing'
    union all select r.id::text from renders r left join cost_ledger l on l.render_id = r.id where l.render_id is null`);
  expect(wrong.rows).toEqual([]);
}
