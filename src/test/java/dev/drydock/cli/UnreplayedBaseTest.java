package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.GitRepository;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Applied migrations that do not replay: the cause is named, and the way out. */
@Timeout(300)
class UnreplayedBaseTest extends InDirectory {
  @Test
  void rightsThatADumpTakesFromTheOwnerOfItsServerComeBack() throws IOException {
    write(
        "V1__dump.sql",
        """
        create table public.jobs (id bigint primary key, state text);
        revoke all on schema public from postgres;
        revoke all on schema public from public;
        """);
    write("V2__more.sql", "create index jobs_state on jobs (state);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__dump.sql");

    assertThat(run.out())
        .contains("error[blocking-index-build]")
        .contains("the migrating role had lost its rights in the schema public")
        .doesNotContain("untried-statement");
  }

  @Test
  void rightsThatTheMigrationTakesFromItselfStayAway() throws IOException {
    write("V1__jobs.sql", "create schema jobs;\ncreate role clerk;\n");
    write("V2__more.sql", "set role clerk;\ncreate table jobs.job (id bigint primary key);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__jobs.sql");

    assertThat(run.out()).contains("permission denied for schema jobs");
    assertThat(run.out()).doesNotContain("had lost its rights");
  }

  @Test
  void whereTheChangeMendsItTheWayOutIsToBeginBeforeItCame() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("migrations/001_a.up.sql", "create table a (id int);\n").commit("a");
      repository.write("migrations/002_b.up.sql", "drop index i;\n").commit("b");
      repository
          .write("migrations/002_b.up.sql", "drop index if exists i;\n")
          .write("migrations/003_c.up.sql", "create table c (id bigint primary key);\n")
          .commit("c");
      CommandLineRun run = run("lint", "--base", "HEAD^", "--head", "HEAD");

      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err())
          .contains(
              "remedy: this change edits it: when it never got through on any database, begin before"
                  + " it came, so that it counts as new (`--base \"$(git log --diff-filter=A"
                  + " --format=%h -1 -- 'migrations/002_b.up.sql')^\"`).");
      assertThat(run("lint", "--base", "HEAD~2", "--head", "HEAD").out())
          .contains("in 2 pending migrations; 1 applied");
    }
  }

  @Test
  void migrationsThatMadeNothingAreNoBase() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository
          .write(
              "migrations/00001_a.sql", "-- +goose Up\nALTER TABLE IF EXISTS t ADD COLUMN a int;\n")
          .commit("a");
      repository
          .write("migrations/00002_b.sql", "-- +goose Up\nDROP SEQUENCE IF EXISTS s;\n")
          .write("migrations/00003_c.sql", "-- +goose Up\nDELETE FROM t;\n")
          .commit("c");

      assertThat(run("lint", "--base", "HEAD^", "--head", "HEAD").out())
          .contains("error[missing-base]: DELETE fails: relation \"t\" does not exist.")
          .contains("No migration before it made");

      repository
          .write("migrations/00004_d.sql", "-- +goose Up\nCREATE TABLE u (id bigint);\n")
          .write("migrations/00005_e.sql", "-- +goose Up\nDELETE FROM t2;\n")
          .delete("migrations/00003_c.sql")
          .commit("e");
      assertThat(run("lint", "--base", "HEAD~2", "--head", "HEAD").out())
          .contains("error[migration-fails]: DELETE fails: relation \"t2\" does not exist.");
    }
  }

  @Test
  void aHistoryThatDoesNotReplayLeavesTheOthersToBeJudged() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository
          .write("a/migrations/000001_a.up.sql", "create table a (id bigint primary key);\n")
          .write("b/migrations/000001_b.up.sql", "select nope();\n")
          .commit("start");
      repository
          .write("a/migrations/000002_a.up.sql", "drop table a;\n")
          .write("b/migrations/000002_b.up.sql", "create table b (id bigint primary key);\n");
      CommandLineRun text = run("lint", "--base", "HEAD");
      CommandLineRun json = run("lint", "--base", "HEAD", "--format", "json");

      assertThat(text.status()).isEqualTo(3);
      assertThat(text.out())
          .startsWith("no verdict: the applied migration b/migrations/000001_b.up.sql does not")
          .contains(
              " --> b/migrations/000001_b.up.sql:1:8\n",
              "\n1 | select nope();\n  |        ^^^^\n",
              "[table-drop]: Table public.a is dropped",
              "\nno verdict: b/migrations was not judged; in the rest 1 warning; 1 applied migration"
                  + " replayed on postgresql ");
      assertThat(text.err()).as("it stands above").doesNotContain("does not replay");
      assertThat(json.status()).isEqualTo(3);
      assertThat(json.out())
          .contains("\"complete\": false", "\"directory\": \"b/migrations\"", "\"table-drop\"");
      assertThat(json.err())
          .contains(
              "drydock: b/migrations/000001_b.up.sql:1:8: the applied migration", "\n  remedy: ");
    }
  }

  @Test
  void anAppliedMigrationThatDoesNotReplayIsNoVerdict() throws IOException {
    write("V1__shop.sql", SHOP + "alter table customers add column name text;\n");
    write("V2__more.sql", "alter table orders add column total numeric;\n");
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("drydock: V1__shop.sql:2:1: the applied migration V1__shop.sql does not replay:")
        .contains("relation \"customers\" does not exist")
        .contains(
            "\n  remedy: an object is missing that the migrations before this one do not make");
  }

  @Test
  void aSearchPathThatSomethingElseSetsIsToldFromAMissingTable() throws IOException {
    write(
        "V1__shop.sql", "create schema shop;\ncreate table shop.orders (id bigint primary key);\n");
    write("V2__note.sql", "alter table orders add column note text;\n");
    write("V3__more.sql", "select 1;\n");
    CommandLineRun run = lint("V3__more.sql", "V1__shop.sql", "V2__note.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("relation \"orders\" does not exist")
        .contains(
            "\n  remedy: it is there in the schema shop, which is not on the search_path: when something else"
                + " than the migrations sets that, do so in a file under `before:` in .drydock.yml"
                + " (`alter role current_user set search_path = shop, public`)");
  }

  @Test
  void aNameThatNewerServersTookForTheirOwnIsTold() throws IOException {
    write(
        "V1__f.sql",
        "create function f() returns table (json jsonb) language sql as 'select null::jsonb';\n");
    write("V2__more.sql", "select 1;\n");
    CommandLineRun run = lint("V2__more.sql", "V1__f.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "\n  remedy: PostgreSQL 17 and newer have json for a word of their own: when it is the name of a"
                + " function, a parameter or a column of RETURNS TABLE here, replay on the version that production has"
                + " (`engine: postgresql@16` in .drydock.yml)");
  }

  @Test
  void theStandInThatWentWithItsTransactionIsSuspectedTooAndTheLikelierAlone() throws IOException {
    write(
        "V1__maps.sql",
        "create extension vector;\ncreate extension postgis_topology cascade;\nselect topology.createtopology('t');\n");
    write("V2__more.sql", "select 1;\n");
    CommandLineRun run = lint("V2__more.sql", "V1__maps.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "\n  remedy: extension postgis_topology is not in Drydock's PostgreSQL, and the stand-in that took its"
                + " place has not all of it: when that is what is missing");
  }

  @Test
  void anOptionThatOnlyTheRealExtensionKnowsPointsToItsStandIn() throws IOException {
    write(
        "V1__m.sql",
        "create extension timescaledb;\ncreate table m (at timestamptz);\n"
            + "alter table m set (fillfactor = 90, timescaledb.compress);\n");
    write("V2__more.sql", "select 1;\n");
    CommandLineRun run = lint("V2__more.sql", "V1__m.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "\n  remedy: extension timescaledb is not in Drydock's PostgreSQL, and the stand-in");
  }

  @Test
  void aSchemaThatNoMigrationMakesIsMadeForTheAppliedOnesAlone() throws IOException {
    write("V1__a.sql", "create table shop.orders (id bigint primary key);\n");
    write("V2__b.sql", "create table shop.items (id bigint primary key);\n");
    CommandLineRun run = lint("V2__b.sql", "V1__a.sql");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: schema shop is made by no migration before the first that names it, and was made for the replay");
  }

  @Test
  void aTableInASchemaOfTheMissingNameIsNotWhatIsMissing() throws IOException {
    write("V1__a.sql", "grant select on shop to public;\n");
    write("V2__b.sql", "create schema shop;\ncreate table shop.orders (id bigint primary key);\n");
    write("V3__c.sql", "select 1;\n");
    CommandLineRun run = lint("V3__c.sql", "V1__a.sql", "V2__b.sql");

    assertThat(run.err()).contains("relation \"shop\" does not exist").doesNotContain("V2__b.sql");
  }

  @Test
  void whatIsMissingInASchemaIsNotMadeByWhatHasItsNameElsewhere() throws IOException {
    write(
        "V1__a.sql", "create schema auth;\ncreate table m (id uuid references auth.users(id));\n");
    write(
        "V2__b.sql",
        "create table \"users\" (id uuid primary key);\n-- create table auth.users (id uuid);\n");
    write("V3__c.sql", "create table auth.\"users\" (id uuid primary key);\n");
    write("V4__d.sql", "select 1;\n");
    CommandLineRun run = lint("V4__d.sql", "V1__a.sql", "V2__b.sql");

    assertThat(run.err())
        .contains("relation \"auth.users\" does not exist")
        .doesNotContain("V2__b.sql");
    assertThat(lint("V4__d.sql", "V1__a.sql", "V2__b.sql", "V3__c.sql").err())
        .contains("remedy: V3__c.sql makes it, and comes after it by its name");
  }

  @Test
  void aCommentThatWritesDownWhatProductionHadIsNamed() throws IOException {
    write(
        "0000_init.sql",
        """
        -- If you want to run this migration please uncomment this code before executing it
        /*
        CREATE TABLE IF NOT EXISTS "users" ("id" bigint PRIMARY KEY NOT NULL);
        */
        """);
    write("0001_names.sql", "ALTER TABLE \"users\" ADD COLUMN \"name\" text;\n");
    write("0002_more.sql", "select 1;\n");
    CommandLineRun run = lint("0002_more.sql", "0000_init.sql", "0001_names.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "relation \"users\" does not exist",
            "remedy: 0000_init.sql makes it in a comment, which nothing runs");
  }

  @Test
  void aStandInIsNotBlamedForATableNorForWhatLiesOutsideItsSchema() throws IOException {
    for (String sql :
        List.of(
            "create extension supabase_vault;\nselect * from vault.decrypted_secrets;\nselect next_number();\n",
            "create extension postgis;\ncomment on table profiles is 'x';\n")) {
      write("V1__keys.sql", sql);
      write("V2__more.sql", "create table notes (id bigint primary key);\n");
      CommandLineRun run = lint("V2__more.sql", "V1__keys.sql");

      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err())
          .contains("does not exist", "an object is missing")
          .doesNotContain("stand-in");
    }
  }

  @Test
  void aStandInIsNotSuspectedOfASchemaOfAnotherName() throws IOException {
    write("V1__maps.sql", "create extension vector;\nselect realtime.send('{}');\n");
    write("V2__more.sql", "select 1;\n");
    CommandLineRun run = lint("V2__more.sql", "V1__maps.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "\n  remedy: an object is missing that the migrations before this one do not make: when code or a tool"
                + " makes it, give its SQL with `before:` in .drydock.yml, or with `--applied FILE`; when a file"
                + " has the whole schema, lint the new files on what that was at the base (`git show"
                + " BASE:schema.sql > /tmp/schema.sql`, then `drydock lint PENDING --applied /tmp/schema.sql`)");
  }

  @Test
  void aColumnMadeByHandIsAskedForInADump() throws IOException {
    write("V1__shop.sql", SHOP + "update orders set remark = 'none';\n");
    write("V2__more.sql", "select 1;\n");
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "\n  remedy: a column is missing that the migrations before this one do not make: when it was made by"
                + " hand, replay a dump of production's schema in their place (`drydock lint PENDING --applied"
                + " schema.sql`)");
  }

  @Test
  void aBaseOfTemplatesIsToldFromOneOfAnotherDialect() throws IOException {
    write("V2__note.sql", "select 1;\n");
    for (String name : List.of("{{ .Schema }}.orders", "{schema}.orders")) {
      write("V1__shop.sql", "create table %s (id bigint primary key);\n".formatted(name));
      CommandLineRun run = lint("V2__note.sql", "V1__shop.sql");

      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err())
          .contains(
              "\n  remedy: it is a template that its tool fills in: render the migrations, and lint what comes out");
    }
    write("V1__shop.sql", "select {d '2020-01-01'} from a where b = '{c}';\n");
    assertThat(lint("V2__note.sql", "V1__shop.sql").err()).contains("check the dialect");
  }

  @Test
  void whatProductionMustHaveHadIsMadeForTheAppliedMigrationsAndSaid() throws IOException {
    write(
        "V1__a.sql",
        """
        create table notes (id bigint primary key, body text);
        create index notes_body on notes using gin (body gin_trgm_ops);
        revoke all on database "shop" from public;
        """);
    write("V2__b.sql", "create table more (id bigint primary key);\n");
    CommandLineRun run = lint("V2__b.sql", "V1__a.sql");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: extension pg_trgm is installed by no migration before the first that needs it, and was installed for the replay")
        .contains("note: database shop does not exist in the replay and was made for it");
  }

  @Test
  void aTableOfAnotherSchemaIsNotTheOneThatIsMissing() throws IOException {
    write("V1__a.sql", "alter table orders add column note text;\n");
    write("V2__b.sql", "create schema shop;\ncreate table shop.orders (id bigint primary key);\n");
    write("V3__c.sql", "select 1;\n");
    CommandLineRun run = lint("V3__c.sql", "V1__a.sql", "V2__b.sql");

    assertThat(run.err())
        .contains("relation \"orders\" does not exist")
        .doesNotContain("V2__b.sql");
  }

  @Test
  void aCommentInThePlaceOfASchemaIsATemplate() throws IOException {
    write("V1__a.sql", "create index i on /* SCHEMA */.\"notes\" (id);\n");
    write("V2__b.sql", "select 1;\n");
    CommandLineRun run = lint("V2__b.sql", "V1__a.sql");

    assertThat(run.err()).contains("it is a template that its tool fills in");
  }
}
