package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PrismaTest {
  private static final String DIR = "prisma/migrations/";

  private static Tree lock(String provider) {
    return Tree.empty()
        .with(DIR + "migration_lock.toml", "# no\nprovider = \"%s\"\n".formatted(provider));
  }

  @Test
  void theNameOfTheDirectoryIsTheVersion() {
    History history =
        lock("postgresql")
            .having(
                DIR + "20240102000000_b/migration.sql",
                DIR + "20240101000000_add_users/migration.sql",
                DIR + "0_init/migration.sql")
            .history();

    assertThat(history.layout()).isEqualTo("prisma");
    assertThat(history.directory()).isEqualTo(Path.of("prisma/migrations"));
    assertThat(Tree.versions(history.applied()))
        .containsExactly("0_init", "20240101000000_add_users", "20240102000000_b");
    assertThat(history.applied().get(1).description()).isEqualTo("add users");
    assertThat(history.applied().get(1).transaction()).isEqualTo(Transaction.IMPLICIT);
    assertThat(history.prelude()).startsWith("CREATE TABLE _prisma_migrations (");
  }

  @Test
  void theLockFileNamesTheDatabase() {
    String file = DIR + "20240101000000_a/migration.sql";

    assertThat(lock("mysql").having(file).history().dialect()).isEqualTo(Dialect.MYSQL);
    assertThat(lock("sqlite").having(file).history().dialect()).isEqualTo(Dialect.SQLITE);
    assertThat(lock("sqlserver").having(file).history().dialect()).isEqualTo(Dialect.OTHER);
    assertThat(Tree.empty().having(file).history().dialect()).isEqualTo(Dialect.POSTGRESQL);
  }

  @Test
  void lineEndsDoNotCountAndCommentsDo() {
    String file = DIR + "20240101000000_a/migration.sql";
    Tree base = lock("postgresql").with(file, "select 1;\n");

    assertThat(base.to(base.with(file, "select 1;\r\n")).problems()).isEmpty();
    assertThat(Tree.problems(base.to(base.with(file, "select 1;\n-- x\n"))))
        .containsExactly("edited " + file + ":2:1 [20240101000000_a]");
  }

  @Test
  void whereDirectoriesWithoutAScriptWereThereBeforeAnotherToolLooksAtThem() {
    Tree base =
        lock("postgresql")
            .having(DIR + "20240101000000_a/migration.sql", DIR + "20240102000000_b/migration.ts");

    assertThat(base.to(base.having(DIR + "20240103000000_c/migration.ts")).problems()).isEmpty();
  }

  @Test
  void aScriptUnderAnotherNameIsIgnoredUnlessItIsTheWayBack() {
    Tree base = lock("postgresql").having(DIR + "20240101000000_a/migration.sql");

    History history =
        base.to(
            base.having(
                DIR + "20240102000000_b/migrations.sql",
                DIR + "20240101000000_a/down.sql",
                DIR + "notes.md"));

    assertThat(Tree.problems(history))
        .containsExactly(
            "missing " + DIR + "20240102000000_b/migrations.sql:1:1 [20240102000000_b]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "Prisma takes each directory for a migration, and migrate deploy stops at one without migration.sql (P3015).");
    assertThat(history.pending()).isEmpty();
  }

  @Test
  void aRenamedDirectoryIsRunAgain() {
    Tree base = lock("postgresql").with(DIR + "20240101000000_a/migration.sql", "create table a;");

    History history =
        base.to(
            base.without(DIR + "20240101000000_a/migration.sql")
                .with(DIR + "20240101000000_b/migration.sql", "create table a;"));

    assertThat(Tree.problems(history))
        .containsExactly(
            "renamed " + DIR + "20240101000000_b/migration.sql:1:1 [20240101000000_b]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "At the base it is prisma/migrations/20240101000000_a/migration.sql: Prisma knows a migration by the name of its directory, so databases that ran it under the old name run it again.");
    assertThat(Tree.versions(history.pending())).containsExactly("20240101000000_b");
  }

  @Test
  void aFileBesideTheScriptIsIgnored() {
    Tree base = lock("postgresql").with(DIR + "20240101000000_a/migration.sql", "create table a;");

    assertThat(Tree.problems(base.to(base.having(DIR + "20240101000000_a/more.sql"))))
        .containsExactly("ignored " + DIR + "20240101000000_a/more.sql:1:1 [more.sql]");
  }
}
