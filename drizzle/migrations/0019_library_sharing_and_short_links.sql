CREATE TABLE "asset_sources" (
	"asset_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "asset_sources_asset_id_source_id_pk" PRIMARY KEY("asset_id","source_id")
);
--> statement-breakpoint
CREATE TABLE "collection_entries" (
	"collection_id" uuid NOT NULL,
	"asset_id" uuid NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "collection_entries_collection_id_asset_id_pk" PRIMARY KEY("collection_id","asset_id")
);
--> statement-breakpoint
CREATE TABLE "collections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"name" text NOT NULL,
	"sharing" text DEFAULT 'private' NOT NULL,
	"share_token" text,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "collections_sharing" CHECK ("collections"."sharing" in ('private', 'link', 'public') and ("collections"."sharing" = 'private') = ("collections"."share_token" is null))
);
--> statement-breakpoint
CREATE TABLE "short_urls" (
	"code" text PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"asset_id" uuid,
	"collection_id" uuid,
	"playlist_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"clicks" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "short_urls_one_target" CHECK (num_nonnulls("short_urls"."asset_id", "short_urls"."collection_id", "short_urls"."playlist_id") = 1),
	CONSTRAINT "short_urls_code" CHECK ("short_urls"."code" ~ '^[0-9A-Za-z_-]{8,32}$'),
	CONSTRAINT "short_urls_clicks" CHECK ("short_urls"."clicks" >= 0)
);
--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "origin" text DEFAULT 'upload' NOT NULL;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "prompt" text;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "prompt_words" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', coalesce(prompt, ''))) STORED;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "task" "studio_task";--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "model" text;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "loras" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "colors" text[];--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "starred_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "sharing" text DEFAULT 'private' NOT NULL;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "share_token" text;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "asset_sources" ADD CONSTRAINT "asset_sources_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_entries" ADD CONSTRAINT "collection_entries_collection_id_collections_id_fk" FOREIGN KEY ("collection_id") REFERENCES "public"."collections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_entries" ADD CONSTRAINT "collection_entries_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collections" ADD CONSTRAINT "collections_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "short_urls" ADD CONSTRAINT "short_urls_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "short_urls" ADD CONSTRAINT "short_urls_playlist_id_playlists_id_fk" FOREIGN KEY ("playlist_id") REFERENCES "public"."playlists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "asset_sources_source" ON "asset_sources" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "collection_entries_asset" ON "collection_entries" USING btree ("asset_id");--> statement-breakpoint
CREATE INDEX "collections_user" ON "collections" USING btree ("user_id","changed_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "collections_share_token" ON "collections" USING btree ("share_token");--> statement-breakpoint
CREATE INDEX "short_urls_user" ON "short_urls" USING btree ("user_id","created_at" DESC NULLS LAST,"code");--> statement-breakpoint
CREATE INDEX "short_urls_asset" ON "short_urls" USING btree ("asset_id") WHERE "short_urls"."asset_id" is not null;--> statement-breakpoint
CREATE INDEX "short_urls_collection" ON "short_urls" USING btree ("collection_id") WHERE "short_urls"."collection_id" is not null;--> statement-breakpoint
CREATE INDEX "assets_library" ON "assets" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "assets"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "assets_starred" ON "assets" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "assets"."deleted_at" is null and "assets"."starred_at" is not null;--> statement-breakpoint
CREATE INDEX "assets_deleted" ON "assets" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "assets"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX "assets_public" ON "assets" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "assets"."deleted_at" is null and "assets"."sharing" = 'public';--> statement-breakpoint
CREATE INDEX "assets_prompt_words" ON "assets" USING gin ("prompt_words");--> statement-breakpoint
CREATE INDEX "assets_prompt_similar" ON "assets" USING gin ("prompt" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "assets_facets" ON "assets" USING gin ("loras","colors");--> statement-breakpoint
CREATE UNIQUE INDEX "assets_share_token" ON "assets" USING btree ("share_token");--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_origin" CHECK ("assets"."origin" in ('render', 'upload', 'edit', 'cover'));--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_sharing" CHECK ("assets"."sharing" in ('private', 'link', 'public') and ("assets"."sharing" = 'private') = ("assets"."share_token" is null));--> statement-breakpoint
-- What is stored already: a picture of a render gets the words of its render, and what was drawn or kept for a cover is called so.
UPDATE "assets" a SET "origin" = 'render', "prompt" = r."values"->>'prompt', "task" = r."task", "model" = r."model",
  "loras" = coalesce((SELECT array_agg(l->>'loraId') FROM jsonb_array_elements(CASE WHEN jsonb_typeof(r."values"->'loras') = 'array' THEN r."values"->'loras' ELSE '[]'::jsonb END) l
    WHERE l->>'loraId' IS NOT NULL), '{}'::text[])
FROM "renders" r WHERE r."id" = a."render_id";--> statement-breakpoint
UPDATE "assets" a SET "origin" = 'cover' WHERE a."render_id" IS NULL AND (
  EXISTS (SELECT 1 FROM "covers" c WHERE c."result_asset_id" = a."id")
  OR EXISTS (SELECT 1 FROM "covers" c, jsonb_array_elements(c."pictures") p WHERE p->>'assetId' = a."id"::text AND p->>'origin' = 'local-art')
  OR EXISTS (SELECT 1 FROM "cover_uploads" u WHERE u."plan"->'before'->>'assetId' = a."id"::text));--> statement-breakpoint
INSERT INTO "asset_sources" ("asset_id", "source_id", "position")
SELECT a."id", k."key"::uuid, (k."place" - 1)::integer FROM "assets" a JOIN "renders" r ON r."id" = a."render_id"
CROSS JOIN LATERAL jsonb_object_keys(r."input_files") WITH ORDINALITY AS k("key", "place");--> statement-breakpoint
-- A process that remembers where a short link leads is told when the link, its target or the sharing of its target changes.
CREATE FUNCTION "announce_short_url"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('segue_short_urls', OLD.code);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "short_urls_announce" AFTER UPDATE OF "asset_id", "collection_id", "playlist_id", "expires_at", "revoked_at" OR DELETE ON "short_urls"
  FOR EACH ROW EXECUTE FUNCTION "announce_short_url"();--> statement-breakpoint
CREATE FUNCTION "announce_short_urls_of_asset"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('segue_short_urls', s.code) FROM short_urls s WHERE s.asset_id = OLD.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "assets_announce_short_urls" AFTER UPDATE OF "deleted_at", "sharing" OR DELETE ON "assets"
  FOR EACH ROW EXECUTE FUNCTION "announce_short_urls_of_asset"();--> statement-breakpoint
CREATE FUNCTION "announce_short_urls_of_collection"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('segue_short_urls', s.code) FROM short_urls s WHERE s.collection_id = OLD.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "collections_announce_short_urls" AFTER UPDATE OF "sharing" OR DELETE ON "collections"
  FOR EACH ROW EXECUTE FUNCTION "announce_short_urls_of_collection"();
