package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlayTest {
  private static final String DIR = "conf/evolutions/default/";
  private static final String BOTH =
      "# Users schema\n\n# --- !Ups\ncreate table a ();\n\n# --- !Downs\ndrop table a;\n";

  private static Migration only(String text) {
    return Tree.empty().with(DIR + "1.sql", text).history().applied().getFirst();
  }

  @Test
  void marksDivideTheFile() {
    for (String text :
        new String[] {
          BOTH,
          BOTH.replace("# ---", "--"),
          BOTH.replace("# ---", "---"),
          BOTH.replace("# ---", "#")
        }) {
      Migration migration = only(text);

      assertThat(migration.up().text()).isEqualTo("create table a ();\n\n");
      assertThat(migration.down().map(Script::text)).contains("drop table a;\n");
      assertThat(migration.transaction()).isEqualTo(Transaction.NONE);
    }
  }

  @Test
  void evolutionsAreOrderedByNumber() {
    History history =
        Tree.empty()
            .with(DIR + "2.sql", BOTH)
            .with(DIR + "10.sql", BOTH)
            .with(DIR + "9.sql", BOTH)
            .having(DIR + "notes.sql")
            .history();

    assertThat(history.layout()).isEqualTo("play");
    assertThat(history.directory()).isEqualTo(Path.of("conf/evolutions/default"));
    assertThat(Tree.versions(history.applied())).containsExactly("2", "9", "10");
  }

  @Test
  void twoSemicolonsAreSentAsOneAndAllPlacesStay() {
    Migration migration =
        only("# --- !Ups\ncreate function f() $$ begin a;; b; end $$;\nselect 1;\n");

    assertThat(migration.up().text())
        .isEqualTo("create function f() $$ begin a;  b; end $$;\nselect 1;\n");
    assertThat(migration.transaction()).isEqualTo(Transaction.NONE);
  }

  @Test
  void withNothingButTwoSemicolonsAllOfItIsOneQuery() {
    assertThat(only("# --- !Ups\nselect 1;;\nselect 2;;\n\n# --- !Downs\na;\nb;\n").transaction())
        .isEqualTo(Transaction.IMPLICIT);
    assertThat(only("# --- !Ups\nselect 1;\nselect 2;;\nselect 3;\n").transaction())
        .isEqualTo(Transaction.NONE);
  }

  @Test
  void severalUpsOfAFileAreRunOneAfterTheOther() {
    History history = Tree.empty().with(DIR + "1.sql", BOTH + "# --- !Ups\nselect 2;\n").history();

    assertThat(history.applied())
        .extracting(migration -> migration.up().text())
        .containsExactly("create table a ();\n\n", "select 2;\n");
  }

  @Test
  void withoutAutocommitAllIsInOneTransaction() {
    Tree tree = Tree.empty().with(DIR + "1.sql", BOTH);

    assertThat(
            tree.with("conf/application.conf", "play.evolutions.autocommit = false\n")
                .history()
                .applied()
                .getFirst()
                .transaction())
        .isEqualTo(Transaction.PER_MIGRATION);
    assertThat(
            tree.with("conf/application.conf", "# autocommit = false\na.autoCommit = false\n")
                .history()
                .applied()
                .getFirst()
                .transaction())
        .isEqualTo(Transaction.NONE);
  }

  @Test
  void theHashIsOverBothDirections() {
    Tree base = Tree.empty().with(DIR + "1.sql", BOTH);

    History history = base.to(base.with(DIR + "1.sql", BOTH.replace("drop", "drop  ")));

    assertThat(Tree.problems(history)).containsExactly("edited " + DIR + "1.sql:7:1 [1]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "Play takes it and all after it back with their Downs and runs them again where autoApplyDowns is set, and refuses to start in production elsewhere.");
  }

  @Test
  void aNumberThatIsMissingIsTheEndToPlay() {
    Tree base = Tree.empty().with(DIR + "1.sql", BOTH);

    History history = base.to(base.with(DIR + "2.sql", BOTH).with(DIR + "4.sql", BOTH));

    assertThat(Tree.problems(history)).containsExactly("gap " + DIR + "4.sql:1:1 [4]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "There is no 3: Play reads them up to the first number that is missing, so it does not run this one.");
  }

  @Test
  void filesWithoutItsMarksAreNotPlays() {
    assertThat(Tree.empty().having("migrations/1.sql").history().layout()).isEqualTo("plain");
  }
}
