-- A subject of its own for the ledger: changing a playlist's text or its policy does not make what was counted in the ledger outdated.
CREATE SEQUENCE "data_version_ledger";--> statement-breakpoint
CREATE OR REPLACE FUNCTION "data_versions"() RETURNS TABLE ("subject" text, "version" text) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  catalog text;
  lists text;
  ledger text;
  replicas text;
BEGIN
  -- First the counters, then the open transactions: a write that begins in between changes the next version.
  SELECT concat(last_value, is_called) INTO catalog FROM data_version_catalog;
  SELECT concat(last_value, is_called) INTO lists FROM data_version_lists;
  SELECT concat(last_value, is_called) INTO ledger FROM data_version_ledger;
  SELECT concat(last_value, is_called) INTO replicas FROM data_version_replicas;
  RETURN QUERY
    WITH open AS MATERIALIZED (
      SELECT l.objid, l.virtualtransaction FROM pg_locks l
      WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objsubid = 1 AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
    SELECT s.subject, concat_ws('/', s.counted, (SELECT string_agg(o.virtualtransaction, ',' ORDER BY o.virtualtransaction) FROM open o WHERE o.objid = s.counter))
    FROM (VALUES ('catalog', catalog, 'data_version_catalog'::regclass::oid), ('lists', lists, 'data_version_lists'::regclass::oid),
      ('ledger', ledger, 'data_version_ledger'::regclass::oid), ('replicas', replicas, 'data_version_replicas'::regclass::oid)) s(subject, counted, counter);
END $$;--> statement-breakpoint
DO $$
DECLARE
  watched text;
BEGIN
  FOREACH watched IN ARRAY ARRAY['snapshots', 'placements', 'playlist_entries_history']
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %I', watched || '_version', watched);
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION advance_data_version(%L)',
      watched || '_version', watched, 'data_version_ledger');
  END LOOP;
END $$;
