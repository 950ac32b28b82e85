import { sql } from 'drizzle-orm';
import { bigint, check, date, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { JobName } from '#shared/contracts/jobs.ts';
import type { ScalingPlanBody } from '#shared/contracts/scaling/scaling.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { ErrorCode } from '#shared/errors.ts';
import type { AccountId, JobRunId } from '#shared/ids.ts';
import { alertLevel, breakerState, capabilityProfile, instant, jobRunStatus, managerPlanStatus } from './columns.ts';

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
    /** What the run was asked to do, for a replay. */
    payload: jsonb('payload'),
    /** The queue's own number of the job, while it has one. */
    queueJobId: bigint('queue_job_id', { mode: 'number' }),
    attempt: integer('attempt'),
    errorCode: text('error_code').$type<ErrorCode>(),
    /** When the queue tries again by itself. */
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

/** A task that an operator paused: its ticks are noted and left out, with the reason. */
export const taskSettings = pgTable('task_settings', {
  task: text('task').$type<JobName>().primaryKey(),
  pausedAt: instant('paused_at'),
  pausedBy: text('paused_by'),
  pausedWhy: text('paused_why'),
});

/** One tick of the timetable, claimed once in the whole house however many workers saw it. */
export const timetableTicks = pgTable(
  'timetable_ticks',
  {
    task: text('task').$type<JobName>().notNull(),
    tick: instant('tick').notNull(),
    claimedAt: instant('claimed_at').notNull(),
    runId: uuid('run_id').$type<JobRunId>(),
    /** `ran`, `caught_up` (late, after an outage), `paused`, or `missed` (the house was off too long to make up for it). */
    how: text('how').$type<'ran' | 'caught_up' | 'paused' | 'missed'>().notNull(),
    /** The queue's number of the job that claimed it: another try of that job is no second run. */
    queueJobId: bigint('queue_job_id', { mode: 'number' }),
  },
  (t) => [primaryKey({ columns: [t.task, t.tick] })],
);

/** What the operator decided for the whole network; one row. */
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

/** A scaling plan: how many playlists the catalogue carries and on which accounts, with stats, actions and reasons. Applied by its hash. */
export const managerPlans = pgTable(
  'manager_plans',
  {
    id: uuid('id').primaryKey(),
    day: date('day', { mode: 'string' }).notNull(),
    hash: text('hash').notNull(),
    status: managerPlanStatus('status').notNull().default('planned'),
    statusReason: text('status_reason'),
    body: jsonb('body').$type<ScalingPlanBody>().notNull(),
    plannedBy: text('planned_by').notNull(),
    plannedAt: instant('planned_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    appliedAt: instant('applied_at'),
  },
  (t) => [index('manager_plans_planned').on(t.plannedAt.desc()), check('manager_plans_object', sql`jsonb_typeof(${t.body}) = 'object'`)],
);

/** Something that needed a person: when it began, and when it was over. */
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

/** Every time a vendor said stop. */
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

/** Requests granted from a bucket, by the hour: what budget use is drawn from. */
export const requestUse = pgTable(
  'request_use',
  { bucket: text('bucket').notNull(), hour: instant('hour').notNull(), requests: integer('requests').notNull() },
  (t) => [primaryKey({ columns: [t.bucket, t.hour] })],
);

/** A vendor's breaker, shared by every process and kept across restarts. */
export const vendorBreakers = pgTable('vendor_breakers', {
  vendor: text('vendor').primaryKey(),
  state: breakerState('state').notNull(),
  failures: integer('failures').notNull(),
  /** Requests that were sent again since the vendor last answered, by whichever process. */
  repeats: integer('repeats').notNull().default(0),
  why: text('why'),
  openedAt: instant('opened_at'),
  openUntil: instant('open_until'),
  /** One process probes a half-open breaker; its claim ends then. */
  probeUntil: instant('probe_until'),
  changedAt: instant('changed_at').notNull(),
});

/** How often a kept answer was good enough, by day. */
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
  /** When the vendor said so, by the clock of then: it tells a long stop from one that a clock set back has made long. */
  limitedAt: instant('limited_at'),
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
