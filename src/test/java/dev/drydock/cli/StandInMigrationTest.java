package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SQL that a user puts in the place of a migration in SQL. */
class StandInMigrationTest extends InDirectory {
  private static final String NEVER_RUN = "migrations/2_add.sql";

  @BeforeEach
  void aFileThatIsNeverRun() {
    write("migrations/1_shop.sql", SHOP);
    write(NEVER_RUN, "alter table customers add column name text;\n");
    write("migrations/2_added.sql", "alter table orders add column name text;\n");
    write("migrations/3_new.sql", "alter table orders add column state text;\n");
  }

  @Test
  void theFailureNamesTheOtherFileOfTheVersionAndTheWayOut() {
    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "remedy: migrations/2_added.sql has the same version: when production ran only that one,"
                + " name an empty file in the place of this under `stand-ins:` in .drydock.yml"
                + " (`migrations/2_add.sql: path/to/empty.sql`).\n  Otherwise: ");
  }

  @Test
  void filesOfOneNumberAreNoAlternativesToAToolThatGoesByTheName() {
    write("migrations/2_add.sql", "");
    write("migrations/2_added.sql", "");
    write("migrations/1_shop.sql", "-- +migrate Up\n" + SHOP);
    write("migrations/2_a.sql", "-- +migrate Up\ncreate table a (id bigint primary key);\n");
    write("migrations/2_b.sql", "-- +migrate Up\nalter table nowhere add column name text;\n");
    write("migrations/3_new.sql", "-- +migrate Up\nalter table orders add column state text;\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.err()).contains("relation \"nowhere\" does not exist");
    assertThat(run.err()).doesNotContain("has the same version");
  }

  @Test
  void theFailureNamesTheMigrationThatMakesTheSame() {
    write(NEVER_RUN, "create table refunds (id bigint primary key);\n");
    write("migrations/2_added.sql", "select 1;\n");
    write("migrations/3_new.sql", "create table refunds (id bigint primary key);\n");
    write("migrations/4_newest.sql", "create table receipts (id bigint primary key);\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "remedy: migrations/2_add.sql makes it too: when production ran only one of them, name an"
                + " empty file in the place of the other under `stand-ins:` in .drydock.yml"
                + " (`migrations/3_new.sql: path/to/empty.sql`).\n  Otherwise: ");
  }

  @Test
  void theFailureOfAStatementThatNeedsRowsSaysSo() {
    write(NEVER_RUN, "do $$ begin for i in 1..null loop null; end loop; end $$;\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "production had rows then that the replay has not: when the statement needs them");
  }

  @Test
  void aLocaleThatTheSystemHasNotIsNoQuestionOfRows() {
    write(NEVER_RUN, "create collation swiss (provider = libc, locale = 'gsw_ZZ.utf8');\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "Otherwise: the system that Drydock's PostgreSQL runs on has no such locale: replay on a server that has it"
                + " (`--database postgresql://…`), or name SQL that makes the same with the locale C in its place"
                + " under `stand-ins:` in .drydock.yml");
  }

  /** A trigger that asks for a setting of the application's sessions, and finds none. */
  @Test
  void theFailureThatTheSqlRaisesItselfIsOfRowsOrOfASetting() {
    write(
        NEVER_RUN,
        "do $$ begin if current_setting('app.user', true) is null then"
            + " raise exception 'cannot edit without a user'; end if; end $$;\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "SQL of the migrations raised that itself, for production had rows or settings that the replay has not: make a setting in a file under `before:`");
  }

  @Test
  void theStandInIsRunInItsPlace() {
    write("empty.sql", "");
    write(".drydock.yml", "stand-ins:\n  migrations/2_add.sql: empty.sql\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("3 applied migrations replayed");
  }

  @Test
  void newSqlIsJudgedAsItIs() {
    write("empty.sql", "");
    write(
        ".drydock.yml",
        "stand-ins:\n  migrations/2_add.sql: empty.sql\n  migrations/3_new.sql: empty.sql\n");
    write("migrations/3_new.sql", "drop table orders;\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("warning[table-drop]")
        .contains("migrations/3_new.sql is new SQL and was run as it is");
  }

  @Test
  void oneInTheRootIsSaidToo() throws Exception {
    for (String name : List.of("1_shop.sql", "2_add.sql", "2_added.sql", "3_new.sql")) {
      Files.move(directory.resolve("migrations").resolve(name), directory.resolve(name));
    }
    write("3_new.sql", "drop table orders;\n");
    write("other/empty.sql", "");
    write(
        ".drydock.yml",
        "stand-ins:\n  2_add.sql: other/empty.sql\n  3_new.sql: other/empty.sql\n"
            + "  readme.txt: other/empty.sql\n  other/2_x.sql: other/empty.sql\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.out().replaceAll("\\s+", " "))
        .as(run.err())
        .contains("3_new.sql is new SQL and was run as it is")
        .contains(
            "readme.txt, which `stand-ins:` in .drydock.yml names, is none of the migrations in the root,")
        .doesNotContain("other/2_x.sql");
  }

  @Test
  void oneForAFileThatIsNoMigrationIsSaid() {
    write("empty.sql", "");
    write(
        ".drydock.yml",
        "stand-ins:\n  migrations/2_add.sql: empty.sql\n  migrations/readme.txt: empty.sql\n");

    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "migrations/readme.txt, which `stand-ins:` in .drydock.yml names, is none of the"
                + " migrations in migrations, so nothing was put in its place");
  }
}
