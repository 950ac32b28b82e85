CREATE TABLE "asset_masks" (
	"asset_id" uuid PRIMARY KEY NOT NULL,
	"picture_id" uuid NOT NULL,
	"operations" jsonb NOT NULL,
	"share" double precision NOT NULL,
	CONSTRAINT "asset_masks_operations" CHECK (jsonb_typeof("asset_masks"."operations") = 'array'),
	CONSTRAINT "asset_masks_share" CHECK ("asset_masks"."share" > 0 and "asset_masks"."share" < 1)
);
--> statement-breakpoint
CREATE TABLE "model_defaults" (
	"task" "studio_task" PRIMARY KEY NOT NULL,
	"model_id" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "models" (
	"id" text PRIMARY KEY NOT NULL,
	"is_on" boolean DEFAULT true NOT NULL,
	"roles" text[] DEFAULT '{listener,admin}'::text[] NOT NULL,
	"price_usd_micros" bigint,
	"price_set_at" timestamp with time zone,
	"vendor_usd_micros" bigint,
	"vendor_read_at" timestamp with time zone,
	"vendor_problem" text,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "models_roles" CHECK ("models"."roles" <@ '{listener,admin}'::text[] and 'admin' = any("models"."roles")),
	CONSTRAINT "models_prices" CHECK (coalesce("models"."price_usd_micros", 0) >= 0 and coalesce("models"."vendor_usd_micros", 0) >= 0),
	CONSTRAINT "models_price_set" CHECK (("models"."price_usd_micros" is null) = ("models"."price_set_at" is null)),
	CONSTRAINT "models_vendor_read" CHECK (("models"."vendor_usd_micros" is null) = ("models"."vendor_read_at" is null))
);
--> statement-breakpoint
ALTER TABLE "assets" DROP CONSTRAINT "assets_origin";--> statement-breakpoint
ALTER TABLE "asset_masks" ADD CONSTRAINT "asset_masks_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "asset_masks_picture" ON "asset_masks" USING btree ("picture_id");--> statement-breakpoint
CREATE INDEX "model_defaults_model" ON "model_defaults" USING btree ("model_id");--> statement-breakpoint
CREATE INDEX "renders_of_model" ON "renders" USING btree ("model","finished_at" DESC NULLS FIRST) WHERE "renders"."state" = 'done';--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_origin" CHECK ("assets"."origin" in ('render', 'upload', 'edit', 'cover', 'mask'));