package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectionsTest {

  private static Directions of(String text) {
    return Directions.of(new SourceFile(Path.of("1_a.sql"), text));
  }

  private static List<String> forward(String text) {
    return of(text).forward().stream().map(Script::text).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- Down",
        "-- DOWN",
        "--down",
        "-- !Downs",
        "--- !Downs",
        "-- @DOWN",
        "-- ==== DOWN ====",
        "-- Down:",
        "-- Down Migration",
        "-- rambler down",
        "-- +micrate Down",
        "-- +migrate Down",
        "--- migration:down",
        "-- migrate: down",
        "-- rollback",
        "-- Rollback script",
        "-- revert",
        "-- undo",
        "-- //@UNDO",
        "---- create above / drop below ----"
      })
  void aCommentThatOnlySaysBackEndsTheWayForward(String mark) {
    for (String end : List.of("\n", "\r\n")) {
      Directions parts = of("create table a ();" + end + mark + end + "drop table a;" + end);

      assertThat(parts.forward())
          .extracting(Script::text)
          .containsExactly("create table a ();" + end);
      assertThat(parts.back()).map(Script::text).contains(mark + end + "drop table a;" + end);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- rollback the counter",
        "-- Downstream tables follow",
        "-- undo: see 004",
        "-- go down",
        "-- up and down",
        "select 1; -- down",
        "/* down */",
        "-- down(1)"
      })
  void aRemarkIsNoMark(String remark) {
    String text = "create table a ();\n" + remark + "\nalter table a add b int;\n";

    assertThat(forward(text)).containsExactly(text);
    assertThat(of(text).back()).isEmpty();
  }

  @Test
  void whatIsSaidInAStatementABodyOrACommentIsNoMark() {
    for (String text :
        List.of(
            "insert into moves values\n-- up\n(1),\n-- down\n(2);\n",
            "create function f() returns int language sql as $$\nselect 1;\n-- down\nselect 2;\n$$;\n",
            "select 1;\n/*\n-- down\n*/\nselect 2;\n",
            "select 1; select '\n-- down\n;';\n")) {
      assertThat(forward(text)).containsExactly(text);
    }
  }

  @Test
  void whereAMarkHeadsTheFileTheLastStatementNeedsNoEnd() {
    assertThat(forward("-- title\n-- up\ncreate table a ()\n-- down\ndrop table a\n"))
        .containsExactly("-- title\n-- up\ncreate table a ()\n");
  }

  @Test
  void anEscapedQuoteEndsNoString() {
    assertThat(
            forward(
                "-- up\ncomment on table a is E'customer\\'s orders';\n-- down\ndrop table a;\n"))
        .containsExactly("-- up\ncomment on table a is E'customer\\'s orders';\n");
  }

  @Test
  void theWayForwardMayComeLastAndInParts() {
    assertThat(forward("-- down\ndrop table a;\n-- up\ncreate table a ();\n"))
        .containsExactly("-- up\ncreate table a ();\n");
    assertThat(forward("a;\n-- down\nb;\n-- up\nc;\n-- down\nd;\n"))
        .containsExactly("a;\n", "-- up\nc;\n");
  }

  @Test
  void aTitleIsNoMark() {
    String text = "-- Rollback\n\nalter table a drop column b;\n";

    assertThat(forward(text)).containsExactly(text);
  }

  @Test
  void plainFilesAreRunForwardAlone() {
    History history =
        Tree.empty()
            .with("migrations/1_a.sql", "-- up\nlock a;\n-- down\ndrop table a;\n")
            .with("migrations/2_b.sql", "select 1;\n-- down\nlock b;\n-- up\nselect 2;\n")
            .history();

    assertThat(history.applied())
        .extracting(migration -> migration.up().text())
        .containsExactly("-- up\nlock a;\n", "select 1;\n", "-- up\nselect 2;\n");
    assertThat(history.applied())
        .extracting(Migration::transaction)
        .containsExactly(Transaction.PER_MIGRATION, Transaction.NONE, Transaction.NONE);
    assertThat(history.applied().getFirst().down())
        .map(Script::text)
        .contains("-- down\ndrop table a;\n");
  }

  @Test
  void onlyTheWayForwardOfAPlainFileIsWhatDatabasesRan() {
    Tree base = Tree.empty().with("migrations/1_a.sql", "select 1;\n-- down\nselect 2;\n");

    assertThat(
            base.to(base.with("migrations/1_a.sql", "select 1;\n-- down\nselect 3;\n")).problems())
        .isEmpty();
    assertThat(
            Tree.problems(
                base.to(base.with("migrations/1_a.sql", "select 3;\n-- down\nselect 2;\n"))))
        .containsExactly("edited migrations/1_a.sql:1:1 [1]");
  }

  @Test
  void moreMarksThanAnybodyWritesAreNone() {
    String both = "-- up\nselect 1;\n-- down\nselect 2;\n";

    assertThat(forward(both.repeat(25))).hasSize(25);
    assertThat(forward(both.repeat(20_000))).containsExactly(both.repeat(20_000));
  }
}
