import { costLedger, renders, users } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { RenderId } from '#shared/ids.ts';
import type { RenderRefusal, RenderState, StudioVendor } from '#shared/vocabulary.ts';
import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';

/** The renders that were requested from `since` until before `until`, of everybody or of one person of the ledger. */
interface Span {
  readonly since: Date;
  readonly until: Date;
  readonly person: string | undefined;
}

const within = ({ since, until, person }: Span) =>
  and(gte(costLedger.reservedAt, since), lt(costLedger.reservedAt, until), person === undefined ? undefined : eq(costLedger.person, person));

const ofRender = eq(renders.id, costLedger.renderId);
const NUMBER = sql<number>`count(*)::int`;
/** What counts: what was charged, and what is reserved or unknown. */
const COST = sql<number>`coalesce(sum(coalesce(${costLedger.chargedUsdMicros}, ${costLedger.reservedUsdMicros})) filter (where ${costLedger.state} <> 'refunded'), 0)::float8`;

interface DayLine {
  readonly day: string;
  /** Null where the person and so the render was deleted; the cost stays. */
  readonly model: string | null;
  readonly vendor: StudioVendor;
  readonly renders: number;
  readonly usdMicros: number;
}

/** Requests and what they cost by day (UTC) and model. */
export async function listUsageDays(db: Db, span: Span): Promise<DayLine[]> {
  const day = sql<string>`to_char(${costLedger.reservedAt} at time zone 'utc', 'YYYY-MM-DD')`;
  return db
    .select({ day: day.as('day'), model: renders.model, vendor: costLedger.vendor, renders: NUMBER, usdMicros: COST })
    .from(costLedger)
    .leftJoin(renders, ofRender)
    .where(within(span))
    .groupBy(sql`1`, renders.model, costLedger.vendor)
    .orderBy(sql`1`, renders.model, costLedger.vendor);
}

/** How the renders of a model ended, and how long the successful ones took. */
export interface ModelResult {
  /** Null is all models together. */
  readonly model: string | null;
  readonly done: number;
  readonly refused: number;
  readonly failed: number;
  readonly unknown: number;
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
}

const ended = (state: RenderState) => sql<number>`count(*) filter (where ${renders.state} = ${state})::int`;

/** Results by model, and of all together. */
export async function listModelResults(db: Db, span: Span): Promise<ModelResult[]> {
  // From the request that left to the picture that is stored.
  const seconds = sql`extract(epoch from ${renders.finishedAt} - ${renders.intendedAt})`;
  const percentile = (share: number) =>
    sql<number | null>`(percentile_cont(${share}::float8) within group (order by ${seconds}) filter (where ${renders.state} = 'done'))::float8`;
  return db
    .select({
      model: renders.model,
      done: ended('done'),
      refused: ended('refused'),
      failed: ended('failed'),
      unknown: ended('unknown'),
      p50Seconds: percentile(0.5),
      p95Seconds: percentile(0.95),
    })
    .from(costLedger)
    .innerJoin(renders, ofRender)
    .where(within(span))
    .groupBy(sql`grouping sets ((${renders.model}), ())`);
}

interface RefusalLine {
  readonly vendor: StudioVendor;
  readonly reason: RenderRefusal;
  readonly renders: number;
  /** How many of them were charged, and how much. */
  readonly charged: number;
  readonly usdMicros: number;
}

/** Refusals by vendor and reason, the most frequent first. */
export async function listRefusals(db: Db, span: Span): Promise<RefusalLine[]> {
  return db
    .select({
      vendor: costLedger.vendor,
      reason: sql<RenderRefusal>`${renders.refusal}`,
      renders: NUMBER,
      charged: sql<number>`count(*) filter (where ${costLedger.state} = 'charged')::int`,
      usdMicros: sql<number>`coalesce(sum(${costLedger.chargedUsdMicros}), 0)::float8`,
    })
    .from(costLedger)
    .innerJoin(renders, ofRender)
    .where(and(within(span), eq(renders.state, 'refused')))
    .groupBy(costLedger.vendor, renders.refusal)
    .orderBy(desc(NUMBER), costLedger.vendor, renders.refusal);
}

/** Why renders failed, by vendor, the most frequent first. */
export async function listFailures(
  db: Db,
  span: Span,
  limit: number,
): Promise<{ readonly vendor: StudioVendor; readonly reason: string; readonly renders: number }[]> {
  return db
    .select({ vendor: costLedger.vendor, reason: sql<string>`${renders.error}`, renders: NUMBER })
    .from(costLedger)
    .innerJoin(renders, ofRender)
    .where(and(within(span), eq(renders.state, 'failed')))
    .groupBy(costLedger.vendor, renders.error)
    .orderBy(desc(NUMBER), costLedger.vendor, renders.error)
    .limit(limit);
}

interface RefusedPrompt {
  readonly renderId: RenderId;
  readonly at: Date;
  readonly name: string | null;
  readonly model: string;
  readonly prompt: string | null;
}

/** The prompts that a vendor refused for a reason, the newest first. */
export async function listRefusedPrompts(
  db: Db,
  { vendor, reason, ...span }: Span & { readonly vendor: StudioVendor; readonly reason: RenderRefusal },
  limit: number,
): Promise<RefusedPrompt[]> {
  return db
    .select({
      renderId: renders.id,
      at: renders.createdAt,
      name: users.displayName,
      model: renders.model,
      prompt: sql<string | null>`${renders.values}->>'prompt'`,
    })
    .from(costLedger)
    .innerJoin(renders, ofRender)
    .leftJoin(users, eq(users.id, renders.userId))
    .where(and(within(span), eq(renders.state, 'refused'), eq(costLedger.vendor, vendor), eq(renders.refusal, reason)))
    .orderBy(desc(renders.createdAt), desc(renders.id))
    .limit(limit);
}

/** When the ledger begins, of everybody or of one person; undefined while it is empty. */
export async function findFirstCostAt(db: Db, person: string | undefined): Promise<Date | undefined> {
  const [found] = await db
    .select({ at: costLedger.reservedAt })
    .from(costLedger)
    .where(person === undefined ? undefined : eq(costLedger.person, person))
    .orderBy(costLedger.reservedAt)
    .limit(1);
  return found?.at;
}
