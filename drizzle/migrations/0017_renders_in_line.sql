ALTER TABLE "generation_history" DROP CONSTRAINT "generation_history_error";--> statement-breakpoint
DROP INDEX "generation_history_created";--> statement-breakpoint
ALTER TABLE "generation_history" ALTER COLUMN "success" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "renders" ADD COLUMN "input_files" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "renders" ADD COLUMN "progress" jsonb;--> statement-breakpoint
ALTER TABLE "renders" ADD COLUMN "result" jsonb;--> statement-breakpoint
ALTER TABLE "renders" ADD COLUMN "admitted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "renders" ADD COLUMN "answered_at" timestamp with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "generation_history_render" ON "generation_history" USING btree ("render_id");--> statement-breakpoint
CREATE INDEX "renders_in_line" ON "renders" USING btree ("vendor","user_id","created_at","id") WHERE "renders"."state" = 'queued' and "renders"."admitted_at" is null;--> statement-breakpoint
CREATE INDEX "renders_served" ON "renders" USING btree ("vendor","user_id","admitted_at" DESC NULLS LAST) WHERE "renders"."admitted_at" is not null;--> statement-breakpoint
CREATE INDEX "generation_history_created" ON "generation_history" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "generation_history" ADD CONSTRAINT "generation_history_error" CHECK (coalesce("generation_history"."success", true) = ("generation_history"."error_message" is null));--> statement-breakpoint
ALTER TABLE "renders" ADD CONSTRAINT "renders_files_object" CHECK (jsonb_typeof("renders"."input_files") = 'object' and coalesce(jsonb_typeof("renders"."progress"), 'object') = 'object');--> statement-breakpoint
ALTER TABLE "renders" ADD CONSTRAINT "renders_result_array" CHECK ("renders"."result" is null or jsonb_typeof("renders"."result") = 'array');--> statement-breakpoint
-- Live progress: a follower is told whose render changed, and which; the row is authoritative.
CREATE FUNCTION "announce_render"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('segue_renders', coalesce(NEW.user_id::text, 'operator') || ' ' || NEW.id::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "renders_announce" AFTER INSERT OR UPDATE ON "renders"
  FOR EACH ROW EXECUTE FUNCTION "announce_render"();
