package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TernTest {
  private static final String BOTH =
      "create table a ();\n\n---- create above / drop below ----\n\ndrop table a;\n";

  private static Migration only(String text) {
    return Tree.empty()
        .with("db/tern.conf", "[database]\n")
        .with("db/001_a.sql", text)
        .history()
        .applied()
        .getFirst();
  }

  @Test
  void aMarkStandsBetweenTheDirections() {
    History history = Tree.empty().with("db/2_b.sql", BOTH).with("db/010_a.sql", BOTH).history();

    assertThat(history.layout()).isEqualTo("tern");
    assertThat(Tree.versions(history.applied())).containsExactly("2", "010");
    Migration migration = history.applied().getFirst();
    assertThat(migration.up().text()).isEqualTo("create table a ();\n\n");
    assertThat(migration.down().map(Script::text)).contains("\n\ndrop table a;\n");
    assertThat(migration.transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(history.prelude()).startsWith("CREATE TABLE public.schema_version (");
  }

  @Test
  void withoutAMarkAllOfItGoesForward() {
    Migration migration = only("drop table a;\n");

    assertThat(migration.up().text()).isEqualTo("drop table a;\n");
    assertThat(migration.down()).isEmpty();
  }

  @Test
  void theLibraryOrTheSettingsTellWhereNoFileHasAMark() {
    Tree tree = Tree.empty().having("api/migrations/1_a.sql");

    assertThat(tree.history().layout()).isEqualTo("plain");
    assertThat(tree.having("api/migrations/tern.conf").history().layout()).isEqualTo("tern");
    assertThat(tree.having("tern.conf").history().layout()).isEqualTo("tern");
    Tree module = tree.with("api/go.mod", "require github.com/jackc/tern/v2 v2.1.1\n");
    assertThat(module.history().layout()).isEqualTo("tern");
    assertThat(module.having("api/migrations/2_b.up.sql").history().layout()).isNotEqualTo("tern");
  }

  @Test
  void aLineTakesTheTransactionAway() {
    String line = "---- tern: disable-tx ----";

    assertThat(only(line + "\nselect 1;\n").transaction()).isEqualTo(Transaction.NONE);
    assertThat(only("select 1;\n" + line).transaction()).isEqualTo(Transaction.NONE);
    assertThat(only("-- " + line + "\nselect 1;\n").transaction())
        .isEqualTo(Transaction.PER_MIGRATION);
    assertThat(only(BOTH + line + "\n").transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(only(line + "\r\nselect 1;\r\n").transaction()).isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void aFixPutsThatLineAtTheTop() {
    Migration migration = only("select 1;\r\n");
    Migration marked =
        Layouts.byId("tern")
            .orElseThrow()
            .outsideTransaction(migration, new SourceFile(Path.of("db/001_a.sql"), "select 2;\r\n"))
            .orElseThrow();

    assertThat(marked.file().text()).isEqualTo("---- tern: disable-tx ----\nselect 2;\r\n");
    assertThat(marked.transaction()).isEqualTo(Transaction.NONE);
  }

  @Test
  void aTemplateIsToldAndNotSentAsItStands() {
    Tree base = Tree.empty().with("db/1_a.sql", BOTH);
    Tree head =
        base.with("db/2_b.sql", "grant select on a to {{.reader}};\n")
            .with("db/3_c.sql", BOTH + "grant select on a to {{.reader}};\n");

    History history = base.to(head);

    assertThat(Tree.versions(history.pending())).containsExactly("3");
    assertThat(Tree.problems(history)).containsExactly("not-sql db/2_b.sql:1:1 [2]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "It is a Go template, which tern fills in and Drydock does not: what it changes is missing from the replay, and a later migration may fail for that.");
  }

  @Test
  void whatItRefusesIsTold() {
    Tree base =
        Tree.empty()
            .with("db/1_a.sql", BOTH)
            .with("db/2_b.sql", BOTH)
            .with("db/3_c.sql", BOTH.replace(" a", " c"));
    Tree head =
        base.without("db/1_a.sql")
            .with("db/2_b.sql", BOTH.replace("drop table", "drop TABLE"))
            .with("db/3_c.sql", BOTH)
            .with("db/3_d.sql", "alter table c add d text;\n")
            .with("db/6_f.sql", "select 6;\n")
            .with("db/7_g.sql", "select 7;\n")
            .having("db/four.sql", "db/shared/view.sql");

    History history = base.to(head);

    assertThat(Tree.problems(history))
        .containsExactly(
            "deleted db/1_a.sql:1:1 [1]",
            "edited db/3_c.sql:1:1 [3]",
            "duplicate-version db/3_d.sql:1:1 [3]",
            "gap db/6_f.sql:1:1 [6]",
            "ignored db/four.sql:1:1 [four.sql]");
    assertThat(history.problems())
        .extracting(Integrity::detail)
        .containsExactly(
            "tern refuses to start where a number is missing, and to migrate databases that are past the last one.",
            "tern keeps no checksum and does not run it again there.",
            "db/3_c.sql has the same version: tern refuses to start.",
            "There is no 5: tern refuses to start.",
            "tern runs files named <number>_<name>.sql: tern passes over it without a word.");
  }
}
