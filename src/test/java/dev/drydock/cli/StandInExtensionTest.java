package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stand-in for an extension lacks does not end the run where it does not matter. */
@Timeout(300)
class StandInExtensionTest extends InDirectory {
  @Test
  void anIndexOfAnExtensionThatIsAStandInDoesWithoutItsOptions() throws IOException {
    write(
        "1_shop.up.sql",
        """
        create extension vector;
        create table a (v vector(3));
        create index on a using hnsw (v vector_cosine_ops) with (m = 16, ef_construction = 64);
        create index on a using ivfflat (v vector_l2_ops) WITH (lists = 100) where v is not null;
        """);
    write(
        "2_more.up.sql",
        "create index concurrently on a using hnsw (v vector_l2_ops) with (m=8);\n");
    CommandLineRun run = lint("2_more.up.sql", "1_shop.up.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.status()).isEqualTo(0);
    assertThat(run.out()).doesNotContain("fails");
  }

  @Test
  void aHypertableRefusesWhatTimescaleDbRefuses() throws IOException {
    write(
        "1_rows.up.sql",
        """
        create extension timescaledb;
        create table readings (at timestamptz not null, device bigint);
        select create_hypertable('readings', 'at', create_default_indexes => false);
        create table plain (id bigint primary key, device bigint);
        """);
    write("2_plain.up.sql", "create index concurrently on plain (device);\n");
    write("3_rows.up.sql", "create index concurrently on readings (device);\n");

    assertThat(lint("2_plain.up.sql", "1_rows.up.sql").status()).isEqualTo(0);
    assertThat(lint("3_rows.up.sql", "1_rows.up.sql").out().replaceAll("\\s+", " "))
        .contains("CREATE INDEX fails: hypertables do not support concurrent index creation");
  }

  @Test
  void vectorsOfEachKindAreCastComparedAndIndexed() throws IOException {
    write(
        "V1__docs.sql",
        """
        create extension vector;
        create table docs (id bigint primary key, e vector(3), h halfvec(3), s sparsevec(3), b bit(3));
        create index on docs using hnsw ((e::halfvec(3)) halfvec_cosine_ops);
        create index on docs using hnsw ((binary_quantize(e)::bit(3)) bit_hamming_ops);
        create index on docs using hnsw (s sparsevec_l2_ops);
        create function nearest(q halfvec(3)) returns setof docs language sql as $$
          select * from docs order by h <=> q, e::halfvec(3) <#> q, s <-> '{1:1}/3', b <~> '101' limit 3
        $$;
        insert into docs (id, e, h) values (1, array[1, 2.5, 3]::real[], '[1,2,3]'::vector);
        create view means as select avg(e) as mean, sum(h) as total from docs;
        """);
    write("V2__more.sql", "alter table docs alter column h type vector(3);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__docs.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.out()).contains("cannot alter type of a column used by a view");
  }

  @Test
  void columnsThatItsOwnFunctionsMakeAndCutAreThere() throws IOException {
    write(
        "V1__map.sql",
        """
        create extension postgis;
        create extension vector;
        create schema map;
        create table map.area (id int primary key);
        delete from geometry_columns where f_table_name = 'area';
        select AddGeometryColumn('map', 'area', 'shape', 32631, 'MULTIPOLYGON', 2);
        create index on map.area using gist (shape);
        create table place (id int primary key, v vector(6));
        select AddGeometryColumn('place', 'at', 4326, 'POINT', 2);
        """);
    write(
        "V2__more.sql",
        "alter table place alter column v type vector(3) using subvector(v, 1, 3)::vector(3);\n"
            + "alter table place drop column at;\n"
            + "do $$ begin raise exception 'of type %', (select format_type(atttypid, atttypmod) from pg_attribute"
            + " where attrelid = 'place'::regclass and attname = 'v'); end $$;\n");
    CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__map.sql");

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("Column at of public.place is dropped")
        .contains("of type vector(3)");
  }

  @Test
  void functionsMayDeclareTypesOfAStandIn() throws IOException {
    write(
        "V1__files.sql",
        """
        create schema extensions;
        create extension http with schema extensions;
        create function remove_file(url text) returns int language plpgsql as $$
        declare answer extensions.http_response;
        begin
          select * into answer from extensions.http(('DELETE', url,
            array[extensions.http_header('a', 'b')], null, null)::extensions.http_request);
          return answer.status;
        end $$;
        create function fetch_file(url text) returns text language sql
          return (extensions.http_get(url)).content;
        """);
    write("V2__more.sql", "create table notes (id bigint primary key);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__files.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void queuesSecretsAndRequestsOfAHostedPlatformHaveTheirTablesTypesAndCalls() throws IOException {
    write(
        "V1__jobs.sql",
        """
        create schema pgmq;
        create extension if not exists pgmq with schema pgmq;
        create extension supabase_vault;
        create extension pg_net with schema public;
        select pgmq.create('mails');
        grant select on pgmq.q_mails, pgmq.a_mails to public;
        select vault.create_secret('s3cret', 'mail_key');
        create function next_mail() returns setof pgmq.message_record language sql
          return pgmq.read('mails', 30, 1);
        create view keys as select decrypted_secret from vault.decrypted_secrets;
        create function ping(url text) returns bigint language sql return net.http_post(url => url);
        """);
    write("V2__more.sql", "create table notes (id bigint primary key);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__jobs.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void tablesCanBeRegisteredToBeSqueezed() throws IOException {
    write(
        "V1__jobs.sql",
        """
        create extension if not exists pg_squeeze;
        create table jobs (id bigint primary key);
        insert into squeeze.tables (tabschema, tabname, schedule, free_space_extra)
          values ('public', 'jobs', ('{0,30}', null, null, null, null), 30);
        """);
    write("V2__more.sql", "create table notes (id bigint primary key);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__jobs.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void foreignTablesOfWrappersAreThere() throws IOException {
    write(
        "V1__customers.sql",
        """
        create schema extensions;
        create extension if not exists wrappers with schema extensions;
        create foreign data wrapper stripe_wrapper
          handler extensions.stripe_fdw_handler validator extensions.stripe_fdw_validator;
        create server stripe foreign data wrapper stripe_wrapper options (api_key 'none');
        create foreign table customers (id text, email text) server stripe options (object 'customers');
        create view emails as select email from customers;
        grant all on extensions.wrappers_fdw_stats to public;
        create table notes (id bigint generated by default as identity primary key, text text);
        """);
    write(
        "V2__more.sql",
        """
        create view ids as select id from customers;
        create table copies as select id from customers;
        insert into notes (text) select email from customers;
        create index notes_text on notes (text);
        """);
    CommandLineRun run = lint("V2__more.sql", "V1__customers.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.out())
        .contains("warning[missing-rows]: CREATE TABLE AS needs rows that no migration makes")
        .contains("it reads a foreign table")
        .contains("error[blocking-index-build]")
        .doesNotContain("migration-fails");
  }

  @Test
  void functionsInAnotherLanguageAndOfTimesAreMade() throws IOException {
    write(
        "V1__measures.sql",
        """
        create extension if not exists plv8;
        create function doubled(n int) returns int as $$ return 2 * n; $$ language plv8 immutable;
        create extension timescaledb;
        create table measures (at timestamptz not null, device int, value numeric);
        create view hours as
          select time_bucket_gapfill('1 hour', at) as hour, device, first(value, at), last(device, at), locf(max(value))
          from measures group by 1, 2;
        create materialized view days with (timescaledb.continuous) as
          select time_bucket('1 day', at) as day, count(*) from measures group by 1 with no data;
        """);
    write(
        "V2__more.sql",
        "alter table measures set (timescaledb.compress, timescaledb.compress_orderby = 'at desc');\n");
    CommandLineRun run = lint("V2__more.sql", "V1__measures.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void whatMigrationsAskTimescaleAndTellItIsAnswered() throws IOException {
    write(
        "V1__measures.sql",
        """
        create table measures (at timestamptz not null, device int, value numeric) with (
          tsdb.hypertable, tsdb.partition_column = 'at', tsdb.sparse_index = 'bloom(device)');
        create table events (at timestamptz not null, code int);
        select create_hypertable('events', by_range('at', interval '1 day'));
        do $$ begin
          if not exists (select from timescaledb_information.hypertables where hypertable_name = 'events') then
            raise exception 'no hypertable';
          end if;
        end $$;
        update _timescaledb_config.bgw_job set owner = current_user::regrole;
        select add_retention_policy('events', interval '30 days', schedule_interval => interval '1 hour');
        select add_compression_policy('events', compress_after => interval '7 days');
        create materialized view days with (timescaledb.continuous) as
          select time_bucket('1 day', at) as day, count(*) from events group by 1 with no data;
        """);
    write(
        "V2__more.sql",
        """
        create temp table packed as select chunk_schema || '.' || chunk_name as name
          from chunk_compression_stats('events') where compression_status = 'Compressed';
        select decompress_chunk(chunk, true) from show_chunks('events') chunk;
        select alter_job(job_id, scheduled => false) from timescaledb_information.jobs;
        create table counts (at timestamptz not null, n int);
        select create_hypertable('counts', 'at', if_not_exists => true);
        create table newest as select max(day) as day from days;
        """);
    CommandLineRun run = lint("V2__more.sql", "V1__measures.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.out()).contains("extension timescaledb is installed by no migration before");
    assertThat(run.out()).doesNotContain("migration-fails", "data-change");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void aWayToCompressThatTheServerWasBuiltWithoutIsAnotherOne() throws IOException {
    write("V1__notes.sql", "create table notes (id bigint primary key, t text compression lz4);\n");
    write(
        "V2__more.sql",
        "set default_toast_compression = 'lz4';\nalter table notes add u text compression lz4;\n");
    CommandLineRun run = lint("V2__more.sql", "V1__notes.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.out()).doesNotContain("migration-fails");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void aStandInIsNewEnoughForWhateverAsks() throws IOException {
    write(
        "V1__shop.sql",
        """
        create extension vector;
        create extension postgis;
        do $$ begin
          if (select extversion < '0.5.0' or string_to_array(extversion, '.')::int[] < array[0, 7, 0]
              or split_part(extversion, '.', 1)::int < 3 from pg_extension where extname = 'vector')
            or substring(postgis_version() from '^[0-9]+')::int < 3 then
            raise exception 'too old';
          end if;
        end $$;
        """);
    write("V2__more.sql", "create table notes (id bigint primary key);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.err()).doesNotContain("too old");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void aDumpInstallsWhatIsBoundToASchemaWithoutNamingOne() throws IOException {
    write(
        "V1__dump.sql",
        """
        select pg_catalog.set_config('search_path', '', false);
        create extension if not exists pgsodium;
        create extension if not exists pg_tle;
        create extension plpgsql_check with schema public;
        """);
    write("V2__more.sql", "create table public.notes (id bigint primary key);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__dump.sql");

    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void cascadeInstallsWhatTheRealExtensionNeeds() throws IOException {
    write("V1__a.sql", "create extension vectorscale cascade;\ncreate table a (v vector(3));\n");
    write("V2__more.sql", "create table notes (id bigint primary key);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__a.sql");

    assertThat(run.status()).as(run.err()).isZero();
  }
}
