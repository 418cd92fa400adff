package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever is wrong with what Drydock is given or with the machine, it says so and leaves nothing.
 */
@Timeout(300)
class BadInputTest extends InDirectory {
  @Test
  void withoutAGitRepositoryItSaysHowToDoWithoutOne() {
    CommandLineRun run = run("lint");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("is not in a git repository, so there is no change to compare")
        .contains("name the pending files");
  }

  @Test
  void withoutMigrationsItSaysWhereItLooked() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("README.md", "nothing here\n").commit("start");
      CommandLineRun run = run("lint", "--base", "HEAD");

      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err())
          .isEqualTo(
              "drydock: no migrations were found under %s. Name their directory with --dir, or the files themselves.\n"
                  .formatted(repository.repository().getWorkTree()));
    }
  }

  @Test
  void noChangeIsOneLine() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("migrations/V1__shop.sql", SHOP).commit("start");
      CommandLineRun run = run("lint", "--base", "HEAD");

      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo("passed: no pending migrations; drydock 0.1.0-SNAPSHOT\n");
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void aNameInAMessageIsNoCommandToARunner() throws IOException {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("README.md", "x").commit("start");
      String name = "a\n::add-mask::x\n##[error]y\u001b[2J/migrations/1_a.up.sql";
      repository.write(name, new byte[] {(byte) 0xff});
      CommandLineRun run = run("lint", "--base", "HEAD");

      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err())
          .contains("\\u003a:add-mask::x\n\\u0023#[error]y\\u001b[2J/migrations/1_a.up.sql")
          .doesNotContain("\n::", "##[", "\u001b");
    }
  }

  @Test
  void aFileThatIsNotTextIsNamed() throws IOException {
    write("V1__shop.sql", SHOP);
    Files.write(
        directory.resolve("V2__latin.sql"), "select 'é';".getBytes(StandardCharsets.ISO_8859_1));
    CommandLineRun run = run("lint", "V2__latin.sql", "--applied", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("V2__latin.sql").contains("UTF-8");
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    CommandLineRun run = run("lint", "V2__gone.sql");

    assertThat(run.status()).isIn(2, 3);
    assertThat(run.err()).contains("V2__gone.sql").doesNotContain("bug in Drydock");
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
    CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__shop.sql");

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
    CommandLineRun run =
        run("lint", "V3__more.sql", "--applied", "V1__shop.sql", "--applied", "V2__note.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("relation \"orders\" does not exist")
        .contains(
            "\n  remedy: it is there in the schema shop, which is not on the search_path: when something else"
                + " than the migrations sets that, do so in a file under `before:` in .drydock.yml"
                + " (alter role current_user set search_path = shop, public)");
  }

  @Test
  void theStandInThatWentWithItsTransactionIsSuspectedTooAndTheLikelierAlone() throws IOException {
    write(
        "V1__maps.sql",
        "create extension vector;\ncreate extension postgis_topology cascade;\nselect topology.createtopology('t');\n");
    write("V2__more.sql", "select 1;\n");
    CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__maps.sql");

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
    CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__m.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "\n  remedy: extension timescaledb is not in Drydock's PostgreSQL, and the stand-in");
  }

  @Test
  void aSchemaThatNoMigrationMakesIsMadeForTheAppliedOnesAlone() throws IOException {
    write("V1__a.sql", "create table shop.orders (id bigint primary key);\n");
    write("V2__b.sql", "create table shop.items (id bigint primary key);\n");
    CommandLineRun run = run("lint", "V2__b.sql", "--applied", "V1__a.sql");

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
    CommandLineRun run =
        run("lint", "V3__c.sql", "--applied", "V1__a.sql", "--applied", "V2__b.sql");

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
    CommandLineRun run =
        run("lint", "V4__d.sql", "--applied", "V1__a.sql", "--applied", "V2__b.sql");

    assertThat(run.err())
        .contains("relation \"auth.users\" does not exist")
        .doesNotContain("V2__b.sql");
    assertThat(
            run(
                    "lint",
                    "V4__d.sql",
                    "--applied",
                    "V1__a.sql",
                    "--applied",
                    "V2__b.sql",
                    "--applied",
                    "V3__c.sql")
                .err())
        .contains("remedy: V3__c.sql makes it, and comes after it by its name");
  }

  @Test
  void theLaterMigrationThatMakesWhatIsMissingIsNamed() throws IOException {
    write("V1__rights.sql", "grant select on public.reviews to public;\n");
    write(
        "V2__reviews.sql", "create table if not exists public.reviews (id bigint primary key);\n");
    write("V3__more.sql", "select 1;\n");
    CommandLineRun run =
        run("lint", "V3__more.sql", "--applied", "V1__rights.sql", "--applied", "V2__reviews.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "relation \"public.reviews\" does not exist",
            "remedy: V2__reviews.sql makes it, and comes after it by its name: production ran them in another"
                + " order. Name the files in that order, or give what is missing in a file under `before:` in"
                + " .drydock.yml");
  }

  @Test
  void aStandInIsNotBlamedForATableNorForWhatLiesOutsideItsSchema() throws IOException {
    for (String sql :
        List.of(
            "create extension supabase_vault;\nselect * from vault.decrypted_secrets;\nselect next_number();\n",
            "create extension postgis;\ncomment on table profiles is 'x';\n")) {
      write("V1__keys.sql", sql);
      write("V2__more.sql", "create table notes (id bigint primary key);\n");
      CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__keys.sql");

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
    CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__maps.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "\n  remedy: an object is missing that the migrations before this one do not make: when code or a tool"
                + " makes it, give its SQL with `before:` in .drydock.yml, or with --applied FILE; when a file"
                + " has the whole schema, lint the new files on what that was at the base (git show"
                + " BASE:schema.sql > /tmp/schema.sql; drydock lint PENDING --applied /tmp/schema.sql)");
  }

  @Test
  void aColumnMadeByHandIsAskedForInADump() throws IOException {
    write("V1__shop.sql", SHOP + "update orders set remark = 'none';\n");
    write("V2__more.sql", "select 1;\n");
    CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "\n  remedy: a column is missing that the migrations before this one do not make: when it was made by"
                + " hand, replay a dump of production's schema in their place (drydock lint PENDING --applied"
                + " schema.sql)");
  }

  @Test
  void aBaseOfTemplatesIsToldFromOneOfAnotherDialect() throws IOException {
    write("V2__note.sql", "select 1;\n");
    for (String name : List.of("{{ .Schema }}.orders", "{schema}.orders")) {
      write("V1__shop.sql", "create table %s (id bigint primary key);\n".formatted(name));
      CommandLineRun run = run("lint", "V2__note.sql", "--applied", "V1__shop.sql");

      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err())
          .contains(
              "\n  remedy: it is a template that its tool fills in: render the migrations, and lint what comes out");
    }
    write("V1__shop.sql", "select {d '2020-01-01'} from a where b = '{c}';\n");
    assertThat(run("lint", "V2__note.sql", "--applied", "V1__shop.sql").err())
        .contains("check the dialect");
  }

  @Test
  void aPendingMigrationThatFailsIsAFindingWhereTheServerPoints() throws IOException {
    write("V1__shop.sql", SHOP);
    write("V2__more.sql", "-- more\nalter table orders\n  add column total nummeric;\n");
    CommandLineRun run = run("lint", "V2__more.sql", "--applied", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("error[migration-fails]: ALTER TABLE fails: type \"nummeric\" does not exist.")
        .contains(" --> V2__more.sql:3:20\n");
  }

  @Test
  void withoutServerBinariesItSaysHowToGetThem() throws IOException {
    write("V1__shop.sql", SHOP);
    CommandLineRun run =
        run(
            Map.of("os.name", "Windows 11", "user.home", directory.toString()),
            "lint",
            "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("there are no PostgreSQL 17 binaries for windows-")
        .contains("mvn dependency:get")
        .contains("--database");
  }

  @Test
  void aSocketPathThatIsTooLongIsToldWithItsLength() throws IOException {
    write("V1__shop.sql", SHOP);
    Path deep = Files.createDirectories(temporary.resolve("d".repeat(90)));
    CommandLineRun run = run(Map.of("TMPDIR", deep.toString()), "lint", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("the path for the server's socket has")
        .contains("set TMPDIR to a shorter path");
    assertThat(deep).isEmptyDirectory();
  }

  @Test
  void aDirectoryForRunsThatIsNotThereIsNamed() throws IOException {
    write("V1__shop.sql", SHOP);
    CommandLineRun run =
        run(Map.of("TMPDIR", temporary.resolve("gone").toString()), "lint", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains(temporary.resolve("gone").toString()).contains("TMPDIR");
  }

  @Test
  void aNameThatTheCharacterSetCannotWriteMattersOnlyToAMigration() throws Exception {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("migrations/V1__shop.sql", SHOP).commit("start");
      repository.write("käse/brie.txt", "ripe\n").write("öl.txt", "\n");

      assertThat(plain("lint", "--base", "HEAD")).contains("passed: no pending migrations");

      repository.write("migrations/V2__öl.sql", "select 1;\n");

      assertThat(plain("lint", "--base", "HEAD"))
          .contains("has a name that this system's character set cannot write")
          .contains("Set LC_ALL=C.UTF-8.");
    }
  }

  /** What the program says in a process of its own, on a system that knows ASCII alone. */
  private String plain(String... arguments) throws Exception {
    Path log = temporary.resolveSibling(temporary.getFileName() + ".log");
    ProcessBuilder builder = program(arguments).redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", "C");
    try {
      assertThat(builder.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
      return Files.readString(log);
    } finally {
      Files.delete(log);
    }
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
    CommandLineRun run = run("lint", "V2__b.sql", "--applied", "V1__a.sql");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: extension pg_trgm is installed by no migration before the first that needs it, and was installed for the replay")
        .contains("note: database shop does not exist in the replay and was made for it");
  }

  @Test
  void rightsOnTheDatabaseByItsNameDoNotFailAPendingMigration() throws IOException {
    write("V1__a.sql", "create table notes (id bigint primary key);\n");
    write("V2__b.sql", "revoke all on database postgres from public;\n");
    CommandLineRun run = run("lint", "V2__b.sql", "--applied", "V1__a.sql");

    assertThat(run.out()).doesNotContain("migration-fails");
  }

  @Test
  void aTableOfAnotherSchemaIsNotTheOneThatIsMissing() throws IOException {
    write("V1__a.sql", "alter table orders add column note text;\n");
    write("V2__b.sql", "create schema shop;\ncreate table shop.orders (id bigint primary key);\n");
    write("V3__c.sql", "select 1;\n");
    CommandLineRun run =
        run("lint", "V3__c.sql", "--applied", "V1__a.sql", "--applied", "V2__b.sql");

    assertThat(run.err())
        .contains("relation \"orders\" does not exist")
        .doesNotContain("V2__b.sql");
  }

  @Test
  void aCommentInThePlaceOfASchemaIsATemplate() throws IOException {
    write("V1__a.sql", "create index i on /* SCHEMA */.\"notes\" (id);\n");
    write("V2__b.sql", "select 1;\n");
    CommandLineRun run = run("lint", "V2__b.sql", "--applied", "V1__a.sql");

    assertThat(run.err()).contains("it is a template that its tool fills in");
  }
}
