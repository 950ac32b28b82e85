-- No recording comes back to a rest scope before it has rested. The database refuses it, whoever asks.
ALTER TABLE "placements" ADD CONSTRAINT "placements_no_repeat"
  EXCLUDE USING gist ("rest_scope" WITH =, "recording_id" WITH =, "rest" WITH &&);
--> statement-breakpoint
-- A published snapshot has exactly positions 1..size; checked when the transaction commits, so it can be written row by row.
CREATE FUNCTION "snapshot_is_whole"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  playlist uuid := coalesce(NEW.playlist_id, OLD.playlist_id);
  tag date := coalesce(NEW.batch_tag, OLD.batch_tag);
  expected integer;
  entries integer;
  highest integer;
BEGIN
  SELECT size INTO expected FROM snapshots WHERE playlist_id = playlist AND batch_tag = tag;
  IF expected IS NULL THEN RETURN NULL; END IF;
  SELECT count(*), coalesce(max(position), 0) INTO entries, highest
    FROM playlist_entries_history WHERE playlist_id = playlist AND batch_tag = tag;
  IF entries <> expected OR highest <> expected THEN
    RAISE EXCEPTION 'snapshot % of % has % entries up to position %, expected positions 1..%', tag, playlist, entries, highest, expected
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshots_whole';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "snapshots_whole" AFTER INSERT OR UPDATE ON "snapshots"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "snapshot_is_whole"();
--> statement-breakpoint
-- Entries of a snapshot are written in the transaction that writes it and are not changed afterwards.
CREATE FUNCTION "ledger_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_append_only';
END $$;
--> statement-breakpoint
CREATE TRIGGER "history_append_only" BEFORE DELETE ON "playlist_entries_history"
  FOR EACH ROW EXECUTE FUNCTION "ledger_is_append_only"();
--> statement-breakpoint
CREATE TRIGGER "history_place_is_fixed" BEFORE UPDATE OF "playlist_id", "batch_tag", "position" ON "playlist_entries_history"
  FOR EACH ROW EXECUTE FUNCTION "ledger_is_append_only"();
--> statement-breakpoint
CREATE FUNCTION "snapshot_entry_is_whole"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM snapshots WHERE playlist_id = NEW.playlist_id AND batch_tag = NEW.batch_tag AND size >= NEW.position) THEN
    RAISE EXCEPTION 'position % is outside the snapshot', NEW.position
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'history_inside_snapshot';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "history_inside_snapshot" BEFORE INSERT ON "playlist_entries_history"
  FOR EACH ROW EXECUTE FUNCTION "snapshot_entry_is_whole"();
--> statement-breakpoint
CREATE VIEW "recent_usage" AS
  SELECT recording_id, rest_scope,
    CASE WHEN bool_or(last_day IS NULL) THEN NULL ELSE max(last_day) END AS last_used_on,
    CASE WHEN bool_or(upper_inf(rest)) THEN NULL ELSE max(last_day + rest_days) END AS rests_until,
    count(*)::int AS uses
  FROM placements GROUP BY recording_id, rest_scope;
--> statement-breakpoint
-- Live progress: whoever follows a run is told its id; the row is the truth.
CREATE FUNCTION "announce_job_run"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('segue_job_runs', NEW.id::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "job_runs_announce" AFTER INSERT OR UPDATE ON "job_runs"
  FOR EACH ROW EXECUTE FUNCTION "announce_job_run"();
--> statement-breakpoint
-- Trigram indexes gather what a bulk load adds and fold it in later, in the background.
ALTER INDEX "recordings_title_trgm" SET (gin_pending_list_limit = 32768);
--> statement-breakpoint
ALTER INDEX "albums_name_trgm" SET (gin_pending_list_limit = 32768);
--> statement-breakpoint
ALTER INDEX "artists_name_trgm" SET (gin_pending_list_limit = 32768);
--> statement-breakpoint
-- What is staged is read back within the second; a worker's crash leaves it, a crash of the database costs reading those albums again.
ALTER TABLE "ingest_staging" SET UNLOGGED;
--> statement-breakpoint
ALTER TABLE "ingest_staging" ALTER COLUMN "album" SET STORAGE EXTERNAL;
