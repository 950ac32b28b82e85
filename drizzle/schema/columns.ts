import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';
import {
  ACCOUNT_STATUSES,
  ALERT_LEVELS,
  BREAKER_STATES,
  CAPABILITY_PROFILES,
  COST_STATES,
  DRY_RUN_STATUSES,
  IDENTITY_BASES,
  JOB_RUN_STATUSES,
  MANAGER_PLAN_STATUSES,
  MARK_SOURCES,
  PLAYLIST_MARKS,
  PLAYLIST_STATUSES,
  PROVENANCES,
  REMOTE_FINDINGS,
  REPLICA_STATUSES,
  SIMULATION_STATUSES,
} from '#shared/vocabulary.ts';
import {
  RENDER_REFUSALS,
  RENDER_STATES,
  ROLES,
  SNAPSHOT_STATUSES,
  SOURCE_FAILURES,
  SOURCE_STATUSES,
  STUDIO_TASKS,
  STUDIO_VENDORS,
  SUBMISSION_DECISIONS,
  SYNC_OPERATION_KINDS,
  SYNC_OPERATION_STATES,
  SYNC_PLAN_STATUSES,
  TAG_KINDS,
} from '#shared/vocabulary.ts';
import { pgEnum } from 'drizzle-orm/pg-core';

export const role = pgEnum('role', ROLES);
export const accountStatus = pgEnum('account_status', ACCOUNT_STATUSES);
export const capabilityProfile = pgEnum('capability_profile', CAPABILITY_PROFILES);
export const sourceStatus = pgEnum('source_status', SOURCE_STATUSES);
export const submissionDecision = pgEnum('submission_decision', SUBMISSION_DECISIONS);
export const sourceFailure = pgEnum('source_failure', SOURCE_FAILURES);
export const provenance = pgEnum('provenance', PROVENANCES);
export const identityBasis = pgEnum('identity_basis', IDENTITY_BASES);
export const playlistStatus = pgEnum('playlist_status', PLAYLIST_STATUSES);
export const snapshotStatus = pgEnum('snapshot_status', SNAPSHOT_STATUSES);
export const replicaStatus = pgEnum('replica_status', REPLICA_STATUSES);
export const syncPlanStatus = pgEnum('sync_plan_status', SYNC_PLAN_STATUSES);
export const syncOperationKind = pgEnum('sync_operation_kind', SYNC_OPERATION_KINDS);
export const syncOperationState = pgEnum('sync_operation_state', SYNC_OPERATION_STATES);
export const jobRunStatus = pgEnum('job_run_status', JOB_RUN_STATUSES);
export const tagKind = pgEnum('tag_kind', TAG_KINDS);
export const managerPlanStatus = pgEnum('manager_plan_status', MANAGER_PLAN_STATUSES);
export const playlistMarkKind = pgEnum('playlist_mark_kind', PLAYLIST_MARKS);
export const markSource = pgEnum('mark_source', MARK_SOURCES);
export const breakerState = pgEnum('breaker_state', BREAKER_STATES);
export const remoteFindingKind = pgEnum('remote_finding_kind', REMOTE_FINDINGS);
export const alertLevel = pgEnum('alert_level', ALERT_LEVELS);
export const simulationStatus = pgEnum('simulation_status', SIMULATION_STATUSES);
export const dryRunStatus = pgEnum('dry_run_status', DRY_RUN_STATUSES);
export const studioVendor = pgEnum('studio_vendor', STUDIO_VENDORS);
export const studioTask = pgEnum('studio_task', STUDIO_TASKS);
export const renderState = pgEnum('render_state', RENDER_STATES);
export const renderRefusal = pgEnum('render_refusal', RENDER_REFUSALS);
export const costState = pgEnum('cost_state', COST_STATES);

/** A range of days in Postgres notation: `[2026-11-01,2026-12-01)`. */
export const daterange = customType<{ data: string }>({ dataType: () => 'daterange' });

/** A timestamp column; all timestamps are stored in UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Micro-dollars: 1,000,000 is one US dollar. */
export const usdMicros = (name: string) => bigint(name, { mode: 'number' });
