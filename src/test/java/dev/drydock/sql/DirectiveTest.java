package dev.drydock.sql;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.drydock.source.Location;
import dev.drydock.sql.Directive.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectiveTest {

  /** Each statement's first words with the rules it is allowed: {@code SELECT 1: a b}. */
  private static List<String> allowed(String text) {
    return allowed(Migrations.statements(text));
  }

  private static List<String> allowed(Statements statements) {
    return statements.list().stream()
        .map(
            statement ->
                statement.text().lines().findFirst().orElseThrow()
                    + ": "
                    + statement.directives().stream()
                        .map(directive -> String.join(" ", directive.rules()))
                        .collect(joining(" ")))
        .map(String::stripTrailing)
        .toList();
  }

  private static List<Directive> directives(String text) {
    return Migrations.statements(text).directives();
  }

  @Test
  void aDirectiveBeforeAStatementAppliesToIt() {
    String text =
        """
        SELECT 0;
        -- drydock:allow table-rewrite: the table has ten rows
        SELECT 1;
        SELECT 2;
        """;

    assertThat(allowed(text)).containsExactly("SELECT 0:", "SELECT 1: table-rewrite", "SELECT 2:");
    assertThat(directives(text))
        .containsExactly(
            new Directive(
                List.of("table-rewrite"),
                "the table has ten rows",
                new Location(Path.of("m", "1.sql"), 2, 1, 2, 55),
                false,
                Optional.empty()));
  }

  @Test
  void oneDirectiveMayNameSeveralRules() {
    assertThat(allowed("-- drydock:allow a-1,b , c: why\nSELECT 1;"))
        .containsExactly("SELECT 1: a-1 b c");
  }

  @Test
  void oneStatementMayHaveSeveralDirectives() {
    assertThat(
            allowed(
                """
                -- drydock:allow a: x
                -- CreateTable
                /* drydock:allow b: y */ -- drydock:allow c: z
                SELECT 1;
                """))
        .containsExactly("SELECT 1: a b c");
  }

  @Test
  void aDirectiveInsideAStatementAppliesToIt() {
    assertThat(
            allowed(
                """
                ALTER TABLE t -- drydock:allow a: x
                  -- drydock:allow b: y
                  ADD COLUMN c int /* drydock:allow d: z */
                ; -- drydock:allow e: w
                SELECT 1;
                """))
        .containsExactly("ALTER TABLE t -- drydock:allow a: x: a b d e", "SELECT 1:");
  }

  @Test
  void aTrailingDirectiveAppliesToTheStatementThatEndsThere() {
    assertThat(
            allowed(
                """
                SELECT 1; -- drydock:allow a: x
                SELECT 2; SELECT 3; /* drydock:allow b: y */ -- drydock:allow c: z
                SELECT 4 -- drydock:allow d: no semicolon"""
                    .replace("\n", "\r\n")))
        .containsExactly("SELECT 1: a", "SELECT 2:", "SELECT 3: b c", "SELECT 4: d");
  }

  @Test
  void aTrailingDirectiveOnTheLastLineNeedsNoLineBreak() {
    String text = "SELECT 1; -- drydock:allow a: x";
    assertThat(allowed(text)).containsExactly("SELECT 1: a");
    assertThat(directives(text)).extracting(Directive::problem).containsExactly(Optional.empty());
  }

  @Test
  void aDirectiveBetweenStatementsOnOneLineAppliesToTheNext() {
    assertThat(allowed("SELECT 1; /* drydock:allow a: x */ SELECT 2;"))
        .containsExactly("SELECT 1:", "SELECT 2: a");
  }

  @Test
  void aDirectiveAtTheTopOfTheFileAppliesToAllOfIt() {
    String text =
        """
        -- Adds orders.
        -- drydock:allow a: x

        -- drydock:allow b: y
        SELECT 1;
        SELECT 2;
        """;

    assertThat(allowed(text)).containsExactly("SELECT 1: a b", "SELECT 2: a");
    assertThat(directives(text)).extracting(Directive::wholeFile).containsExactly(true, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\n\n", "\r\n\r\n", "\r\r", "\n  \t\n", "\n\n-- more\n", "\n/* a\n\n b */\n\n"})
  void aBlankLineOfAnyKindSetsTheTopApart(String gap) {
    assertThat(allowed("-- drydock:allow a: x" + gap + "SELECT 1; SELECT 2;"))
        .containsExactly("SELECT 1: a", "SELECT 2: a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\n-- more\n", "\n/* a\n\n b */\n"})
  void withoutABlankLineItIsForTheFirstStatement(String gap) {
    assertThat(allowed("-- drydock:allow a: x" + gap + "SELECT 1; SELECT 2;"))
        .containsExactly("SELECT 1: a", "SELECT 2:");
  }

  @Test
  void aBlankLineFurtherDownChangesNothing() {
    assertThat(allowed("SELECT 1;\n\n-- drydock:allow a: x\n\nSELECT 2;"))
        .containsExactly("SELECT 1:", "SELECT 2: a");
  }

  @Test
  void theTopOfTheFileIsReadAboveASectionToo() {
    String text = "-- drydock:allow a: x\n\n-- +goose Up\nSELECT 1;\nSELECT 2;\n";

    assertThat(allowed(Statements.of(Migrations.section(text, "-- +goose Up\n"), Optional.empty())))
        .containsExactly("SELECT 1: a", "SELECT 2: a");
  }

  @Test
  void theDirectivesOfAnotherSectionAreNotOurs() {
    String text =
        """
        -- drydock:allow a: x

        -- +migrate Down
        -- drydock:allow b: y
        DROP TABLE t; -- drydock:allow c: z
        -- +migrate Up
        SELECT 1;
        """;
    Statements statements =
        Statements.of(Migrations.section(text, "-- +migrate Up\n"), Optional.empty());

    assertThat(allowed(statements)).containsExactly("SELECT 1: a");
    assertThat(statements.directives()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT '-- drydock:allow a: x';",
        "SELECT '\n-- drydock:allow a: x\n';",
        "SELECT E'\\'-- drydock:allow a: x';",
        "SELECT 1 AS \"-- drydock:allow a: x\";",
        "DO $$ BEGIN\n-- drydock:allow a: x\nEND $$;",
        "COPY t FROM stdin;\n-- drydock:allow a: x\n\\.\n",
        "-- -- drydock:allow a: x\n-- DROP TABLE t;\nSELECT 1;",
        "-- thanks to drydock this is safe\nSELECT 1;",
        "-- drydocks:allow\nSELECT 1;"
      })
  void theseAreNoDirectives(String text) {
    assertThat(directives(text)).isEmpty();
    assertThat(Migrations.statements(text).list()).hasSize(1);
  }

  @Test
  void aMissingReasonIsKeptAsAnEmptyOne() {
    assertThat(directives("-- drydock:allow a\nSELECT 1; -- drydock:allow b, c :  \n"))
        .extracting(Directive::reason)
        .containsExactly("", "");
    assertThat(allowed("-- drydock:allow a\nSELECT 1; -- drydock:allow b, c :  \n"))
        .containsExactly("SELECT 1: a b c");
  }

  @Test
  void theReasonMayHoldColonsAndDirectives() {
    assertThat(directives("--drydock:allow a: see https://x.test: not drydock:allow b\nSELECT 1;"))
        .extracting(Directive::reason)
        .containsExactly("see https://x.test: not drydock:allow b");
  }

  @Test
  void theReasonInABlockMayGoOn() {
    assertThat(
            directives(
                """
                /*
                 * drydock:allow a: the table
                 *   is small
                 */
                SELECT 1;
                """))
        .extracting(Directive::reason, directive -> directive.location().toString())
        .containsExactly(tuple("the table is small", at(1, 1)));
  }

  @Test
  void aBlockMayHoldSeveralDirectivesAfterOtherWords() {
    String text =
        """
        /* Adds orders.

           drydock:allow a: x
           drydock:allow b: y
        */
        SELECT 1;
        """;

    assertThat(allowed(text)).containsExactly("SELECT 1: a b");
    assertThat(directives(text))
        .extracting(Directive::location)
        .containsExactly(
            new Location(Path.of("m", "1.sql"), 3, 4, 3, 22),
            new Location(Path.of("m", "1.sql"), 4, 4, 4, 22));
  }

  private static String at(int line, int column) {
    return Path.of("m", "1.sql") + ":" + line + ":" + column;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -- drydock:allow                          | NO_RULE
          -- drydock:allow: too small               | NO_RULE
          /* drydock:allow */                       | NO_RULE
          -- drydock:allow a b: x                   | NOT_AN_ID
          -- drydock:allow a because it is small    | NOT_AN_ID
          -- drydock:allow A: x                     | NOT_AN_ID
          -- drydock:allow a_b: x                   | NOT_AN_ID
          -- drydock:allow a,: x                    | NOT_AN_ID
          -- drydock:allow a,,b: x                  | NOT_AN_ID
          -- drydock: allow a: x                    | MISSPELLED
          -- drydock :allow a: x                    | MISSPELLED
          -- drydock:ignore a: x                    | MISSPELLED
          -- drydock:allowed a: x                   | MISSPELLED
          -- Drydock:Allow a: x                     | MISSPELLED
          -- drydock:                               | MISSPELLED
          -- drydock-disable a                      | MISSPELLED
          /* drydock ignore a */                    | MISSPELLED
          -- small, drydock:allow a: x              | NOT_FIRST
          /* small, drydock:allow a: x */           | NOT_FIRST
          """)
  void whatWasMeantAsADirectiveAndIsNoneIsReturned(String comment, Problem problem) {
    String text = comment + "\nSELECT 1;";

    assertThat(directives(text))
        .containsExactly(
            new Directive(
                List.of(),
                "",
                new Location(Path.of("m", "1.sql"), 1, 1, 1, comment.length() + 1),
                false,
                Optional.of(problem)));
    assertThat(allowed(text)).containsExactly("SELECT 1:");
  }

  @Test
  void aDirectiveWithoutAStatementIsReturned() {
    assertThat(directives("SELECT 1;\n-- drydock:allow a: x\n"))
        .extracting(Directive::problem)
        .containsExactly(Optional.of(Problem.NO_STATEMENT));
  }

  @Test
  void aFileOfCommentsAloneHasItsDirectives() {
    assertThat(directives("-- drydock:allow a: x"))
        .extracting(Directive::wholeFile)
        .containsExactly(true);
  }

  @Test
  void aDirectiveBeforeALoneSemicolonIsForTheNextStatement() {
    assertThat(allowed("SELECT 0;\n-- drydock:allow a: x\n;\nSELECT 1;"))
        .containsExactly("SELECT 0:", "SELECT 1: a");
  }

  @Test
  void rowsDoNotHideWhatFollowsThem() {
    assertThat(
            allowed(
                """
                COPY t FROM stdin; -- drydock:allow a: x
                it's
                \\.
                -- drydock:allow b: y
                SELECT 1;
                """))
        .containsExactly("COPY t FROM stdin: a", "SELECT 1: b");
  }

  @Test
  void aDirectiveWithAProblemAllowsNothing() {
    Location location = Location.startOf(Path.of("a"));

    assertThatThrownBy(
            () -> new Directive(List.of("a"), "", location, false, Optional.of(Problem.NO_RULE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Each takes minutes where the work grows with the square of the text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- drydock:allow a: x\n\n",
        "-- drydock:allow a: x\n",
        "/* drydock:allow a: x\n*/ ;",
        "SELECT 1; -- drydock:allow a: x\n"
      })
  @Timeout(60)
  void manyDirectivesAreRead(String text) {
    assertThat(directives(text.repeat(100_000) + "SELECT 1;")).hasSize(100_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "*", "\n", "* ", "\n *", "\n\t"})
  @Timeout(60)
  void aLongCommentIsRead(String filling) {
    String comment = "/* drydock:allow a: x" + filling.repeat(300_000) + "y */";

    assertThat(allowed(comment + "SELECT 1;")).containsExactly("SELECT 1: a");
  }
}
