package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeFrameTest {
  private static final Path FILE = Path.of("V1.sql");

  @Test
  void caretsStandUnderTheSpan() {
    assertThat(frame("drop table users;\n", "users", ""))
        .isEqualTo(
            """
              |
            1 | drop table users;
              |            ^^^^^
            """);
  }

  @Test
  void tabsAreExpandedWhereTheyStand() {
    assertThat(frame("a\tb\n\tdrop\tusers;\n", "users", ""))
        .isEqualTo(
            """
              |
            1 | a   b
            2 |     drop    users;
              |             ^^^^^
            """);
  }

  @Test
  void wideCharactersTakeTwoCarets() {
    assertThat(frame("drop 🎉 表名, users;", "表名", ""))
        .isEqualTo(
            """
              |
            1 | drop 🎉 表名, users;
              |         ^^^^
            """);
  }

  @Test
  void combiningMarksTakeNone() {
    assertThat(frame("e\u0301\u0302 users", "users", ""))
        .isEqualTo("  |\n1 | e\u0301\u0302 users\n  |   ^^^^^\n");
  }

  @Test
  void carriageReturnsAtLineEndsAreNotShown() {
    assertThat(frame("drop\r\nusers\r\n", "users", ""))
        .isEqualTo(
            """
              |
            1 | drop
            2 | users
              | ^^^^^
            """);
  }

  @Test
  void aCarriageReturnByItselfIsSpelledOut() {
    assertThat(frame("drop\rusers", "users", ""))
        .isEqualTo(
            """
              |
            1 | drop\\rusers
              |       ^^^^^
            """);
  }

  @Test
  void aByteOrderMarkTakesNoPlace() {
    assertThat(frame("\ufeffdrop users", "users", ""))
        .isEqualTo(
            """
              |
            1 | drop users
              |      ^^^^^
            """);
  }

  @Test
  void hiddenCharactersAreSpelledOutAndUnderlined() {
    assertThat(frame("drop \"a\u202eb\u001b[0m\";", "\"a\u202eb\u001b[0m\"", ""))
        .isEqualTo(
            """
              |
            1 | drop "a\\u202eb\\u001b[0m";
              |      ^^^^^^^^^^^^^^^^^^^
            """);
  }

  @Test
  void aSpanOverSeveralLinesIsBracketed() {
    assertThat(
            frame(
                "a;\nalter table t\n  add c int,\n  add d int;\nb;\n",
                "alter table t\n  add c int,\n  add d int",
                "alter table t\n  add c int,\n  add d int"))
        .isEqualTo(
            """
              |
            2 | / alter table t
            3 | |   add c int,
            4 | |   add d int;
              | |___________^
            """);
  }

  @Test
  void aSpanThatBeginsInsideALineIsPointedAt() {
    assertThat(frame("x; alter table t\n  add c int; y\n", "alter table t\n  add c int", ""))
        .isEqualTo(
            """
              |
            1 |   x; alter table t
              |  ____^
            2 | |   add c int; y
              | |___________^
            """);
  }

  @Test
  void aSpanThatTakesTheLineBreakEndsWithItsLine() {
    assertThat(frame("select 1\nselect 2\n", "select 1\n", ""))
        .isEqualTo(
            """
              |
            1 | select 1
              | ^^^^^^^^
            2 | select 2
            """);
  }

  @Test
  void theMiddleOfALongSpanIsLeftOut() {
    String statement = "create table t (\n" + "  c int,\n".repeat(97) + "  d int\n)";

    assertThat(frame(statement + ";\n", statement, statement))
        .isEqualTo(
            """
                |
              1 | / create table t (
              2 | |   c int,
              3 | |   c int,
              4 | |   c int,
            ...   |
             99 | |   d int
            100 | | );
                | |_^
            """);
  }

  @Test
  void aSpanFarInsideItsStatementShowsWhereTheStatementBegins() {
    String statement = "alter table orders\n" + "  add column c int,\n".repeat(9) + "  drop d";

    assertThat(frame("x;\n" + statement + ";\ny;\n", "drop d", statement))
        .isEqualTo(
            """
               |
             2 | alter table orders
            ...
            10 |   add column c int,
            11 |   add column c int,
            12 |   drop d;
               |   ^^^^^^
            """);
  }

  @Test
  void otherStatementsAreNotShown() {
    assertThat(frame("a;\ndrop table users;\nb;\n", "users", "drop table users"))
        .isEqualTo(
            """
              |
            2 | drop table users;
              |            ^^^^^
            """);
  }

  @Test
  void aSpanAtTheEndOfTheFileGetsOneCaret() {
    assertThat(draw("drop", new Location(FILE, 1, 5, 1, 5), "", 80))
        .isEqualTo(
            """
              |
            1 | drop
              |     ^
            """);
    assertThat(draw("drop\n", new Location(FILE, 2, 1, 2, 1), "", 80))
        .isEqualTo(
            """
              |
            1 | drop
            2 |
              | ^
            """);
    assertThat(draw("", new Location(FILE, 1, 1, 1, 1), "", 80)).isEqualTo("  |\n1 |\n  | ^\n");
  }

  @Test
  void aSpanOutsideTheFileIsMovedToItsEnd() {
    assertThat(draw("drop", new Location(FILE, 7, 9, 8, 2), "", 80))
        .isEqualTo(
            """
              |
            1 | drop
              |     ^
            """);
  }

  @Test
  void aLongLineIsCutAroundTheSpan() {
    String line = "select " + "a, ".repeat(100) + "users, " + "b, ".repeat(100) + "c";

    assertThat(frame(line, "users", "", 44))
        .isEqualTo(
            """
              |
            1 | ... a, a, a, users, b, b, b, b, b, b,...
              |              ^^^^^
            """);
  }

  @Test
  void aLongLineIsCutAtItsEndWhenTheSpanIsNearItsBeginning() {
    String line = "drop users, " + "b, ".repeat(100) + "c";

    assertThat(frame(line, "users", "", 40))
        .isEqualTo(
            """
              |
            1 | drop users, b, b, b, b, b, b, b, ...
              |      ^^^^^
            """);
  }

  @Test
  void aSpanLongerThanTheTerminalIsUnderlinedAsFarAsItIsShown() {
    String name = "n".repeat(10_000);

    assertThat(frame("drop table " + name + ";", name, "", 40))
        .isEqualTo(
            """
              |
            1 | drop table nnnnnnnnnnnnnnnnnnnnnn...
              |            ^^^^^^^^^^^^^^^^^^^^^^^^^
            """);
  }

  @Test
  void aSpanAfterManyHiddenCharactersIsStillShown() {
    String line = "\u202e".repeat(500) + "users" + "\u202e".repeat(500);

    assertThat(frame(line, "users", "", 60)).contains("\\u202eusers\\u202e");
    for (String drawn : frame(line, "users", "", 60).split("\n")) {
      assertThat(DisplayWidth.of(drawn)).isLessThanOrEqualTo(60);
    }
  }

  private static String frame(String text, String span, String statement) {
    return frame(text, span, statement, 80);
  }

  private static String frame(String text, String span, String statement, int width) {
    SourceFile file = new SourceFile(FILE, text);
    return draw(text, SampleFiles.span(file, span), statement, width);
  }

  private static String draw(String text, Location span, String statement, int width) {
    List<String> lines =
        new CodeFrame(new SourceFile(FILE, text), span, statement, width, Ink.ERROR, Colours.NONE)
            .draw();
    return String.join("\n", lines) + "\n";
  }
}
