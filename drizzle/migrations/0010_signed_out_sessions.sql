ALTER TABLE "sessions" ADD COLUMN "admin_key_tag" text;--> statement-breakpoint
-- Open streams of a session that ended are closed, by whichever process holds them.
CREATE FUNCTION "announce_session"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('segue_sessions', OLD.id_hash);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "sessions_announce" AFTER DELETE OR UPDATE OF user_id, role, expires_at, admin_key_tag ON "sessions"
  FOR EACH ROW EXECUTE FUNCTION "announce_session"();
--> statement-breakpoint
CREATE FUNCTION "announce_role"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('segue_sessions', id_hash) FROM sessions WHERE user_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "users_announce_role" AFTER UPDATE OF role ON "users"
  FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role) EXECUTE FUNCTION "announce_role"();
