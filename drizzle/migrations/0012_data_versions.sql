-- Versions of the data that public pages read. A subject's version is the number of writes that began, and the transactions among them that are still
-- open. It changes when a write begins and when it ends, so a reader of a version and then of the data never sees less than that version says.
CREATE SEQUENCE "data_version_catalog";--> statement-breakpoint
CREATE SEQUENCE "data_version_lists";--> statement-breakpoint
CREATE SEQUENCE "data_version_replicas";--> statement-breakpoint
CREATE FUNCTION "advance_data_version"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  counter regclass := TG_ARGV[0]::regclass;
BEGIN
  -- Shared, so that writers never wait for each other. Postgres releases it after the transaction has become visible or was rolled back.
  PERFORM pg_advisory_xact_lock_shared(counter::oid::bigint);
  PERFORM nextval(counter);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "data_versions"() RETURNS TABLE ("subject" text, "version" text) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  catalog text;
  lists text;
  replicas text;
BEGIN
  -- First the counters, then the open transactions: a write that begins in between changes the next version.
  SELECT concat(last_value, is_called) INTO catalog FROM data_version_catalog;
  SELECT concat(last_value, is_called) INTO lists FROM data_version_lists;
  SELECT concat(last_value, is_called) INTO replicas FROM data_version_replicas;
  RETURN QUERY
    WITH open AS MATERIALIZED (
      SELECT l.objid, l.virtualtransaction FROM pg_locks l
      WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objsubid = 1 AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
    SELECT s.subject, concat_ws('/', s.counted, (SELECT string_agg(o.virtualtransaction, ',' ORDER BY o.virtualtransaction) FROM open o WHERE o.objid = s.counter))
    FROM (VALUES ('catalog', catalog, 'data_version_catalog'::regclass::oid), ('lists', lists, 'data_version_lists'::regclass::oid),
      ('replicas', replicas, 'data_version_replicas'::regclass::oid)) s(subject, counted, counter);
END $$;--> statement-breakpoint
DO $$
DECLARE
  watched record;
BEGIN
  FOR watched IN SELECT * FROM (VALUES
    ('data_version_catalog', 'recordings'), ('data_version_catalog', 'tracks'), ('data_version_catalog', 'artists'), ('data_version_catalog', 'albums'),
    ('data_version_catalog', 'track_artists'), ('data_version_catalog', 'track_features'), ('data_version_catalog', 'track_tags'),
    ('data_version_lists', 'playlists'), ('data_version_lists', 'curation_policies'), ('data_version_lists', 'snapshots'), ('data_version_lists', 'placements'),
    ('data_version_lists', 'playlist_entries_history'), ('data_version_lists', 'list_overrides'), ('data_version_lists', 'playlist_marks'),
    ('data_version_replicas', 'accounts'), ('data_version_replicas', 'playlist_account_map'), ('data_version_replicas', 'sync_plans'), ('data_version_replicas', 'sync_operations')) w(counter, name)
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION advance_data_version(%L)',
      watched.name || '_version', watched.name, watched.counter);
  END LOOP;
END $$;
