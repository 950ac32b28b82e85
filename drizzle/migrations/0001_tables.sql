CREATE TYPE "public"."account_status" AS ENUM('active', 'needs_reauth', 'limited', 'disabled');--> statement-breakpoint
CREATE TYPE "public"."capability_profile" AS ENUM('dev-2026', 'dev-legacy', 'extended');--> statement-breakpoint
CREATE TYPE "public"."identity_basis" AS ENUM('isrc', 'title_artists_duration');--> statement-breakpoint
CREATE TYPE "public"."job_run_status" AS ENUM('queued', 'running', 'done', 'failed', 'put_off', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."playlist_status" AS ENUM('active', 'paused', 'retired');--> statement-breakpoint
CREATE TYPE "public"."provenance" AS ENUM('spotify', 'reccobeats', 'musicbrainz', 'lastfm', 'user', 'derived');--> statement-breakpoint
CREATE TYPE "public"."replica_status" AS ENUM('pending', 'live', 'lost');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('listener', 'admin');--> statement-breakpoint
CREATE TYPE "public"."snapshot_status" AS ENUM('published', 'unfilled');--> statement-breakpoint
CREATE TYPE "public"."source_failure" AS ENUM('not_a_link', 'wrong_host', 'wrong_kind', 'wrong_id_length', 'album_gone', 'album_region_blocked', 'album_empty', 'album_incomplete', 'unreadable_answer');--> statement-breakpoint
CREATE TYPE "public"."source_status" AS ENUM('queued', 'reading', 'ingested', 'failed', 'duplicate');--> statement-breakpoint
CREATE TYPE "public"."sync_operation_kind" AS ENUM('create', 'replace', 'append', 'details');--> statement-breakpoint
CREATE TYPE "public"."sync_operation_state" AS ENUM('planned', 'intended', 'applied', 'abandoned');--> statement-breakpoint
CREATE TYPE "public"."sync_plan_status" AS ENUM('planned', 'applying', 'applied', 'stale', 'failed');--> statement-breakpoint
CREATE TYPE "public"."tag_kind" AS ENUM('genre', 'mood');--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"spotify_user_id" text NOT NULL,
	"display_name" text NOT NULL,
	"status" "account_status" DEFAULT 'active' NOT NULL,
	"status_reason" text,
	"max_playlists" integer DEFAULT 200 NOT NULL,
	"scopes" text[] NOT NULL,
	"sealed_access_token" text,
	"sealed_refresh_token" text,
	"access_expires_at" timestamp with time zone,
	"authorized_at" timestamp with time zone NOT NULL,
	"token_version" integer DEFAULT 1 NOT NULL,
	"connected_at" timestamp with time zone NOT NULL,
	CONSTRAINT "accounts_spotify_user_id_unique" UNIQUE("spotify_user_id")
);
--> statement-breakpoint
CREATE TABLE "album_sources" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "album_sources_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"intake_id" uuid NOT NULL,
	"line_number" integer NOT NULL,
	"given" text NOT NULL,
	"album_id" text,
	"status" "source_status" NOT NULL,
	"failure" "source_failure",
	"duplicate_of" bigint,
	"submitted_by" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone,
	CONSTRAINT "album_sources_failed_says_why" CHECK (("album_sources"."status" = 'failed') = ("album_sources"."failure" is not null)),
	CONSTRAINT "album_sources_duplicate_points" CHECK (("album_sources"."status" = 'duplicate') = ("album_sources"."duplicate_of" is not null))
);
--> statement-breakpoint
CREATE TABLE "album_track_map" (
	"album_id" text NOT NULL,
	"track_id" text NOT NULL,
	"disc_number" smallint NOT NULL,
	"track_number" smallint NOT NULL,
	CONSTRAINT "album_track_map_album_id_track_id_pk" PRIMARY KEY("album_id","track_id")
);
--> statement-breakpoint
CREATE TABLE "albums" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"album_type" text,
	"artist_names" text[] NOT NULL,
	"total_tracks" integer NOT NULL,
	"release_date" text,
	"released_on" date,
	"image_url" text,
	"upc" text,
	"source" "provenance" NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "artists" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"source" "provenance" NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ingest_staging" (
	"load_id" uuid NOT NULL,
	"loaded_at" timestamp with time zone NOT NULL,
	"source_id" bigint NOT NULL,
	"album" jsonb NOT NULL,
	CONSTRAINT "ingest_staging_object" CHECK (jsonb_typeof("ingest_staging"."album") = 'object')
);
--> statement-breakpoint
CREATE TABLE "recordings" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "recordings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"isrc" text,
	"isrc_source" "provenance",
	"match_key" text NOT NULL,
	"title" text NOT NULL,
	"duration_ms" integer NOT NULL,
	"explicit" boolean,
	"popularity" smallint,
	"popularity_source" "provenance",
	"first_released_on" date,
	"track_id" text NOT NULL,
	"album_id" text NOT NULL,
	"basis" "identity_basis" NOT NULL,
	"confidence" real NOT NULL,
	"merged_into" integer,
	"ingested_on" date NOT NULL,
	"features_asked_at" timestamp with time zone,
	"tags_asked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "track_artists" (
	"track_id" text NOT NULL,
	"position" smallint NOT NULL,
	"artist_id" text NOT NULL,
	CONSTRAINT "track_artists_track_id_position_pk" PRIMARY KEY("track_id","position")
);
--> statement-breakpoint
CREATE TABLE "track_features" (
	"recording_id" integer PRIMARY KEY NOT NULL,
	"danceability" real,
	"energy" real,
	"key" smallint,
	"loudness" real,
	"mode" smallint,
	"speechiness" real,
	"acousticness" real,
	"instrumentalness" real,
	"liveness" real,
	"valence" real,
	"tempo" real,
	"time_signature" smallint,
	"source" "provenance" NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "track_tags" (
	"recording_id" integer NOT NULL,
	"kind" "tag_kind" NOT NULL,
	"tag" text NOT NULL,
	"source" "provenance" NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "track_tags_recording_id_kind_tag_source_pk" PRIMARY KEY("recording_id","kind","tag","source")
);
--> statement-breakpoint
CREATE TABLE "tracks" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"duration_ms" integer NOT NULL,
	"explicit" boolean,
	"popularity" smallint,
	"isrc" text,
	"recording_id" integer NOT NULL,
	"source" "provenance" NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "curation_policies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"family_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"body" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "curation_policies_version" UNIQUE("family_id","version"),
	CONSTRAINT "curation_policies_object" CHECK (jsonb_typeof("curation_policies"."body") = 'object')
);
--> statement-breakpoint
CREATE TABLE "placements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "placements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"playlist_id" uuid NOT NULL,
	"recording_id" integer NOT NULL,
	"rest_scope" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date,
	"rest_days" integer NOT NULL,
	"rest" daterange GENERATED ALWAYS AS (daterange(first_day, last_day + rest_days, '[)')) STORED NOT NULL,
	CONSTRAINT "placements_days_in_order" CHECK ("placements"."last_day" is null or "placements"."last_day" >= "placements"."first_day"),
	CONSTRAINT "placements_rest_days" CHECK ("placements"."rest_days" >= 0)
);
--> statement-breakpoint
CREATE TABLE "playlist_entries_history" (
	"playlist_id" uuid NOT NULL,
	"batch_tag" date NOT NULL,
	"position" integer NOT NULL,
	"recording_id" integer NOT NULL,
	"track_id" text NOT NULL,
	"placement_id" bigint NOT NULL,
	"score" real NOT NULL,
	"reasons" jsonb NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "playlist_entries_history_playlist_id_batch_tag_position_pk" PRIMARY KEY("playlist_id","batch_tag","position"),
	CONSTRAINT "history_once_a_day" UNIQUE("playlist_id","batch_tag","recording_id"),
	CONSTRAINT "history_position_from_one" CHECK ("playlist_entries_history"."position" >= 1),
	CONSTRAINT "history_reasons_object" CHECK (jsonb_typeof("playlist_entries_history"."reasons") = 'object')
);
--> statement-breakpoint
CREATE TABLE "playlists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"global_index" integer NOT NULL,
	"theme_tag" text NOT NULL,
	"blurb" text,
	"policy_id" uuid NOT NULL,
	"status" "playlist_status" DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "playlists_global_index_unique" UNIQUE("global_index")
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"playlist_id" uuid NOT NULL,
	"batch_tag" date NOT NULL,
	"policy_id" uuid NOT NULL,
	"status" "snapshot_status" NOT NULL,
	"size" integer NOT NULL,
	"report" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "snapshots_playlist_id_batch_tag_pk" PRIMARY KEY("playlist_id","batch_tag"),
	CONSTRAINT "snapshots_unfilled_places_nothing" CHECK ("snapshots"."status" = 'published' or "snapshots"."size" = 0),
	CONSTRAINT "snapshots_report_object" CHECK (jsonb_typeof("snapshots"."report") = 'object')
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task" text NOT NULL,
	"status" "job_run_status" NOT NULL,
	"trigger" text NOT NULL,
	"doing" text,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"failures" integer DEFAULT 0 NOT NULL,
	"outcome" text,
	"remedy" text,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "provider_cache" (
	"provider" text NOT NULL,
	"key" text NOT NULL,
	"body" jsonb NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "provider_cache_provider_key_pk" PRIMARY KEY("provider","key"),
	CONSTRAINT "provider_cache_object" CHECK (jsonb_typeof("provider_cache"."body") in ('object', 'array'))
);
--> statement-breakpoint
CREATE TABLE "rate_buckets" (
	"key" text PRIMARY KEY NOT NULL,
	"arrival_ms" double precision NOT NULL,
	"limited_until" timestamp with time zone,
	"limited_why" text
);
--> statement-breakpoint
CREATE TABLE "vendor_capabilities" (
	"app" text NOT NULL,
	"endpoint" text NOT NULL,
	"profile" "capability_profile",
	"refused_at" timestamp with time zone NOT NULL,
	CONSTRAINT "vendor_capabilities_app_endpoint_pk" PRIMARY KEY("app","endpoint")
);
--> statement-breakpoint
CREATE TABLE "worker_heartbeats" (
	"pool_id" text PRIMARY KEY NOT NULL,
	"boot_id" uuid NOT NULL,
	"process_id" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" text
);
--> statement-breakpoint
CREATE TABLE "oauth_attempts" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"browser_hash" text NOT NULL,
	"purpose" text NOT NULL,
	"sealed_verifier" text NOT NULL,
	"return_to" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"role" "role" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_identities" (
	"provider" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "user_identities_provider_subject_pk" PRIMARY KEY("provider","subject")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"display_name" text NOT NULL,
	"avatar_url" text,
	"role" "role" DEFAULT 'listener' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_signed_in_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playlist_account_map" (
	"id" uuid PRIMARY KEY NOT NULL,
	"playlist_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"status" "replica_status" DEFAULT 'pending' NOT NULL,
	"spotify_playlist_id" text,
	"marker" text NOT NULL,
	"fingerprint" text,
	"remote_snapshot_id" text,
	"synced_day" date,
	"synced_at" timestamp with time zone,
	CONSTRAINT "playlist_account_map_spotify_playlist_id_unique" UNIQUE("spotify_playlist_id"),
	CONSTRAINT "playlist_account_map_marker_unique" UNIQUE("marker"),
	CONSTRAINT "replica_once" UNIQUE("playlist_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "sync_operations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"kind" "sync_operation_kind" NOT NULL,
	"effect_key" text NOT NULL,
	"state" "sync_operation_state" DEFAULT 'planned' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"intended_at" timestamp with time zone,
	"known_ids_before" text[],
	"receipt" jsonb,
	"finished_at" timestamp with time zone,
	CONSTRAINT "sync_operations_sequence" UNIQUE("plan_id","sequence"),
	CONSTRAINT "sync_operations_applied_has_receipt" CHECK (("sync_operations"."state" = 'applied') = ("sync_operations"."receipt" is not null)),
	CONSTRAINT "sync_operations_intent_has_time" CHECK ("sync_operations"."state" <> 'intended' or "sync_operations"."intended_at" is not null),
	CONSTRAINT "sync_operations_receipt_object" CHECK ("sync_operations"."receipt" is null or jsonb_typeof("sync_operations"."receipt") = 'object')
);
--> statement-breakpoint
CREATE TABLE "sync_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"replica_id" uuid NOT NULL,
	"batch_tag" date NOT NULL,
	"hash" text NOT NULL,
	"status" "sync_plan_status" DEFAULT 'planned' NOT NULL,
	"status_reason" text,
	"body" jsonb NOT NULL,
	"request_cost" integer NOT NULL,
	"planned_by" text NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone,
	CONSTRAINT "sync_plans_body_object" CHECK (jsonb_typeof("sync_plans"."body") = 'object')
);
--> statement-breakpoint
ALTER TABLE "track_features" ADD CONSTRAINT "track_features_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "public"."recordings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "track_tags" ADD CONSTRAINT "track_tags_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "public"."recordings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracks" ADD CONSTRAINT "tracks_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "public"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_playlist_id_playlists_id_fk" FOREIGN KEY ("playlist_id") REFERENCES "public"."playlists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "public"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlist_entries_history" ADD CONSTRAINT "playlist_entries_history_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "public"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlist_entries_history" ADD CONSTRAINT "playlist_entries_history_placement_id_placements_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlist_entries_history" ADD CONSTRAINT "history_snapshot" FOREIGN KEY ("playlist_id","batch_tag") REFERENCES "public"."snapshots"("playlist_id","batch_tag") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlists" ADD CONSTRAINT "playlists_policy_id_curation_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."curation_policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_playlist_id_playlists_id_fk" FOREIGN KEY ("playlist_id") REFERENCES "public"."playlists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_policy_id_curation_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."curation_policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_identities" ADD CONSTRAINT "user_identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD CONSTRAINT "playlist_account_map_playlist_id_playlists_id_fk" FOREIGN KEY ("playlist_id") REFERENCES "public"."playlists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD CONSTRAINT "playlist_account_map_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_operations" ADD CONSTRAINT "sync_operations_plan_id_sync_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."sync_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_plans" ADD CONSTRAINT "sync_plans_replica_id_playlist_account_map_id_fk" FOREIGN KEY ("replica_id") REFERENCES "public"."playlist_account_map"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "album_sources_status" ON "album_sources" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "album_sources_intake" ON "album_sources" USING btree ("intake_id","line_number");--> statement-breakpoint
CREATE UNIQUE INDEX "album_sources_one_per_album" ON "album_sources" USING btree ("album_id") WHERE "album_sources"."status" <> 'duplicate';--> statement-breakpoint
CREATE INDEX "albums_name_trgm" ON "albums" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "artists_name_trgm" ON "artists" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "ingest_staging_load" ON "ingest_staging" USING btree ("load_id");--> statement-breakpoint
CREATE INDEX "recordings_match_key" ON "recordings" USING btree ("match_key","duration_ms");--> statement-breakpoint
CREATE UNIQUE INDEX "recordings_isrc" ON "recordings" USING btree ("isrc") WHERE "recordings"."isrc" is not null;--> statement-breakpoint
CREATE INDEX "recordings_title_trgm" ON "recordings" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "track_artists_artist" ON "track_artists" USING btree ("artist_id");--> statement-breakpoint
CREATE INDEX "track_tags_tag" ON "track_tags" USING btree ("kind","tag");--> statement-breakpoint
CREATE INDEX "tracks_recording" ON "tracks" USING btree ("recording_id");--> statement-breakpoint
CREATE INDEX "tracks_popularity" ON "tracks" USING btree ("popularity") WHERE "tracks"."popularity" is not null;--> statement-breakpoint
CREATE INDEX "placements_recording" ON "placements" USING btree ("recording_id");--> statement-breakpoint
CREATE INDEX "placements_playlist" ON "placements" USING btree ("playlist_id","first_day");--> statement-breakpoint
CREATE INDEX "history_playlist_added" ON "playlist_entries_history" USING btree ("playlist_id","added_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "history_recording" ON "playlist_entries_history" USING btree ("recording_id","batch_tag");--> statement-breakpoint
CREATE INDEX "snapshots_day" ON "snapshots" USING btree ("batch_tag");--> statement-breakpoint
CREATE INDEX "job_runs_created" ON "job_runs" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "job_runs_one_running" ON "job_runs" USING btree ("task") WHERE "job_runs"."status" = 'running';--> statement-breakpoint
CREATE INDEX "provider_cache_expiry" ON "provider_cache" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "user_identities_user" ON "user_identities" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "replica_account" ON "playlist_account_map" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sync_operations_effect" ON "sync_operations" USING btree ("effect_key");--> statement-breakpoint
CREATE INDEX "sync_plans_replica" ON "sync_plans" USING btree ("replica_id","planned_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sync_plans_status" ON "sync_plans" USING btree ("status");