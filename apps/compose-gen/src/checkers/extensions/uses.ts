/** One real use of an extension: what is asked in the database that has it, and what it answers. */
interface Use {
  /** SQL, run by the superuser; what comes before the last statement prepares it and says nothing. */
  readonly ask: string;
  readonly answer: string;
}

const use = (ask: string, answer: string): Use => ({ ask, answer });

/** Reads a change of its own through a slot, by an output plugin. */
function decoded(plugin: string, options: string, answer: string): Use {
  const ask = `CREATE TABLE ${plugin}_t (a int);
    DO $$ BEGIN PERFORM pg_create_logical_replication_slot('${plugin}', '${plugin}'); END $$;
    INSERT INTO ${plugin}_t VALUES (7);
    CREATE TEMP TABLE changes AS SELECT data FROM pg_logical_slot_get_changes('${plugin}', NULL, NULL${options});
    DO $$ BEGIN PERFORM pg_drop_replication_slot('${plugin}'); END $$;
    SELECT data FROM changes`;
  return use(ask, answer);
}

const CONTRIB: Readonly<Record<string, Use>> = {
  amcheck: use("SELECT bt_index_check('pg_class_oid_index')", ""),
  auto_explain: use("SET auto_explain.log_min_duration = 0; SHOW auto_explain.log_min_duration", "0"),
  autoinc: use(
    `CREATE SEQUENCE n START 7; CREATE TABLE autoinc_t (id int);
     CREATE TRIGGER i BEFORE INSERT ON autoinc_t FOR EACH ROW EXECUTE FUNCTION autoinc(id, n); INSERT INTO autoinc_t VALUES (0);
     SELECT id FROM autoinc_t`,
    "7",
  ),
  bloom: use("CREATE TABLE bloom_t (a int); CREATE INDEX ON bloom_t USING bloom (a); SELECT count(*) FROM bloom_t WHERE a = 1", "0"),
  btree_gin: use("CREATE TABLE gin_t (a int); CREATE INDEX ON gin_t USING gin (a); SELECT count(*) FROM gin_t WHERE a = 1", "0"),
  btree_gist: use("CREATE TABLE gist_t (a int, EXCLUDE USING gist (a WITH =)); SELECT count(*) FROM gist_t", "0"),
  citext: use("SELECT 'A'::citext = 'a'", "t"),
  cube: use("SELECT cube(array[1, 2]) <-> cube(array[1, 4])", "2"),
  dblink: use("SELECT array_length(dblink_get_connections(), 1) IS NULL", "t"),
  dict_int: use("SELECT ts_lexize('intdict', '1234567890')", "{123456}"),
  dict_xsyn: use("SELECT tmplname FROM pg_ts_template WHERE tmplname = 'xsyn_template'", "xsyn_template"),
  earthdistance: use("SELECT earth_distance(ll_to_earth(0, 0), ll_to_earth(0, 0))", "0"),
  file_fdw: use(
    `CREATE SERVER f FOREIGN DATA WRAPPER file_fdw;
     CREATE FOREIGN TABLE f_t (line text) SERVER f OPTIONS (program 'echo 7', format 'text'); SELECT line FROM f_t`,
    "7",
  ),
  fuzzystrmatch: use("SELECT levenshtein('mend', 'fix')", "4"),
  hstore: use("SELECT 'a=>1'::hstore -> 'a'", "1"),
  insert_username: use(
    `CREATE TABLE u_t (u text); CREATE TRIGGER i BEFORE INSERT ON u_t FOR EACH ROW EXECUTE FUNCTION insert_username(u);
     INSERT INTO u_t VALUES (''); SELECT u FROM u_t`,
    "postgres",
  ),
  intagg: use("SELECT int_array_aggregate(a) FROM generate_series(1, 3) a", "{1,2,3}"),
  intarray: use("SELECT sort('{3,1}'::int[])", "{1,3}"),
  isn: use("SELECT isbn('978-0-393-04002-9')", "0-393-04002-X"),
  lo: use("SELECT lo_oid(7::lo)", "7"),
  ltree: use("SELECT 'a.b.c'::ltree <@ 'a.b'", "t"),
  moddatetime: use(
    `CREATE TABLE m_t (a int, t timestamptz DEFAULT 'epoch');
     CREATE TRIGGER m BEFORE UPDATE ON m_t FOR EACH ROW EXECUTE FUNCTION moddatetime(t);
     INSERT INTO m_t VALUES (1); UPDATE m_t SET a = 2; SELECT t > 'epoch' FROM m_t`,
    "t",
  ),
  pageinspect: use("SELECT special FROM page_header(get_raw_page('pg_class', 0))", "8192"),
  pg_buffercache: use("SELECT count(*) > 0 FROM pg_buffercache", "t"),
  pg_freespacemap: use("SELECT count(*) > 0 FROM pg_freespace('pg_class')", "t"),
  pg_prewarm: use("SELECT pg_prewarm('pg_class') > 0", "t"),
  pg_stat_statements: use("SELECT 4711 AS told; SELECT calls FROM pg_stat_statements WHERE query = 'SELECT $1 AS told'", "4711\n1"),
  pg_surgery: use("CREATE TABLE s_t (a int); SELECT heap_force_freeze('s_t', ARRAY[]::tid[])", ""),
  pg_trgm: use("SELECT show_trgm('ab')", '{"  a"," ab","ab "}'),
  pg_visibility: use("SELECT count(*) FROM pg_check_visible('pg_class')", "0"),
  pg_walinspect: use(
    "SELECT count(*) > 0 FROM pg_get_wal_stats((SELECT checkpoint_lsn FROM pg_control_checkpoint()), pg_current_wal_flush_lsn())",
    "t",
  ),
  pgcrypto: use("SELECT encode(digest('', 'sha1'), 'hex')", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
  pgrowlocks: use("SELECT count(*) FROM pgrowlocks('pg_class')", "0"),
  pgstattuple: use("SELECT table_len > 0 FROM pgstattuple('pg_class')", "t"),
  postgres_fdw: use("CREATE SERVER p FOREIGN DATA WRAPPER postgres_fdw; SELECT count(*) FROM postgres_fdw_get_connections()", "0"),
  refint: use(
    `CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int);
     CREATE TRIGGER c BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION check_primary_key('id', 'parent', 'id');
     INSERT INTO parent VALUES (7); INSERT INTO child VALUES (7); SELECT id FROM child`,
    "7",
  ),
  seg: use("SELECT '1 .. 3'::seg && '2'::seg", "t"),
  sslinfo: use("SELECT ssl_is_used()", "f"),
  tablefunc: use("SELECT count(*) FROM normal_rand(3, 0, 1)", "3"),
  tcn: use(
    `CREATE TABLE n_t (a int PRIMARY KEY);
     CREATE TRIGGER t AFTER INSERT ON n_t FOR EACH ROW EXECUTE FUNCTION triggered_change_notification();
     INSERT INTO n_t VALUES (1); SELECT a FROM n_t`,
    "1",
  ),
  test_decoding: decoded(
    "test_decoding",
    ", 'include-xids', '0', 'skip-empty-xacts', '1'",
    "BEGIN\ntable public.test_decoding_t: INSERT: a[integer]:7\nCOMMIT",
  ),
  tsm_system_rows: use("SELECT count(*) FROM pg_class TABLESAMPLE system_rows(3)", "3"),
  tsm_system_time: use("SELECT count(*) > 0 FROM pg_class TABLESAMPLE system_time(1000)", "t"),
  unaccent: use("SELECT unaccent('Hôtel')", "Hotel"),
  "uuid-ossp": use("SELECT uuid_generate_v5(uuid_ns_dns(), 'a') IS NOT NULL", "t"),
  xml2: use("SELECT xpath_string('<a>7</a>', '/a')", "7"),
};

const POSTGIS: Readonly<Record<string, Use>> = {
  address_standardizer: use("SELECT (parse_address('1 Main Street, Boston, MA 02109')).zip", "02109"),
  address_standardizer_data_us: use("SELECT count(*) > 0 FROM us_lex", "t"),
  postgis: use("SELECT ST_AsText(ST_Transform(ST_SetSRID(ST_Point(0, 0), 4326), 3857), 0)", "POINT(0 0)"),
  postgis_raster: use("SELECT ST_Width(ST_MakeEmptyRaster(3, 2, 0, 0, 1))", "3"),
  postgis_sfcgal: use("SELECT CG_Volume(CG_Extrude('POLYGON((0 0, 0 1, 1 1, 1 0, 0 0))', 0, 0, 2))", "2"),
  // As the application: these are the two that need rights of the bootstrap, or of their own script.
  postgis_tiger_geocoder: use("SET ROLE app; SELECT stateabbrev FROM normalize_address('1 Main Street, Boston, MA 02109')", "MA"),
  postgis_topology: use("SET ROLE app; SELECT count(*) FROM topology.topology", "0"),
};

const OTHERS: Readonly<Record<string, Use>> = {
  hll: use("SELECT hll_cardinality(hll_add(hll_empty(), hll_hash_integer(1)))", "1"),
  hypopg: use(
    `CREATE TABLE h_t AS SELECT generate_series(1, 10000) AS a; ANALYZE h_t; CREATE TEMP TABLE made AS SELECT * FROM hypopg_create_index('CREATE INDEX ON h_t (a)');
     CREATE FUNCTION plan() RETURNS text LANGUAGE plpgsql AS $$ DECLARE line text; BEGIN EXECUTE 'EXPLAIN SELECT * FROM h_t WHERE a = 1' INTO line; RETURN line; END $$;
     SELECT plan() LIKE 'Index Only Scan%'`,
    "t",
  ),
  // As the application, in a background worker: the job is the owner's, and runs as the owner.
  pg_cron: use(
    `SET ROLE app; DO $$ BEGIN PERFORM cron.schedule('told', '1 second', 'SELECT current_user'); END $$;
     DO $$ BEGIN FOR i IN 1..300 LOOP EXIT WHEN EXISTS (SELECT FROM cron.job_run_details WHERE status = 'succeeded'); PERFORM pg_sleep(0.1); END LOOP; END $$;
     DO $$ BEGIN PERFORM cron.unschedule('told'); END $$;
     SELECT DISTINCT username, status FROM cron.job_run_details WHERE status = 'succeeded'`,
    "app|succeeded",
  ),
  pg_partman: use(
    `CREATE TABLE p_t (at timestamptz NOT NULL) PARTITION BY RANGE (at);
     DO $$ BEGIN PERFORM create_parent('public.p_t', 'at', '1 day', p_premake => 2); END $$; CALL run_maintenance_proc();
     SELECT count(*) FROM show_partitions('public.p_t')`,
    "5",
  ),
  // Its client is the program beside: see the test.
  pg_repack: use("SELECT repack.version()", "pg_repack 1.5.2"),
  pgaudit: use("SET pgaudit.log = 'read'; SET pgaudit.log_client = on; SET pgaudit.log_level = notice; SELECT 4712 AS audited", "4712"),
  set_user: use("DO $$ BEGIN PERFORM set_user('app'); END $$; SELECT current_user", "app"),
  timescaledb: use(
    `CREATE TABLE ts_t (at timestamptz NOT NULL, v int); DO $$ BEGIN PERFORM create_hypertable('ts_t', 'at'); END $$;
     INSERT INTO ts_t SELECT 'epoch'::timestamptz + n * interval '1 day', n FROM generate_series(1, 30) n;
     SELECT (SELECT count(*) FROM show_chunks('ts_t')), count(DISTINCT time_bucket('7 days', at)), first(v, at), last(v, at) FROM ts_t`,
    "5|5|1|30",
  ),
  vector: use("SELECT '[1,2]'::vector <-> '[1,4]'", "2"),
  wal2json: decoded(
    "wal2json",
    ", 'format-version', '2', 'include-transaction', 'false'",
    '{"action":"I","schema":"public","table":"wal2json_t","columns":[{"name":"a","type":"integer","value":7}]}',
  ),
};

/** By extension. */
export const USES: Readonly<Record<string, Use>> = { ...CONTRIB, ...POSTGIS, ...OTHERS };
