package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import org.junit.jupiter.api.Test;

class MyBatisTest {
  private static final String BOTH =
      "-- // add orders\ncreate table orders ();\n\n-- //@UNDO\ndrop table orders;\n";

  private static Tree project() {
    return Tree.empty()
        .with("db/scripts/20240101_create_changelog.sql", BOTH)
        .having("db/scripts/20240102_b.sql");
  }

  @Test
  void oneFileHasBothDirections() {
    History history = project().having("db/scripts/9.sql").history();

    assertThat(history.layout()).isEqualTo("mybatis");
    assertThat(Tree.versions(history.applied())).containsExactly("9", "20240101", "20240102");
    Migration changelog = history.applied().get(1);
    assertThat(changelog.description()).isEqualTo("create changelog");
    assertThat(changelog.up().text()).isEqualTo("-- // add orders\ncreate table orders ();\n\n");
    assertThat(changelog.down().orElseThrow().text()).isEqualTo("\ndrop table orders;\n");
    assertThat(changelog.transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(history.prelude()).isEmpty();
  }

  @Test
  void theWayBackIsNoEdit() {
    Tree base = project();
    assertThat(
            base.to(
                    base.with(
                        "db/scripts/20240101_create_changelog.sql",
                        BOTH.replace("drop table orders", "drop table if exists orders")))
                .problems())
        .isEmpty();
  }

  @Test
  void bootstrapComesFirstAndWhatIsForFailuresIsLeftOut() {
    Tree base = project();
    Tree head = base.having("db/scripts/bootstrap.sql", "db/scripts/onabort.sql");

    assertThat(Tree.versions(head.history().applied()))
        .containsExactly("bootstrap", "20240101", "20240102");
    assertThat(base.to(head).problems()).isEmpty();
  }

  @Test
  void theSettingsOfTheEnvironmentSayHowItRuns() {
    Tree tree =
        project()
            .with(
                "db/environments/development.properties",
                "url=jdbc:mysql://localhost/shop\nauto_commit=false\n")
            .with(
                "db/environments/production.properties",
                "driver=org.postgresql.Driver\nauto_commit=true\nchangelog=done\nowner=shop\n")
            .with(
                "db/scripts/20240103_c.sql",
                "select '${later}', 1; alter table a owner to ${owner};");
    History history = tree.history();

    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(history.applied()).allMatch(m -> m.transaction() == Transaction.NONE);
    assertThat(history.placeholders().orElseThrow().values())
        .containsOnlyKeys("changelog", "owner", "later")
        .containsEntry("changelog", "done")
        .containsEntry("later", "${later}");
    assertThat(
            tree.with(
                    "db/environments/production.properties",
                    "auto_commit=true\nsend_full_script=true\n")
                .history()
                .applied())
        .allMatch(migration -> migration.transaction() == Transaction.IMPLICIT);
  }

  @Test
  void aProjectThatWasSetUpNeedsNoMark() {
    Tree tree =
        Tree.empty()
            .having("db/scripts/1_a.sql", "db/scripts/1.5_b.sql", "db/scripts/1.25_c.sql")
            .with("db/environments/development.properties", "changelog=CHANGELOG\n");

    assertThat(tree.history().layout()).isEqualTo("mybatis");
    assertThat(Tree.versions(tree.history().applied())).containsExactly("1", "1.25", "1.5");
  }

  @Test
  void whatItNeverRunsOrRefusesIsTold() {
    Tree base = project().with("db/environments/development.properties", "");

    History history =
        base.to(
            base.with("db/scripts/20240102_b.sql", "select 1;")
                .having("db/scripts/1_late.sql", "db/scripts/notes.sql")
                .having("db/scripts/20240104_x.sql", "db/scripts/20240104_y.sql"));

    assertThat(Tree.problems(history))
        .containsExactly(
            "out-of-order db/scripts/1_late.sql:1:1 [1]",
            "edited db/scripts/20240102_b.sql:1:1 [20240102]",
            "duplicate-version db/scripts/20240104_x.sql:1:1 [20240104]",
            "duplicate-version db/scripts/20240104_y.sql:1:1 [20240104]",
            "ignored db/scripts/notes.sql:1:1 [notes.sql]");
    assertThat(history.problems())
        .extracting(Integrity::detail)
        .contains(
            "MyBatis Migrations runs files named <number>_<name>.sql: it refuses to start.",
            "MyBatis Migrations keeps no checksum and does not run it again there.");
  }

  @Test
  void aNewNameUnderItsNumberIsTheSameMigration() {
    Tree base = project();
    History history =
        base.to(
            base.without("db/scripts/20240101_create_changelog.sql")
                .with("db/scripts/20240101_changelog.sql", BOTH));

    assertThat(history.pending()).isEmpty();
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void aFileThatWasWrittenForLiquibaseDoesNotMakeItThat() {
    assertThat(
            project()
                .with("db/scripts/20240103_c.sql", "--liquibase formatted sql\n--changeset a:1\n")
                .history()
                .layout())
        .isEqualTo("mybatis");
  }

  @Test
  void aScriptMayChooseWhatEndsAStatement() {
    String text =
        """
        -- // a function
        create table a (id int);
        -- @DELIMITER !!
        create function f() returns int language plpgsql as $$
        begin return 1; end $$
        !!
        select 1!! select 2
        -- //@DELIMITER ;
        select '!!';
        -- // @UNDO
        drop function f()!!
        """;
    Migration migration =
        project().with("db/scripts/20240103_f.sql", text).history().applied().getLast();

    assertThat(migration.up().text())
        .isEqualTo(
            """
            -- // a function
            create table a (id int);
            -- @DELIMITER !!
            create function f() returns int language plpgsql as $$
            begin return 1; end $$
            ;\s
            select 1;         \s
            -- //@DELIMITER ;
            select '!!';
            """);
    assertThat(migration.file().text()).isEqualTo(text);
  }
}
