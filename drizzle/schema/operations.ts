import { sql } from 'drizzle-orm';
import { check, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { JobName } from '#shared/contracts/jobs.ts';
import type { JobRunId } from '#shared/ids.ts';
import { capabilityProfile, instant, jobRunStatus } from './columns.ts';

/** One run of one task as people follow it. Progress is written here and announced by NOTIFY `segue_job_runs`. */
export const jobRuns = pgTable(
  'job_runs',
  {
    id: uuid('id').$type<JobRunId>().primaryKey(),
    task: text('task').$type<JobName>().notNull(),
    status: jobRunStatus('status').notNull(),
    trigger: text('trigger').notNull(),
    /** What is being done, in words. */
    doing: text('doing'),
    done: integer('done').notNull().default(0),
    /** Null when the total is not known. */
    total: integer('total'),
    failures: integer('failures').notNull().default(0),
    outcome: text('outcome'),
    remedy: text('remedy'),
    createdAt: instant('created_at').notNull(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    index('job_runs_created').on(t.createdAt.desc()),
    uniqueIndex('job_runs_one_running')
      .on(t.task)
      .where(sql`${t.status} = 'running'`),
  ],
);

/** Live worker pools; a job locked by a pool that stopped beating is given back (security-and-faults, finding 4). */
export const workerHeartbeats = pgTable('worker_heartbeats', {
  poolId: text('pool_id').primaryKey(),
  bootId: uuid('boot_id').notNull(),
  processId: integer('process_id').notNull(),
  startedAt: instant('started_at').notNull(),
  seenAt: instant('seen_at').notNull(),
});

/** A shared request budget (GCRA): the earliest instant at which the next request conforms, and a vendor's own word to stop. */
export const rateBuckets = pgTable('rate_buckets', {
  key: text('key').primaryKey(),
  /** Theoretical arrival time, in milliseconds since the epoch. */
  arrivalMs: doublePrecision('arrival_ms').notNull(),
  limitedUntil: instant('limited_until'),
  limitedWhy: text('limited_why'),
});

/** What a vendor app was found able to do, so that a refused endpoint is not asked for again. */
export const vendorCapabilities = pgTable(
  'vendor_capabilities',
  {
    app: text('app').notNull(),
    endpoint: text('endpoint').notNull(),
    profile: capabilityProfile('profile'),
    refusedAt: instant('refused_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.app, t.endpoint] })],
);

/** Answers of vendors worth keeping for a while. */
export const providerCache = pgTable(
  'provider_cache',
  {
    provider: text('provider').notNull(),
    key: text('key').notNull(),
    body: jsonb('body').notNull(),
    fetchedAt: instant('fetched_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.key] }),
    index('provider_cache_expiry').on(t.expiresAt),
    check('provider_cache_object', sql`jsonb_typeof(${t.body}) in ('object', 'array')`),
  ],
);
