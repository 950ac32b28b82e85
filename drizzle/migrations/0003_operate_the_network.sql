CREATE TYPE "public"."alert_level" AS ENUM('critical', 'warning', 'info');--> statement-breakpoint
CREATE TYPE "public"."breaker_state" AS ENUM('closed', 'open', 'half_open');--> statement-breakpoint
CREATE TYPE "public"."dry_run_status" AS ENUM('within', 'waiting', 'approved', 'superseded');--> statement-breakpoint
CREATE TYPE "public"."manager_plan_status" AS ENUM('planned', 'approved', 'applied', 'superseded', 'impossible');--> statement-breakpoint
CREATE TYPE "public"."mark_source" AS ENUM('admin', 'hand');--> statement-breakpoint
CREATE TYPE "public"."playlist_mark_kind" AS ENUM('pin', 'ban');--> statement-breakpoint
CREATE TYPE "public"."remote_finding_kind" AS ENUM('orphan', 'duplicate', 'missing');--> statement-breakpoint
CREATE TYPE "public"."simulation_status" AS ENUM('queued', 'running', 'done', 'failed', 'cancelled');--> statement-breakpoint
ALTER TYPE "public"."replica_status" ADD VALUE 'retired';--> statement-breakpoint
ALTER TYPE "public"."sync_operation_kind" ADD VALUE 'unfollow';--> statement-breakpoint
ALTER TYPE "public"."sync_plan_status" ADD VALUE 'waiting';--> statement-breakpoint
CREATE TABLE "reconnect_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "exclusive_stays" (
	"placement_id" bigint NOT NULL,
	"group_name" text NOT NULL,
	"recording_id" integer NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date,
	"stay" daterange GENERATED ALWAYS AS (daterange(first_day, last_day, '[]')) STORED NOT NULL,
	CONSTRAINT "exclusive_stays_placement_id_group_name_pk" PRIMARY KEY("placement_id","group_name")
);
--> statement-breakpoint
CREATE TABLE "list_overrides" (
	"playlist_id" uuid NOT NULL,
	"batch_tag" date NOT NULL,
	"shows_batch_tag" date NOT NULL,
	"reason" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "list_overrides_playlist_id_batch_tag_pk" PRIMARY KEY("playlist_id","batch_tag")
);
--> statement-breakpoint
CREATE TABLE "playlist_marks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "playlist_marks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"playlist_id" uuid NOT NULL,
	"recording_id" integer NOT NULL,
	"kind" "playlist_mark_kind" NOT NULL,
	"position" integer,
	"source" "mark_source" NOT NULL,
	"since_day" date NOT NULL,
	"until_day" date,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "playlist_marks_position" CHECK ("playlist_marks"."position" is null or ("playlist_marks"."position" >= 1 and "playlist_marks"."kind" = 'pin')),
	CONSTRAINT "playlist_marks_days" CHECK ("playlist_marks"."until_day" is null or "playlist_marks"."until_day" >= "playlist_marks"."since_day")
);
--> statement-breakpoint
CREATE TABLE "simulations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"status" "simulation_status" DEFAULT 'queued' NOT NULL,
	"input" jsonb NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer NOT NULL,
	"results" jsonb,
	"problem" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "simulations_input_object" CHECK (jsonb_typeof("simulations"."input") = 'object'),
	CONSTRAINT "simulations_results_array" CHECK ("simulations"."results" is null or jsonb_typeof("simulations"."results") = 'array')
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"level" "alert_level" NOT NULL,
	"what" text NOT NULL,
	"detail" text NOT NULL,
	"action_label" text,
	"action_href" text,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "manager_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"day" date NOT NULL,
	"hash" text NOT NULL,
	"status" "manager_plan_status" DEFAULT 'planned' NOT NULL,
	"status_reason" text,
	"body" jsonb NOT NULL,
	"planned_by" text NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"applied_at" timestamp with time zone,
	CONSTRAINT "manager_plans_object" CHECK (jsonb_typeof("manager_plans"."body") = 'object')
);
--> statement-breakpoint
CREATE TABLE "network_settings" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"body" jsonb NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "network_settings_one_row" CHECK ("network_settings"."id" = 1),
	CONSTRAINT "network_settings_object" CHECK (jsonb_typeof("network_settings"."body") = 'object')
);
--> statement-breakpoint
CREATE TABLE "provider_cache_use" (
	"provider" text NOT NULL,
	"day" date NOT NULL,
	"hits" integer NOT NULL,
	"misses" integer NOT NULL,
	CONSTRAINT "provider_cache_use_provider_day_pk" PRIMARY KEY("provider","day")
);
--> statement-breakpoint
CREATE TABLE "rate_limit_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rate_limit_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"bucket" text NOT NULL,
	"account_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"why" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_use" (
	"bucket" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"requests" integer NOT NULL,
	CONSTRAINT "request_use_bucket_hour_pk" PRIMARY KEY("bucket","hour")
);
--> statement-breakpoint
CREATE TABLE "task_settings" (
	"task" text PRIMARY KEY NOT NULL,
	"paused_at" timestamp with time zone,
	"paused_by" text,
	"paused_why" text
);
--> statement-breakpoint
CREATE TABLE "timetable_ticks" (
	"task" text NOT NULL,
	"tick" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"run_id" uuid,
	"how" text NOT NULL,
	CONSTRAINT "timetable_ticks_task_tick_pk" PRIMARY KEY("task","tick")
);
--> statement-breakpoint
CREATE TABLE "vendor_breakers" (
	"vendor" text PRIMARY KEY NOT NULL,
	"state" "breaker_state" NOT NULL,
	"failures" integer NOT NULL,
	"why" text,
	"opened_at" timestamp with time zone,
	"open_until" timestamp with time zone,
	"probe_until" timestamp with time zone,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dry_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"day" date NOT NULL,
	"hash" text NOT NULL,
	"status" "dry_run_status" NOT NULL,
	"body" jsonb NOT NULL,
	"planned_by" text NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"approved_by" text,
	"approved_at" timestamp with time zone,
	CONSTRAINT "dry_runs_object" CHECK (jsonb_typeof("dry_runs"."body") = 'object')
);
--> statement-breakpoint
CREATE TABLE "remote_findings" (
	"account_id" uuid NOT NULL,
	"spotify_playlist_id" text NOT NULL,
	"kind" "remote_finding_kind" NOT NULL,
	"replica_id" uuid,
	"name" text NOT NULL,
	"detail" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_how" text,
	CONSTRAINT "remote_findings_account_id_spotify_playlist_id_kind_pk" PRIMARY KEY("account_id","spotify_playlist_id","kind")
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "status_changed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "requests_per_minute" integer;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "disconnected_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "playlists" ADD COLUMN "hand_edits" text DEFAULT 'merge' NOT NULL;--> statement-breakpoint
ALTER TABLE "playlists" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "snapshots" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "snapshots" ADD COLUMN "description" text;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "payload" jsonb;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "queue_job_id" bigint;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "attempt" integer;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "error_code" text;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "retry_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "cancel_requested_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "oauth_attempts" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD COLUMN "kept_face" jsonb;--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD COLUMN "missing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sync_plans" ADD COLUMN "approved_by" text;--> statement-breakpoint
ALTER TABLE "sync_plans" ADD COLUMN "approved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reconnect_links" ADD CONSTRAINT "reconnect_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exclusive_stays" ADD CONSTRAINT "exclusive_stays_placement_id_placements_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_overrides" ADD CONSTRAINT "list_overrides_playlist_id_playlists_id_fk" FOREIGN KEY ("playlist_id") REFERENCES "public"."playlists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_overrides" ADD CONSTRAINT "list_overrides_snapshot" FOREIGN KEY ("playlist_id","shows_batch_tag") REFERENCES "public"."snapshots"("playlist_id","batch_tag") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlist_marks" ADD CONSTRAINT "playlist_marks_playlist_id_playlists_id_fk" FOREIGN KEY ("playlist_id") REFERENCES "public"."playlists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlist_marks" ADD CONSTRAINT "playlist_marks_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "public"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remote_findings" ADD CONSTRAINT "remote_findings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reconnect_links_account" ON "reconnect_links" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "playlist_marks_open" ON "playlist_marks" USING btree ("playlist_id","recording_id") WHERE "playlist_marks"."until_day" is null;--> statement-breakpoint
CREATE INDEX "simulations_created" ON "simulations" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open" ON "alerts" USING btree ("key") WHERE "alerts"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "alerts_opened" ON "alerts" USING btree ("opened_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "manager_plans_planned" ON "manager_plans" USING btree ("planned_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "rate_limit_events_bucket" ON "rate_limit_events" USING btree ("bucket","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "dry_runs_day" ON "dry_runs" USING btree ("day","planned_at" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "oauth_attempts" ADD CONSTRAINT "oauth_attempts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_runs" ADD CONSTRAINT "job_runs_payload_object" CHECK ("job_runs"."payload" is null or jsonb_typeof("job_runs"."payload") = 'object');--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD CONSTRAINT "replica_kept_face_object" CHECK ("playlist_account_map"."kept_face" is null or jsonb_typeof("playlist_account_map"."kept_face") = 'object');