package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a migration misses because an extension is not there, out of sight or a stand-in. */
@Timeout(300)
class MissingExtensionTest extends InDirectory {
  @Test
  void anExtensionThatIsAStandInIsSuspectedOfAMissingFunction() throws IOException {
    write("V1__maps.sql", "create extension postgis;\n");
    write("V3__more.sql", "select 1;\n");
    for (String missing :
        List.of(
            "create table a (g geometry default st_letters('a'));\n",
            "delete from geography_columns where f_table_name = 'a';\n")) {
      write("V2__shop.sql", missing);
      CommandLineRun run = lint("V3__more.sql", "V1__maps.sql", "V2__shop.sql");

      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err())
          .contains(
              "\n  remedy: extension postgis is not in Drydock's PostgreSQL, and the stand-in that took its place has"
                  + " not all of it: when that is what is missing, replay on a server that has it (--database"
                  + " postgresql://…)");
    }
  }

  @Test
  void anExtensionIsInstalledInTheSchemaThatItsFunctionIsCalledIn() throws IOException {
    write("V1__shop.sql", "create table orders (id uuid default extensions.uuid_generate_v4());");
    write("V2__more.sql", "create table items (id uuid default extensions.uuid_generate_v4());");
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("note: extension uuid-ossp is installed by no migration before the first")
        .contains("note: schema extensions is made by no migration before the first");
  }

  @Test
  void anExtensionThatIsInAnotherSchemaThanItsFunctionIsCalledInIsNamed() throws IOException {
    assertThat(
            failureOf(
                "create schema ext; create extension \"uuid-ossp\";",
                "select ext.uuid_generate_v4();"))
        .contains(
            "extension \"uuid-ossp\" is in the schema public here, and in ext where this ran: when"
                + " production has it there, do the same in a file under `before:` in .drydock.yml"
                + " (`create schema ext; create extension \"uuid-ossp\" schema ext; alter role"
                + " current_user set search_path = public, ext`)");
  }

  @Test
  void theSchemaPublicIsNotMadeAnew() throws IOException {
    assertThat(
            failureOf(
                "create schema app; create extension \"uuid-ossp\" schema app;",
                "select public.uuid_generate_v4();"))
        .contains(
            "do the same in a file under `before:` in .drydock.yml (`create extension \"uuid-ossp\""
                + " schema public`)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pg_trgm        | create index on t using gin (a gin_trgm_ops);",
        "pg_trgm        | select similarity(a, 'b') from t;",
        "\"uuid-ossp\"  | select public.uuid_generate_v4();",
        "pgcrypto       | select digest(a, 'sha256') from t;",
        "citext         | alter table t add column b citext;",
        "hstore         | alter table t add column b hstore;",
        "ltree          | alter table t add column b ltree[];",
        "vector         | alter table t add column b vector(3);",
        "vector         | create index on t using hnsw (a);",
        "postgis        | alter table t add column b geometry(point, 4326);",
        "postgis        | select st_makepoint(1, 2);",
        "unaccent       | create index on t (unaccent(a));",
        "btree_gist     | alter table t add exclude using gist (n with =);",
        "pg_cron        | select cron.schedule('a', 'b', 'c');",
      })
  void theExtensionThatHasWhatIsMissingIsNamed(String extension, String sql) throws IOException {
    assertThat(failureOf("create table t (a text, n int);", sql))
        .contains(
            "Set-up may be what is missing: it is of the extension %s, which no migration before this one installs: when production has it all the same, put CREATE EXTENSION %s into a file under `before:` in .drydock.yml."
                .formatted(extension.replace("\"", ""), extension));
  }

  @Test
  void anExtensionOutOfSightIsNamedWithItsSchema() throws IOException {
    assertThat(
            failureOf(
                "create schema ext; create extension pg_trgm schema ext; create table t (a text);",
                "create index on t using gin (a gin_trgm_ops);"))
        .contains(
            "it is of the extension pg_trgm, which is in the schema ext: when something else");
  }

  @Test
  void anExtensionThatTheFilePutsOutOfSightIsNamedWithItsSchema() throws IOException {
    String file =
        "create schema app; -- create extension citext;\ncreate extension citext schema app;"
            + " create table app.users (id bigint primary key, name citext);";
    String remedy =
        "it is of the extension citext, which this file puts into the schema app: when something"
            + " else than the migrations puts that on the search_path, do so in a file under"
            + " `before:` in .drydock.yml (`alter role current_user set search_path = public, app`)";
    assertThat(failureOf("create table t (a text);", file)).contains(remedy);

    write("V1__shop.sql", file);
    write("V2__more.sql", "alter table app.users add column note text;");
    CommandLineRun stopped = lint("V2__more.sql", "V1__shop.sql");
    assertThat(stopped.status()).isEqualTo(3);
    assertThat(stopped.err()).contains("type \"citext\" does not exist").contains(remedy);

    write("path.sql", "alter role current_user set search_path = public, app;");
    write(".drydock.yml", "before: [path.sql]\n");
    assertThat(lint("V2__more.sql", "V1__shop.sql").status()).isZero();
  }

  @Test
  void anExtensionThatTheFileMayHaveOutOfSightIsInstalledInSight() throws IOException {
    write(
        "V1__shop.sql",
        "create schema app; create extension if not exists citext with schema app;"
            + " create table app.users (id bigint primary key, name citext);");
    write("V2__more.sql", "alter table app.users add column note text;");
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: extension citext is not found in the schema app, which a migration puts it into"
                + " and something else on the search_path: it was installed in public for the replay");
  }

  @Test
  void anExtensionThatIsThereIsNotTheReason() throws IOException {
    assertThat(
            failureOf(
                "create extension pg_trgm; create table t (a text);",
                "select similarity(a, 1) from t;"))
        .contains("function similarity(text, integer) does not exist")
        .doesNotContain("Set-up may be");
  }

  /** Which versions there are scripts for goes with the release of PostgreSQL. */
  @Test
  void anAppliedMigrationMayAskForAVersionThatTheServerHasNot() {
    write(
        "migrations/1_old.sql",
        "create schema app; create extension ltree schema app version '0.9';\n"
            + "create table app.orders (path app.ltree);\n");
    write("migrations/2_update.sql", "alter extension ltree update to '0.9';\n");
    write("migrations/3_new.sql", "alter table app.orders add column note text;\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: extension ltree has no version 0.9 on this PostgreSQL, which a migration asks for: the"
                + " version it has was installed",
            "note: extension ltree has no version 0.9 on this PostgreSQL, which a migration asks for: the"
                + " version that is installed was left as it is");
  }
}
