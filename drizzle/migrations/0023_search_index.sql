CREATE TABLE "search_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"ref" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_entries" (
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"title_key" text NOT NULL,
	"text" text NOT NULL,
	"popularity" smallint,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "search_entries_kind_ref_pk" PRIMARY KEY("kind","ref"),
	CONSTRAINT "search_entries_kind" CHECK ("search_entries"."kind" in ('recording', 'artist', 'album'))
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"word" text PRIMARY KEY NOT NULL,
	"uses" integer NOT NULL,
	"forms" integer[] NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_entries_recording_words" ON "search_entries" USING gin ("words") WHERE "search_entries"."kind" = 'recording';--> statement-breakpoint
CREATE INDEX "search_entries_artist_words" ON "search_entries" USING gin ("words") WHERE "search_entries"."kind" = 'artist';--> statement-breakpoint
CREATE INDEX "search_entries_album_words" ON "search_entries" USING gin ("words") WHERE "search_entries"."kind" = 'album';--> statement-breakpoint
CREATE INDEX "search_entries_title" ON "search_entries" USING btree ("kind","title_key","popularity" DESC NULLS LAST,"ref");--> statement-breakpoint
CREATE INDEX "search_entries_best_known" ON "search_entries" USING btree ("popularity" DESC NULLS LAST,"ref") WHERE "search_entries"."kind" = 'recording';--> statement-breakpoint
CREATE INDEX "search_words_beginnings" ON "search_words" USING btree ("word" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "search_words_forms" ON "search_words" USING gin ("forms");
--> statement-breakpoint
-- Counting a word again changes no index: its row has space for the next version.
ALTER TABLE "search_words" SET (fillfactor = 70);
--> statement-breakpoint
-- What is stored gets its entries from the job "index-search", which also finds what is new. Changes of what has an entry are noted here.
CREATE FUNCTION "note_search_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_changes (kind, ref) VALUES (TG_ARGV[0], NEW.id::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "recordings_search_change" AFTER UPDATE OF title, track_id, popularity, merged_into, search_text ON "recordings" FOR EACH ROW
  WHEN (NEW.search_text IS NOT NULL AND (OLD.title, OLD.track_id, OLD.popularity, OLD.merged_into, OLD.search_text)
    IS DISTINCT FROM (NEW.title, NEW.track_id, NEW.popularity, NEW.merged_into, NEW.search_text))
  EXECUTE FUNCTION "note_search_change"('recording');
--> statement-breakpoint
CREATE TRIGGER "artists_search_change" AFTER UPDATE OF name ON "artists" FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION "note_search_change"('artist');
--> statement-breakpoint
CREATE TRIGGER "albums_search_change" AFTER UPDATE OF name, artist_names ON "albums" FOR EACH ROW
  WHEN ((OLD.name, OLD.artist_names) IS DISTINCT FROM (NEW.name, NEW.artist_names)) EXECUTE FUNCTION "note_search_change"('album');
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM recordings) AND to_regclass('graphile_worker._private_jobs') IS NOT NULL THEN
    PERFORM graphile_worker.add_job('index-search', '{"trigger":"timetable"}'::json, queue_name := 'index-search', max_attempts := 8, job_key := 'index-search');
  END IF;
END $$;
