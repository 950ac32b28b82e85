import { customType, timestamp } from 'drizzle-orm/pg-core';
import {
  ACCOUNT_STATUSES,
  CAPABILITY_PROFILES,
  IDENTITY_BASES,
  JOB_RUN_STATUSES,
  PLAYLIST_STATUSES,
  PROVENANCES,
  REPLICA_STATUSES,
} from '#shared/vocabulary.ts';
import {
  ROLES,
  SNAPSHOT_STATUSES,
  SOURCE_FAILURES,
  SOURCE_STATUSES,
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

/** A range of days, read and written as Postgres spells it: `[2026-11-01,2026-12-01)`. */
export const daterange = customType<{ data: string }>({ dataType: () => 'daterange' });

/** An instant; every stored instant is UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
