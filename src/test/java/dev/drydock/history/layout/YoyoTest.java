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

class YoyoTest {
  private static final Tree SET_UP = Tree.empty().with("yoyo.ini", "[DEFAULT]\nsources = ./db\n");

  private static Migration only(String text) {
    return SET_UP.with("db/a.sql", text).history().applied().getFirst();
  }

  @Test
  void namesPutThemInOrderAfterWhatEachDependsOn() {
    Tree tree =
        Tree.empty()
            .with("m/0001.alter.sql", "-- Adds a note\n-- depends: 0001.create\n-- depends:\n")
            .with("m/0001.create.sql", "--\n-- depends:\n\ncreate table a ();\n-- depends: 9\n")
            .with("m/0001.create.rollback.sql", "drop table a;\n")
            .with("m/0000.view.sql", "-- depends: 0001.alter 0001.create\n");
    History history = tree.history();

    assertThat(history.layout()).isEqualTo("yoyo");
    assertThat(Tree.versions(history.applied()))
        .containsExactly("0001.create", "0001.alter", "0000.view");
    assertThat(history.applied().getFirst().down().map(Script::text)).contains("drop table a;\n");
    assertThat(history.applied().getFirst().transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(history.prelude()).contains("CREATE TABLE _yoyo_migration (");
  }

  @Test
  void theSettingsNameTheDirectoryOrTheLibraryIsThereAndItIsNamedForMigrations() {
    assertThat(SET_UP.having("db/a.sql").history().layout()).isEqualTo("yoyo");
    assertThat(SET_UP.having("migrations/1_a.sql").history().layout()).isEqualTo("plain");
    Tree container = Tree.empty().with("yoyo.ini", "sources = /app/migrations\n");
    assertThat(container.having("db/migrations/1_a.sql").history().layout()).isEqualTo("yoyo");
    Tree python = Tree.empty().with("requirements.txt", "yoyo-migrations==8.2.0\n");
    assertThat(python.having("migrations/1_a.sql").history().layout()).isEqualTo("yoyo");
    assertThat(python.having("migrations/1_a.up.sql").history().layout()).isNotEqualTo("yoyo");
    assertThat(python.having("db/1_a.sql", "db/2_b.sql").history().layout()).isEqualTo("plain");
  }

  @Test
  void aWordOnWhatIsNotThereIsAnybodys() {
    Tree tree = Tree.empty().with("migrations/1_a.sql", "-- depends: the other service\n");

    assertThat(tree.history().layout()).isEqualTo("plain");
  }

  @Test
  void aLineAtTheTopTakesTheTransactionAway() {
    assertThat(only("-- Index\n-- transactional: FALSE\nselect 1;\n").transaction())
        .isEqualTo(Transaction.NONE);
    assertThat(only("select 1;\n-- transactional: false\n").transaction())
        .isEqualTo(Transaction.PER_MIGRATION);
    Migration marked =
        Layouts.byId("yoyo")
            .orElseThrow()
            .outsideTransaction(
                only("select 1;\n"), new SourceFile(Path.of("db/a.sql"), "select 2;\n"))
            .orElseThrow();
    assertThat(marked.file().text()).isEqualTo("-- transactional: false\nselect 2;\n");
    assertThat(marked.transaction()).isEqualTo(Transaction.NONE);
  }

  @Test
  void whatIsInPythonIsSaidAndAHookComesLast() {
    History history =
        SET_UP
            .with("db/1_a.py", "from yoyo import step\n")
            .having("db/__init__.py", "db/2_b.sql", "db/post-apply.sql")
            .history();

    assertThat(history.code())
        .extracting(code -> code.file().toString())
        .containsExactly("db/1_a.py");
    assertThat(Tree.versions(history.applied())).containsExactly("2_b", "post-apply.sql");
  }

  @Test
  void aNewOneThatDependsOnNothingNewerIsRunLate() {
    Tree base = SET_UP.having("db/1_a.sql", "db/3_c.sql");
    History history = base.to(base.having("db/2_b.sql"));

    assertThat(Tree.versions(history.pending())).containsExactly("2_b");
    assertThat(history.problems())
        .extracting(Integrity::detail)
        .anyMatch(
            detail -> detail.contains("yoyo runs it after that one on databases that have it"));
  }
}
