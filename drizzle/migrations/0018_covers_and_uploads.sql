ALTER TYPE "public"."sync_operation_kind" ADD VALUE 'cover';--> statement-breakpoint
CREATE TABLE "cover_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cover_id" uuid,
	"user_id" uuid,
	"account_id" uuid,
	"spotify_playlist_id" text NOT NULL,
	"playlist_id" uuid,
	"plan" jsonb NOT NULL,
	"hash" text NOT NULL,
	"state" text NOT NULL,
	"receipt" jsonb,
	"planned_at" timestamp with time zone NOT NULL,
	"intended_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cover_uploads_state" CHECK ("cover_uploads"."state" in ('planned', 'sending', 'sent', 'shown', 'failed', 'outdated')),
	CONSTRAINT "cover_uploads_objects" CHECK (jsonb_typeof("cover_uploads"."plan") = 'object' and coalesce(jsonb_typeof("cover_uploads"."receipt"), 'object') = 'object'),
	CONSTRAINT "cover_uploads_intent" CHECK ("cover_uploads"."intended_at" is not null or "cover_uploads"."state" in ('planned', 'failed', 'outdated')),
	CONSTRAINT "cover_uploads_sent" CHECK (("cover_uploads"."sent_at" is not null) = ("cover_uploads"."receipt" is not null) and ("cover_uploads"."sent_at" is not null or "cover_uploads"."state" not in ('sent', 'shown')))
);
--> statement-breakpoint
ALTER TABLE "covers" DROP CONSTRAINT "covers_one_source";--> statement-breakpoint
ALTER TABLE "covers" DROP CONSTRAINT "covers_results_objects";--> statement-breakpoint
ALTER TABLE "covers" ADD COLUMN "source_list" text;--> statement-breakpoint
ALTER TABLE "covers" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "covers" ADD COLUMN "proposals" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "covers" ADD COLUMN "pictures" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD COLUMN "cover_sha256" text;--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD COLUMN "cover_sent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD COLUMN "cover_key" text;--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD COLUMN "cover_kept_key" text;--> statement-breakpoint
ALTER TABLE "playlist_covers" ADD COLUMN "previews" jsonb;--> statement-breakpoint
ALTER TABLE "playlist_covers" ADD COLUMN "thumbhash" text;--> statement-breakpoint
ALTER TABLE "cover_uploads" ADD CONSTRAINT "cover_uploads_cover_id_covers_id_fk" FOREIGN KEY ("cover_id") REFERENCES "public"."covers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cover_uploads" ADD CONSTRAINT "cover_uploads_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cover_uploads" ADD CONSTRAINT "cover_uploads_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cover_uploads" ADD CONSTRAINT "cover_uploads_playlist_id_playlists_id_fk" FOREIGN KEY ("playlist_id") REFERENCES "public"."playlists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cover_uploads_cover" ON "cover_uploads" USING btree ("cover_id","planned_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "cover_uploads_playlist" ON "cover_uploads" USING btree ("spotify_playlist_id","sent_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "cover_uploads_open" ON "cover_uploads" USING btree ("changed_at") WHERE "cover_uploads"."state" in ('sending', 'sent');--> statement-breakpoint
ALTER TABLE "covers" ADD CONSTRAINT "covers_results_lists" CHECK (jsonb_typeof("covers"."proposals") = 'array' and jsonb_typeof("covers"."pictures") = 'array');--> statement-breakpoint
ALTER TABLE "covers" ADD CONSTRAINT "covers_one_source" CHECK (num_nonnulls("covers"."source_url", "covers"."playlist_id", "covers"."source_list") = 1);--> statement-breakpoint
ALTER TABLE "covers" ADD CONSTRAINT "covers_results_objects" CHECK (coalesce(jsonb_typeof("covers"."analysis"), 'object') = 'object' and coalesce(jsonb_typeof("covers"."words"), 'object') = 'object'
        and coalesce(jsonb_typeof("covers"."type"), 'object') = 'object');--> statement-breakpoint
ALTER TABLE "playlist_account_map" ADD CONSTRAINT "replica_cover" CHECK (coalesce("playlist_account_map"."cover_sha256" ~ '^[0-9a-f]{64}$', true) and ("playlist_account_map"."cover_sha256" is null) = ("playlist_account_map"."cover_sent_at" is null));--> statement-breakpoint
ALTER TABLE "playlist_covers" ADD CONSTRAINT "playlist_covers_previews_object" CHECK ("playlist_covers"."previews" is null or jsonb_typeof("playlist_covers"."previews") = 'object');--> statement-breakpoint
ALTER TABLE "covers" DROP COLUMN "receipt";--> statement-breakpoint
CREATE TRIGGER "playlist_covers_version" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "playlist_covers" FOR EACH STATEMENT EXECUTE FUNCTION advance_data_version('data_version_lists');
