package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Migration;
import dev.drydock.sql.Statement;
import dev.drydock.sql.Statements;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PsqlIncludesTest {
  private static List<String> run(Tree tree) {
    Migration migration = tree.history().applied().getFirst();
    return Statements.of(migration, Optional.empty()).list().stream()
        .map(
            statement ->
                "%s:%d %s"
                    .formatted(
                        statement.location().file(),
                        statement.location().startLine(),
                        statement.text()))
        .toList();
  }

  @Test
  void theFilesThatPsqlReadsAreRunWhereTheyAreNamed() {
    Tree tree =
        Tree.empty()
            .with(
                "db/migrations/1_a.sql",
                "begin;\n\\ir inc/b.sql\n\\i db/types.psql\nselect 'a';\ncommit;\n")
            .with("db/migrations/inc/b.sql", "select 'b';\n\\ir ../c.sql\n\\q\nselect 'not';\n")
            .with("db/migrations/c.sql", "\n\nselect 'c'")
            .with("db/types.psql", "select 'types';");

    assertThat(run(tree))
        .containsExactly(
            "db/migrations/1_a.sql:1 begin",
            "db/migrations/inc/b.sql:1 select 'b'",
            "db/migrations/c.sql:3 select 'c'",
            "db/migrations/inc/b.sql:3 \\q",
            "db/types.psql:1 select 'types'",
            "db/migrations/1_a.sql:4 select 'a'",
            "db/migrations/1_a.sql:5 commit");
    assertThat(
            Statements.of(tree.history().applied().getFirst(), Optional.empty()).list().stream()
                .map(Statement::index))
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void whatIsNotInTheTreeStaysACommand() {
    assertThat(
            run(
                Tree.empty()
                    .with("migrations/1_a.sql", "\\ir ../../etc/passwd\n\\i /etc/passwd\n")))
        .containsExactly(
            "migrations/1_a.sql:1 \\ir ../../etc/passwd", "migrations/1_a.sql:2 \\i /etc/passwd");
  }

  @Test
  void aFileThatNamesItselfEnds() {
    assertThat(run(Tree.empty().with("migrations/1_a.sql", "select 1;\n\\ir 1_a.sql\n")))
        .hasSize(12)
        .last()
        .isEqualTo("migrations/1_a.sql:2 \\ir 1_a.sql");
  }

  @Test
  void toolsThatRunNoPsqlReadNoOtherFile() {
    Tree tree =
        Tree.empty()
            .with("db/migration/V1__a.sql", "\\ir b.sql\n")
            .with("db/migration/b.sql", "select 1;");

    assertThat(run(tree)).containsExactly("db/migration/V1__a.sql:1 \\ir b.sql");
  }

  @Test
  void whatIsReadSoIsNotIgnored() {
    String plan = "%project=shop\n\na 2024-01-01T00:00:00Z A <a@b.c>\n";
    Tree base =
        Tree.empty()
            .with("sqitch.conf", "[core]\n\tengine = pg\n")
            .with("sqitch.plan", plan)
            .having("deploy/a.sql");
    Tree head =
        base.with("sqitch.plan", plan + "b 2024-01-02T00:00:00Z A <a@b.c>\n")
            .having("deploy/types.sql");

    assertThat(base.to(head.with("deploy/b.sql", "\\ir types.sql")).problems()).isEmpty();
    assertThat(base.to(head.having("deploy/b.sql")).problems()).hasSize(1);
  }
}
