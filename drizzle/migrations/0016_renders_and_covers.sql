CREATE TYPE "public"."cost_state" AS ENUM('reserved', 'charged', 'refunded', 'unknown');--> statement-breakpoint
CREATE TYPE "public"."render_refusal" AS ENUM('content', 'credits', 'invalid', 'input_unavailable', 'nothing_made', 'failed', 'canceled', 'expired');--> statement-breakpoint
CREATE TYPE "public"."render_state" AS ENUM('queued', 'sending', 'waiting', 'storing', 'done', 'refused', 'failed', 'canceled', 'unknown');--> statement-breakpoint
CREATE TYPE "public"."studio_task" AS ENUM('text_to_image', 'image_to_image', 'inpaint', 'image_to_video');--> statement-breakpoint
CREATE TYPE "public"."studio_vendor" AS ENUM('local', 'gemini', 'stability', 'fal');--> statement-breakpoint
CREATE TABLE "covers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"source_url" text,
	"playlist_id" uuid,
	"analysis" jsonb,
	"words" jsonb,
	"render_ids" uuid[] NOT NULL,
	"picture_asset_id" uuid,
	"type" jsonb,
	"result_asset_id" uuid,
	"receipt" jsonb,
	"steps" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "covers_one_source" CHECK (("covers"."source_url" is null) <> ("covers"."playlist_id" is null)),
	CONSTRAINT "covers_steps_object" CHECK (jsonb_typeof("covers"."steps") = 'object'),
	CONSTRAINT "covers_results_objects" CHECK (coalesce(jsonb_typeof("covers"."analysis"), 'object') = 'object' and coalesce(jsonb_typeof("covers"."words"), 'object') = 'object'
        and coalesce(jsonb_typeof("covers"."type"), 'object') = 'object' and coalesce(jsonb_typeof("covers"."receipt"), 'object') = 'object')
);
--> statement-breakpoint
CREATE TABLE "asset_previews" (
	"sha256" text NOT NULL,
	"width" integer NOT NULL,
	"preview_sha256" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "asset_previews_sha256_width_pk" PRIMARY KEY("sha256","width"),
	CONSTRAINT "asset_previews_digests" CHECK ("asset_previews"."sha256" ~ '^[0-9a-f]{64}$' and "asset_previews"."preview_sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "assets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sha256" text NOT NULL,
	"user_id" uuid,
	"render_id" uuid,
	"position" integer DEFAULT 0 NOT NULL,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer,
	"height" integer,
	"seconds" double precision,
	"thumbhash" "bytea",
	"seed" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assets_digest" CHECK ("assets"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "assets_sizes" CHECK ("assets"."bytes" > 0 and "assets"."position" >= 0)
);
--> statement-breakpoint
CREATE TABLE "cost_ledger" (
	"render_id" uuid PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"vendor" "studio_vendor" NOT NULL,
	"state" "cost_state" DEFAULT 'reserved' NOT NULL,
	"reserved_usd_micros" bigint NOT NULL,
	"charged_usd_micros" bigint,
	"month" date NOT NULL,
	"reserved_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "cost_ledger_month" CHECK (extract(day from "cost_ledger"."month") = 1),
	CONSTRAINT "cost_ledger_settled" CHECK (("cost_ledger"."state" = 'reserved') = ("cost_ledger"."settled_at" is null)),
	CONSTRAINT "cost_ledger_charged" CHECK (("cost_ledger"."state" = 'charged') = ("cost_ledger"."charged_usd_micros" is not null)),
	CONSTRAINT "cost_ledger_money" CHECK ("cost_ledger"."reserved_usd_micros" >= 0 and coalesce("cost_ledger"."charged_usd_micros", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "generation_history" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"render_id" uuid,
	"playlist_url" text,
	"generated_title" text,
	"genres" text[] NOT NULL,
	"mood" text,
	"model" text,
	"lora_model" text,
	"image_path" text,
	"generation_time" double precision,
	"user_ip" text,
	"success" boolean NOT NULL,
	"error_message" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "generation_history_error" CHECK ("generation_history"."success" = ("generation_history"."error_message" is null))
);
--> statement-breakpoint
CREATE TABLE "lora_models" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"base" text NOT NULL,
	"source_url" text,
	"file_sha256" text,
	"triggers" text[] NOT NULL,
	"default_weight" double precision DEFAULT 1 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"header" jsonb,
	"checked_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "lora_models_one_source" CHECK (("lora_models"."source_url" is null) <> ("lora_models"."file_sha256" is null)),
	CONSTRAINT "lora_models_digest" CHECK ("lora_models"."file_sha256" is null or "lora_models"."file_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "lora_models_header_object" CHECK ("lora_models"."header" is null or jsonb_typeof("lora_models"."header") = 'object')
);
--> statement-breakpoint
CREATE TABLE "monthly_usage" (
	"person" text NOT NULL,
	"month" date NOT NULL,
	"renders" integer DEFAULT 0 NOT NULL,
	"usd_micros" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "monthly_usage_person_month_pk" PRIMARY KEY("person","month"),
	CONSTRAINT "monthly_usage_month" CHECK (extract(day from "monthly_usage"."month") = 1),
	CONSTRAINT "monthly_usage_not_negative" CHECK ("monthly_usage"."renders" >= 0 and "monthly_usage"."usd_micros" >= 0)
);
--> statement-breakpoint
CREATE TABLE "renders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"group_id" uuid NOT NULL,
	"retry_of" uuid,
	"vendor" "studio_vendor" NOT NULL,
	"model" text NOT NULL,
	"task" "studio_task" NOT NULL,
	"values" jsonb NOT NULL,
	"state" "render_state" DEFAULT 'queued' NOT NULL,
	"ticket" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"refusal" "render_refusal",
	"error" text,
	"estimate_usd_micros" bigint NOT NULL,
	"charge_usd_micros" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"intended_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"cancel_requested_at" timestamp with time zone,
	"changed_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "renders_values_object" CHECK (jsonb_typeof("renders"."values") = 'object'),
	CONSTRAINT "renders_ticket_object" CHECK ("renders"."ticket" is null or jsonb_typeof("renders"."ticket") = 'object'),
	CONSTRAINT "renders_sent_after_intent" CHECK ("renders"."intended_at" is not null or "renders"."state" in ('queued', 'failed', 'canceled')),
	CONSTRAINT "renders_waiting_has_ticket" CHECK ("renders"."state" <> 'waiting' or "renders"."ticket" is not null),
	CONSTRAINT "renders_refusal_has_reason" CHECK (("renders"."state" = 'refused') = ("renders"."refusal" is not null)),
	CONSTRAINT "renders_finished_has_time" CHECK (("renders"."state" in ('done', 'refused', 'failed', 'canceled', 'unknown')) = ("renders"."finished_at" is not null)),
	CONSTRAINT "renders_money" CHECK ("renders"."estimate_usd_micros" >= 0 and coalesce("renders"."charge_usd_micros", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "user_limits" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"renders_per_month" integer,
	"usd_micros_per_month" bigint,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "user_limits_not_negative" CHECK (coalesce("user_limits"."renders_per_month", 0) >= 0 and coalesce("user_limits"."usd_micros_per_month", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "playlist_covers" (
	"playlist_id" uuid PRIMARY KEY NOT NULL,
	"sha256" text,
	"previous_sha256" text,
	"source" text NOT NULL,
	"facts" jsonb,
	"render_id" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "playlist_covers_source" CHECK ("playlist_covers"."source" in ('network', 'manual')),
	CONSTRAINT "playlist_covers_digest" CHECK ("playlist_covers"."sha256" ~ '^[0-9a-f]{64}$' and "playlist_covers"."previous_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "playlist_covers_facts_object" CHECK ("playlist_covers"."facts" is null or jsonb_typeof("playlist_covers"."facts") = 'object')
);
--> statement-breakpoint
ALTER TABLE "covers" ADD CONSTRAINT "covers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "covers" ADD CONSTRAINT "covers_playlist_id_playlists_id_fk" FOREIGN KEY ("playlist_id") REFERENCES "public"."playlists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "covers" ADD CONSTRAINT "covers_picture_asset_id_assets_id_fk" FOREIGN KEY ("picture_asset_id") REFERENCES "public"."assets"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "covers" ADD CONSTRAINT "covers_result_asset_id_assets_id_fk" FOREIGN KEY ("result_asset_id") REFERENCES "public"."assets"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_render_id_renders_id_fk" FOREIGN KEY ("render_id") REFERENCES "public"."renders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generation_history" ADD CONSTRAINT "generation_history_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renders" ADD CONSTRAINT "renders_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_limits" ADD CONSTRAINT "user_limits_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlist_covers" ADD CONSTRAINT "playlist_covers_playlist_id_playlists_id_fk" FOREIGN KEY ("playlist_id") REFERENCES "public"."playlists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "covers_user" ON "covers" USING btree ("user_id","changed_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "asset_previews_preview" ON "asset_previews" USING btree ("preview_sha256");--> statement-breakpoint
CREATE INDEX "assets_user" ON "assets" USING btree ("user_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "assets_sha256" ON "assets" USING btree ("sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "assets_of_render" ON "assets" USING btree ("render_id","position");--> statement-breakpoint
CREATE INDEX "cost_ledger_person" ON "cost_ledger" USING btree ("person","month");--> statement-breakpoint
CREATE INDEX "generation_history_created" ON "generation_history" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "generation_history_addresses" ON "generation_history" USING btree ("created_at") WHERE "generation_history"."user_ip" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "lora_models_name" ON "lora_models" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "renders_user" ON "renders" USING btree ("user_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "renders_group" ON "renders" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "renders_open" ON "renders" USING btree ("vendor","created_at") WHERE "renders"."state" in ('queued', 'sending', 'waiting', 'storing');