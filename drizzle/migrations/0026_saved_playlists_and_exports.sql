CREATE TABLE "saved_exports" (
	"plan_id" uuid PRIMARY KEY NOT NULL,
	"saved_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"facts" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "saved_exports_object" CHECK (jsonb_typeof("saved_exports"."facts") = 'object')
);
--> statement-breakpoint
CREATE TABLE "saved_playlist_versions" (
	"saved_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"how" text NOT NULL,
	"says" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"seed" text NOT NULL,
	"notes" jsonb NOT NULL,
	"tracks" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "saved_playlist_versions_saved_id_version_pk" PRIMARY KEY("saved_id","version"),
	CONSTRAINT "saved_playlist_versions_how" CHECK ("saved_playlist_versions"."how" in ('saved', 'edited', 'regenerated', 'restored', 'duplicated')),
	CONSTRAINT "saved_playlist_versions_json" CHECK (jsonb_typeof("saved_playlist_versions"."criteria") = 'object' and jsonb_typeof("saved_playlist_versions"."notes") = 'array' and jsonb_typeof("saved_playlist_versions"."tracks") = 'array')
);
--> statement-breakpoint
CREATE TABLE "saved_playlists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"repeat_days" integer NOT NULL,
	"summary" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	"own_playlist_id" uuid,
	"exported_version" integer,
	"exported_at" timestamp with time zone,
	CONSTRAINT "saved_playlists_state" CHECK ("saved_playlists"."state" in ('draft', 'saved')),
	CONSTRAINT "saved_playlists_numbers" CHECK ("saved_playlists"."revision" >= 1 and "saved_playlists"."version" >= 1 and "saved_playlists"."repeat_days" between 0 and 365),
	CONSTRAINT "saved_playlists_summary_object" CHECK (jsonb_typeof("saved_playlists"."summary") = 'object')
);
--> statement-breakpoint
CREATE TABLE "own_playlists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"spotify_playlist_id" text,
	"marker" text NOT NULL,
	"fingerprint" text,
	"remote_snapshot_id" text,
	"synced_at" timestamp with time zone,
	CONSTRAINT "own_playlists_spotify_playlist_id_unique" UNIQUE("spotify_playlist_id"),
	CONSTRAINT "own_playlists_marker_unique" UNIQUE("marker")
);
--> statement-breakpoint
ALTER TABLE "sync_operations" DROP CONSTRAINT "sync_operations_plan_id_sync_plans_id_fk";
--> statement-breakpoint
ALTER TABLE "sync_plans" ALTER COLUMN "replica_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "is_host" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "owner_user_id" uuid;--> statement-breakpoint
ALTER TABLE "sync_plans" ADD COLUMN "own_playlist_id" uuid;--> statement-breakpoint
ALTER TABLE "saved_exports" ADD CONSTRAINT "saved_exports_plan_id_sync_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."sync_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_exports" ADD CONSTRAINT "saved_exports_saved_id_saved_playlists_id_fk" FOREIGN KEY ("saved_id") REFERENCES "public"."saved_playlists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_playlist_versions" ADD CONSTRAINT "saved_playlist_versions_saved_id_saved_playlists_id_fk" FOREIGN KEY ("saved_id") REFERENCES "public"."saved_playlists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_playlists" ADD CONSTRAINT "saved_playlists_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_playlists" ADD CONSTRAINT "saved_playlists_own_playlist_id_own_playlists_id_fk" FOREIGN KEY ("own_playlist_id") REFERENCES "public"."own_playlists"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_playlists" ADD CONSTRAINT "own_playlists_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_playlists" ADD CONSTRAINT "own_playlists_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "saved_exports_saved" ON "saved_exports" USING btree ("saved_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "saved_playlists_user" ON "saved_playlists" USING btree ("user_id","changed_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "saved_playlists_removed" ON "saved_playlists" USING btree ("removed_at") WHERE "saved_playlists"."removed_at" is not null;--> statement-breakpoint
CREATE INDEX "own_playlists_account" ON "own_playlists" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "own_playlists_user" ON "own_playlists" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_owner_user_id_users_id_fk" FOREIGN KEY ("owner_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_operations" ADD CONSTRAINT "sync_operations_plan_id_sync_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."sync_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_plans" ADD CONSTRAINT "sync_plans_own_playlist_id_own_playlists_id_fk" FOREIGN KEY ("own_playlist_id") REFERENCES "public"."own_playlists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sync_plans_own" ON "sync_plans" USING btree ("own_playlist_id","planned_at" DESC NULLS LAST) WHERE "sync_plans"."own_playlist_id" is not null;--> statement-breakpoint
ALTER TABLE "sync_plans" ADD CONSTRAINT "sync_plans_one_owner" CHECK (("sync_plans"."replica_id" is null) <> ("sync_plans"."own_playlist_id" is null));