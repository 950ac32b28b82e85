CREATE TYPE "public"."submission_decision" AS ENUM('waiting', 'accepted', 'refused', 'withdrawn');--> statement-breakpoint
CREATE TABLE "album_submissions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"link" text NOT NULL,
	"album_id" text NOT NULL,
	"decision" "submission_decision" NOT NULL,
	"reason" text,
	"is_duplicate" boolean NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	CONSTRAINT "album_submissions_refused_says_why" CHECK (("album_submissions"."decision" = 'refused') = ("album_submissions"."reason" is not null))
);
--> statement-breakpoint
ALTER TABLE "album_submissions" ADD CONSTRAINT "album_submissions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "album_submissions_person" ON "album_submissions" USING btree ("user_id","submitted_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "album_submissions_decision" ON "album_submissions" USING btree ("decision","submitted_at");--> statement-breakpoint
CREATE INDEX "album_submissions_album" ON "album_submissions" USING btree ("album_id");--> statement-breakpoint
CREATE UNIQUE INDEX "album_submissions_once" ON "album_submissions" USING btree ("user_id","album_id") WHERE "album_submissions"."decision" in ('waiting', 'accepted');--> statement-breakpoint
-- A follower is told whose submission changed, and which; the row is authoritative. The import of an accepted album is part of its submission's state.
CREATE FUNCTION "announce_submission"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('segue_submissions', NEW.user_id::text || ' ' || NEW.id::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "album_submissions_announce" AFTER INSERT OR UPDATE ON "album_submissions"
  FOR EACH ROW EXECUTE FUNCTION "announce_submission"();
--> statement-breakpoint
CREATE FUNCTION "announce_submitted_albums"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('segue_submissions', s.user_id::text || ' ' || s.id::text)
    FROM changed c JOIN album_submissions s ON s.album_id = c.album_id AND s.decision = 'accepted' WHERE c.status <> 'duplicate';
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "album_sources_announce" AFTER UPDATE ON "album_sources"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "announce_submitted_albums"();
