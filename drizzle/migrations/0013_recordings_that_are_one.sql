CREATE TABLE "recording_merges" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "recording_merges_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"from_recording" integer NOT NULL,
	"into_recording" integer NOT NULL,
	"reason" "identity_basis" NOT NULL,
	"confidence" real NOT NULL,
	"shared_windows" integer NOT NULL,
	"moved" jsonb NOT NULL,
	"merged_at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by" text,
	CONSTRAINT "recording_merges_moved_object" CHECK (jsonb_typeof("recording_merges"."moved") = 'object'),
	CONSTRAINT "recording_merges_undone_by" CHECK (("recording_merges"."undone_at" is null) = ("recording_merges"."undone_by" is null))
);
--> statement-breakpoint
DROP INDEX "artists_name_trgm";--> statement-breakpoint
DROP INDEX "recordings_title_trgm";--> statement-breakpoint
ALTER TABLE "recordings" ADD COLUMN "search_text" text;--> statement-breakpoint
ALTER TABLE "recordings" ADD COLUMN "twin_track_id" text;--> statement-breakpoint
ALTER TABLE "recording_merges" ADD CONSTRAINT "recording_merges_from_recording_recordings_id_fk" FOREIGN KEY ("from_recording") REFERENCES "public"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recording_merges" ADD CONSTRAINT "recording_merges_into_recording_recordings_id_fk" FOREIGN KEY ("into_recording") REFERENCES "public"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "recording_merges_in_force" ON "recording_merges" USING btree ("from_recording") WHERE "recording_merges"."undone_at" is null;--> statement-breakpoint
CREATE INDEX "recording_merges_into" ON "recording_merges" USING btree ("into_recording");--> statement-breakpoint
CREATE INDEX "recordings_search_trgm" ON "recordings" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "recordings_unread" ON "recordings" USING btree ("id") WHERE "recordings"."search_text" is null;--> statement-breakpoint
CREATE INDEX "recordings_merged_into" ON "recordings" USING btree ("merged_into") WHERE "recordings"."merged_into" is not null;--> statement-breakpoint
CREATE INDEX "tracks_isrc" ON "tracks" USING btree ("isrc") WHERE "tracks"."isrc" is not null;--> statement-breakpoint
ALTER INDEX "recordings_search_trgm" SET (gin_pending_list_limit = 32768);
--> statement-breakpoint
-- Recordings that have both versions already.
UPDATE "recordings" r SET "twin_track_id" = n.id FROM (
  SELECT DISTINCT ON (t.recording_id) t.recording_id, t.id FROM tracks t JOIN recordings o ON o.id = t.recording_id WHERE t.explicit <> o.explicit
  ORDER BY t.recording_id, t.popularity DESC NULLS LAST, t.id) n
WHERE r.id = n.recording_id;
--> statement-breakpoint
-- A placement is stored under the recording as it was placed, for ever. After a merge, no new placement begins inside the repeat window of a recording
-- that counts as the same, and a merged recording is not placed again. Merging locks the table, so a placement sees every merge.
CREATE FUNCTION "new_placements_respect_merges"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  hit record;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM recordings WHERE merged_into IS NOT NULL) THEN RETURN NULL; END IF;
  SELECT n.recording_id, r.merged_into INTO hit FROM placed n JOIN recordings r ON r.id = n.recording_id WHERE r.merged_into IS NOT NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'recording % is recording % since a merge', hit.recording_id, hit.merged_into
      USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'placements_no_repeat';
  END IF;
  SELECT n.recording_id, p.recording_id AS other, p.rest INTO hit FROM placed n JOIN recordings m ON m.merged_into = n.recording_id
    JOIN placements p ON p.recording_id = m.id AND p.rest_scope = n.rest_scope AND p.rest && n.rest LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'recording % was placed as recording %, which rests %', hit.recording_id, hit.other, hit.rest
      USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'placements_no_repeat';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "placements_respect_merges" AFTER INSERT ON "placements"
  REFERENCING NEW TABLE AS placed FOR EACH STATEMENT EXECUTE FUNCTION "new_placements_respect_merges"();
--> statement-breakpoint
-- Staying is not repeating: a placement may go on although another of the same recording ended nearby. It may not reach one that began after it.
CREATE FUNCTION "longer_placements_respect_merges"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  hit record;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM recordings WHERE merged_into IS NOT NULL) THEN RETURN NULL; END IF;
  SELECT n.recording_id, p.recording_id AS other, p.rest INTO hit
    FROM longer n JOIN shorter o ON o.id = n.id AND NOT n.rest <@ o.rest JOIN recordings self ON self.id = n.recording_id
    CROSS JOIN LATERAL (SELECT coalesce(self.merged_into, self.id) AS id
      UNION ALL SELECT y.id FROM recordings y WHERE y.merged_into = coalesce(self.merged_into, self.id)) k
    JOIN placements p ON p.recording_id = k.id AND p.rest_scope = n.rest_scope AND p.rest && n.rest AND p.first_day > o.last_day
    WHERE k.id <> n.recording_id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'recording % was placed later as recording %, which rests %', hit.recording_id, hit.other, hit.rest
      USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'placements_no_repeat';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "placements_respect_merges_when_longer" AFTER UPDATE ON "placements"
  REFERENCING OLD TABLE AS shorter NEW TABLE AS longer FOR EACH STATEMENT EXECUTE FUNCTION "longer_placements_respect_merges"();
--> statement-breakpoint
CREATE OR REPLACE VIEW "recent_usage" AS
  SELECT coalesce(m.merged_into, p.recording_id) AS recording_id, p.rest_scope,
    CASE WHEN bool_or(p.last_day IS NULL) THEN NULL ELSE max(p.last_day) END AS last_used_on,
    CASE WHEN bool_or(upper_inf(p.rest)) THEN NULL ELSE max(p.last_day + p.rest_days) END AS rests_until,
    count(*)::int AS uses
  FROM placements p LEFT JOIN (SELECT id, merged_into FROM recordings WHERE merged_into IS NOT NULL) m ON m.id = p.recording_id
  GROUP BY coalesce(m.merged_into, p.recording_id), p.rest_scope;
--> statement-breakpoint
-- Match keys and search texts of what is stored are computed by the next ingest, which also merges what they show to be one. It is due at once.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM recordings) AND to_regclass('graphile_worker._private_jobs') IS NOT NULL THEN
    PERFORM graphile_worker.add_job('ingest-albums', '{"trigger":"timetable"}'::json, queue_name := 'ingest-albums', max_attempts := 8, job_key := 'ingest-albums');
  END IF;
END $$;
