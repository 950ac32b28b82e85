import type { JobName } from '#shared/contracts/jobs.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { ErrorCode } from '#shared/errors.ts';
import type { AccountId, JobRunId } from '#shared/ids.ts';
import { alertLevel, breakerState, capabilityProfile, instant, jobRunStatus } from './columns.ts';
import { sql } from 'drizzle-orm';
import { bigint, check, date, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

/** One run of one task, as shown to people. Progress is written here and announced by NOTIFY `segue_job_runs`. */
export const jobRuns = pgTable(
  'job_runs',
  {
    id: uuid('id').$type<JobRunId>().primaryKey(),
    task: text('task').$type<JobName>().notNull(),
    status: jobRunStatus('status').notNull(),
    trigger: text('trigger').notNull(),
    /** The current step, in words. */
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
    /** What the run was asked to do, for a replay. */
    payload: jsonb('payload'),
    /** The queue's id of the job, while it is in the queue. */
    queueJobId: bigint('queue_job_id', { mode: 'number' }),
    attempt: integer('attempt'),
    errorCode: text('error_code').$type<ErrorCode>(),
    /** When the queue retries automatically. */
    retryAt: instant('retry_at'),
    cancelRequestedAt: instant('cancel_requested_at'),
  },
  (t) => [
    index('job_runs_created').on(t.createdAt.desc()),
    uniqueIndex('job_runs_one_running')
      .on(t.task)
      .where(sql`${t.status} = 'running'`),
    check('job_runs_payload_object', sql`${t.payload} is null or jsonb_typeof(${t.payload}) = 'object'`),
  ],
);

/** Pause state of a task: while paused, its scheduled runs are recorded as paused and skipped. */
export const taskSettings = pgTable('task_settings', {
  task: text('task').$type<JobName>().primaryKey(),
  pausedAt: instant('paused_at'),
  pausedBy: text('paused_by'),
  pausedWhy: text('paused_why'),
});

/** One scheduled run of a task, claimed once across all workers. */
export const timetableTicks = pgTable(
  'timetable_ticks',
  {
    task: text('task').$type<JobName>().notNull(),
    tick: instant('tick').notNull(),
    claimedAt: instant('claimed_at').notNull(),
    runId: uuid('run_id').$type<JobRunId>(),
    /** `ran`, `caught_up` (late, after an outage), `paused`, or `missed` (the outage was too long to catch up). */
    how: text('how').$type<'ran' | 'caught_up' | 'paused' | 'missed'>().notNull(),
    /** The queue's id of the job that claimed it: a retry of that job is not a second run. */
    queueJobId: bigint('queue_job_id', { mode: 'number' }),
  },
  (t) => [primaryKey({ columns: [t.task, t.tick] })],
);

/** The operator's settings for the whole network; one row. */
export const networkSettings = pgTable(
  'network_settings',
  {
    id: integer('id').primaryKey().default(1),
    body: jsonb('body').$type<NetworkSettings>().notNull(),
    changedAt: instant('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  },
  (t) => [check('network_settings_one_row', sql`${t.id} = 1`), check('network_settings_object', sql`jsonb_typeof(${t.body}) = 'object'`)],
);

/** A condition that needs, or needed, a person: when it opened, and when it closed. */
export const alerts = pgTable(
  'alerts',
  {
    id: uuid('id').primaryKey(),
    key: text('key').notNull(),
    level: alertLevel('level').notNull(),
    what: text('what').notNull(),
    detail: text('detail').notNull(),
    actionLabel: text('action_label'),
    actionHref: text('action_href'),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    uniqueIndex('alerts_open')
      .on(t.key)
      .where(sql`${t.closedAt} is null`),
    index('alerts_opened').on(t.openedAt.desc()),
  ],
);

/** Every rate limit response of a vendor. */
export const rateLimitEvents = pgTable(
  'rate_limit_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    bucket: text('bucket').notNull(),
    accountId: uuid('account_id').$type<AccountId>(),
    at: instant('at').notNull(),
    until: instant('until').notNull(),
    why: text('why').notNull(),
  },
  (t) => [index('rate_limit_events_bucket').on(t.bucket, t.at.desc())],
);

/** Requests granted from a bucket per hour; the budget charts show them. */
export const requestUse = pgTable(
  'request_use',
  { bucket: text('bucket').notNull(), hour: instant('hour').notNull(), requests: integer('requests').notNull() },
  (t) => [primaryKey({ columns: [t.bucket, t.hour] })],
);

/** A vendor's circuit breaker, shared by all processes and preserved across restarts. */
export const vendorBreakers = pgTable('vendor_breakers', {
  vendor: text('vendor').primaryKey(),
  state: breakerState('state').notNull(),
  failures: integer('failures').notNull(),
  /** Retries by any process since the vendor last answered. */
  repeats: integer('repeats').notNull().default(0),
  why: text('why'),
  openedAt: instant('opened_at'),
  openUntil: instant('open_until'),
  /** When the claim of the one process that probes a half-open breaker expires. */
  probeUntil: instant('probe_until'),
  changedAt: instant('changed_at').notNull(),
});

/** Cache hits and misses per day. */
export const providerCacheUse = pgTable(
  'provider_cache_use',
  {
    provider: text('provider').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    hits: integer('hits').notNull(),
    misses: integer('misses').notNull(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.day] })],
);

/** Live worker pools; a job locked by a pool whose heartbeat stopped is released. */
export const workerHeartbeats = pgTable('worker_heartbeats', {
  poolId: text('pool_id').primaryKey(),
  bootId: uuid('boot_id').notNull(),
  processId: integer('process_id').notNull(),
  startedAt: instant('started_at').notNull(),
  seenAt: instant('seen_at').notNull(),
});

/** A shared request budget (GCRA): the earliest time at which the next request conforms, and the vendor's rate limit. */
export const rateBuckets = pgTable('rate_buckets', {
  key: text('key').primaryKey(),
  /** Theoretical arrival time, in milliseconds since the epoch. */
  arrivalMs: doublePrecision('arrival_ms').notNull(),
  limitedUntil: instant('limited_until'),
  limitedWhy: text('limited_why'),
  /** When the rate limit was received, by the clock at that time: distinguishes a long limit from one that only looks long because the clock was set back. */
  limitedAt: instant('limited_at'),
});

/** Endpoints that a vendor refused for an app, so that they are not requested again. */
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

/** Cached responses of vendors. */
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
