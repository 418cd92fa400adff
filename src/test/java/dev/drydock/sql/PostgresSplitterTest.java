package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSplitterTest {

  static List<Fragment> fragments(String text) {
    List<Fragment> fragments = new ArrayList<>();
    new PostgresSplitter(text, 0, text.length()).forEachRemaining(fragments::add);
    return fragments;
  }

  static List<String> statements(String text) {
    return fragments(text).stream()
        .filter(fragment -> !fragment.isEmpty())
        .map(fragment -> text.substring(fragment.textStart(), fragment.textEnd()))
        .toList();
  }

  @Test
  void semicolonsEndStatements() {
    assertThat(statements("SELECT 1;SELECT 2 ;\n SELECT 3"))
        .containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
  }

  @Test
  void fragmentsCarryWhatSurroundsTheStatement() {
    String text = "-- one\nSELECT 1 /* x */ ;\n-- end";

    assertThat(fragments(text))
        .containsExactly(
            new Fragment(Statement.Kind.SQL, 0, 7, 15, 15, 15, 25),
            new Fragment(Statement.Kind.SQL, 25, 32, 32, 32, 32, 32));
  }

  @Test
  void aBackslashEscapesInEachStringOnceTheFileSaysSo() {
    assertThat(
            statements(
                "select 'a\\'; set standard_conforming_strings = off; select 'it\\'s; so';"
                    + " reset standard_conforming_strings; select 'a\\'; select 2"))
        .containsExactly(
            "select 'a\\'",
            "set standard_conforming_strings = off",
            "select 'it\\'s; so'",
            "reset standard_conforming_strings",
            "select 'a\\'",
            "select 2");
    assertThat(
            statements(
                "begin; SET LOCAL standard_conforming_strings TO 'off'; select 'it\\'s;';"
                    + " commit; select 'a\\'; select 2"))
        .hasSize(6)
        .endsWith("select 'a\\'", "select 2");
  }

  @Test
  void emptyTextHasNoFragments() {
    assertThat(fragments("")).isEmpty();
  }

  @Test
  void askingBeyondTheLastFragmentIsRefused() {
    PostgresSplitter splitter = new PostgresSplitter("", 0, 0);

    assertThat(splitter.hasNext()).isFalse();
    assertThatThrownBy(splitter::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void onlyTheGivenRegionIsSplit() {
    String text = "SELECT 0; SELECT 1; SELECT 2;";
    PostgresSplitter splitter = new PostgresSplitter(text, 9, 19);

    assertThat(splitter.next()).isEqualTo(new Fragment(Statement.Kind.SQL, 9, 10, 18, 18, 18, 19));
    assertThat(splitter.hasNext()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a;b'",
        "SELECT 'it''s;'",
        "SELECT 'C:\\', ';'",
        "SELECT E'it\\'s;'",
        "SELECT e'\\\\', ';'",
        "SELECT E'a' \n  'b\\';'",
        "SELECT E'a' -- why\n 'b\\';'",
        "SELECT U&'\\0061;'",
        "SELECT U&\"a;b\" FROM t",
        "SELECT B'1;0', X'F;F', N'a;b'",
        "SELECT \"a;\"\"b\" FROM t",
        "SELECT $$a;b$$",
        "SELECT $a$b;$$;$b$;$a$",
        "SELECT $\u00e9\u00df1$;$\u00e9\u00df1$",
        "SELECT 1$a$;$a$",
        "SELECT $1$a$;$a$",
        "SELECT 1 -- a;b\n, 2",
        "SELECT 1 -- a;b\r, 2",
        "SELECT /* a; /* b; */ c; */ 1",
        "SELECT 1 */* ; */ 2",
        "SELECT 2 - -- ;\n 1",
        "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b;)",
        "CREATE OR REPLACE RULE r AS ON INSERT TO t DO (NOTIFY a; SELECT (1); )",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
        "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql\n"
            + "BEGIN /* x */ ATOMIC\n SELECT CASE WHEN a > 1 THEN 1 ELSE 2 END; SELECT 3; END",
        "CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (CASE WHEN true THEN 1 END); END",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end; SELECT t.case FROM t; END",
        "CREATE FUNCTION f() RETURNS numeric BEGIN ATOMIC SELECT CASE WHEN true THEN 1. END; END",
        "CREATE FUNCTION f() RETURNS numeric BEGIN ATOMIC SELECT 5. = CASE WHEN true THEN 1 END; END",
        "CREATE FUNCTION f(t) RETURNS int BEGIN ATOMIC SELECT $1.end; SELECT 1; END",
        "DO $$ BEGIN PERFORM 1; END; $$",
        "SELECT 'never closed; SELECT 1;",
        "SELECT E'never closed\\'; SELECT 1;",
        "SELECT \"never closed; SELECT 1;",
        "SELECT $a$ never closed; $$ SELECT 1;",
        "/* never closed; SELECT 1;",
        "SELECT \u0000 1",
        "SELECT 1 \\ 2",
        "SELECT 1 \\"
      })
  void theseAreOneStatement(String sql) {
    assertThat(statements(sql)).containsExactly(sql);
  }

  @Test
  void dollarQuotesHideSemicolons() {
    assertThat(statements("DO $do$ BEGIN; $$;$$; END $do$; SELECT 1;"))
        .containsExactly("DO $do$ BEGIN; $$;$$; END $do$", "SELECT 1");
  }

  @Test
  void aDollarAfterAnIdentifierIsPartOfIt() {
    assertThat(statements("SELECT a$b$;SELECT c$$;")).containsExactly("SELECT a$b$", "SELECT c$$");
  }

  @Test
  void aBackslashIsNothingSpecialInAStandardString() {
    assertThat(statements("SELECT 'a\\'; SELECT 'b';"))
        .containsExactly("SELECT 'a\\'", "SELECT 'b'");
  }

  @Test
  void aWordThatEndsInEDoesNotMakeAnEscapeString() {
    assertThat(statements("SELECT type'a\\'; SELECT 'b';"))
        .containsExactly("SELECT type'a\\'", "SELECT 'b'");
  }

  @Test
  void aStringOnTheSameLineDoesNotContinueAnEscapeString() {
    assertThat(statements("SELECT E'a' 'b\\'; SELECT ';'"))
        .containsExactly("SELECT E'a' 'b\\'", "SELECT ';'");
  }

  @Test
  void anOpenParenthesisSpoilsOneStatementOnly() {
    assertThat(statements("SELECT (1; SELECT 2;")).containsExactly("SELECT (1", "SELECT 2");
  }

  @Test
  void beginWithoutAtomicOpensNoBody() {
    assertThat(statements("BEGIN; CREATE FUNCTION f() RETURNS int AS 'begin'; END;"))
        .containsExactly("BEGIN", "CREATE FUNCTION f() RETURNS int AS 'begin'", "END");
  }

  @Test
  void atomicBodiesAreForRoutinesAlone() {
    assertThat(statements("SELECT 1 begin; SELECT atomic; SELECT 2"))
        .containsExactly("SELECT 1 begin", "SELECT atomic", "SELECT 2");
  }

  @Test
  void loneSemicolonsAreNoStatements() {
    assertThat(statements(";; SELECT 1;;\n;")).containsExactly("SELECT 1");
    assertThat(fragments(";; SELECT 1;;\n;")).hasSize(5);
  }

  @Test
  void aByteOrderMarkAtTheStartIsWhiteSpace() {
    assertThat(statements("\uFEFFSELECT 1;")).containsExactly("SELECT 1");
  }

  @Test
  void aByteOrderMarkFurtherDownIsALetterAsItIsToTheServer() {
    assertThat(statements("SELECT 1;\uFEFFSELECT 2;"))
        .containsExactly("SELECT 1", "\uFEFFSELECT 2");
  }

  @Test
  void carriageReturnsAreWhiteSpaceAndEndLineComments() {
    assertThat(statements("SELECT 1;\r\n-- a\rSELECT 2;\r"))
        .containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void rowsFollowACopyFromStdin() {
    String text = "COPY t (a, b) FROM stdin;\n1\tit's; --\n\\N\t$$\n\\.\nSELECT 1;";

    Fragment copy = fragments(text).get(0);

    assertThat(copy.kind()).isEqualTo(Statement.Kind.COPY);
    assertThat(text.substring(copy.textStart(), copy.textEnd()))
        .isEqualTo("COPY t (a, b) FROM stdin");
    assertThat(text.substring(copy.dataStart(), copy.dataEnd()))
        .isEqualTo("1\tit's; --\n\\N\t$$\n");
    assertThat(statements(text)).containsExactly("COPY t (a, b) FROM stdin", "SELECT 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY t FROM STDIN WITH (FORMAT csv); -- rows\n1\n\\.\n",
        "COPY t FROM\n STDIN ;\r\n1\r\n\\.\r\n",
        "copy t from stdin ; \r1\r\\.",
        "COPY t FROM STDOUT;\n1\n\\.\n"
      })
  void rowsAreFoundHoweverTheCommandIsWritten(String text) {
    Fragment copy = fragments(text).get(0);

    assertThat(copy.kind()).isEqualTo(Statement.Kind.COPY);
    assertThat(text.substring(copy.dataStart(), copy.dataEnd()).strip()).isEqualTo("1");
    assertThat(statements(text)).hasSize(1);
  }

  @Test
  void rowsWithoutTheirEndRunToTheEnd() {
    String text = "COPY t FROM stdin;\n1;\n2;";

    assertThat(fragments(text))
        .containsExactly(new Fragment(Statement.Kind.COPY, 0, 0, 17, 19, 24, 24));
  }

  @Test
  void noRowsAtAllIsACopyToo() {
    assertThat(fragments("COPY t FROM stdin;\n\\.\n").get(0))
        .isEqualTo(new Fragment(Statement.Kind.COPY, 0, 0, 17, 19, 19, 21));
    assertThat(fragments("COPY t FROM stdin").get(0).kind()).isEqualTo(Statement.Kind.COPY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY t TO stdout;\nSELECT 1;",
        "COPY (SELECT 1 FROM stdin) TO '/tmp/x';\nSELECT 1;",
        "COPY t FROM '/tmp/stdin';\nSELECT 1;",
        "COPY t FROM PROGRAM 'x';\nSELECT 1;",
        "SELECT 1 FROM stdin;\nSELECT 1;"
      })
  void otherCommandsHaveNoRows(String text) {
    assertThat(fragments(text))
        .allSatisfy(fragment -> assertThat(fragment.kind()).isEqualTo(Statement.Kind.SQL));
    assertThat(statements(text)).hasSize(2);
  }

  @Test
  void aStatementOnTheLineOfACopyIsNotSwallowedAsARow() {
    assertThat(statements("COPY t FROM stdin; SELECT 1;\nSELECT 2;"))
        .containsExactly("COPY t FROM stdin", "SELECT 1", "SELECT 2");
  }

  @Test
  void aBackslashOutsideAStatementIsForPsql() {
    String text = "\\connect app \nSELECT 1; \\echo it's; done\nSELECT 2;";

    assertThat(fragments(text))
        .extracting(Fragment::kind)
        .containsExactly(
            Statement.Kind.META, Statement.Kind.SQL, Statement.Kind.META, Statement.Kind.SQL);
    assertThat(statements(text))
        .containsExactly("\\connect app", "SELECT 1", "\\echo it's; done", "SELECT 2");
  }

  @Test
  void aCommandThatSendsEndsTheStatementBeforeIt() {
    assertThat(statements("SELECT 'DROP TABLE t'\n\\gexec\nSELECT 2 \\g\nSELECT 3;"))
        .containsExactly("SELECT 'DROP TABLE t'", "\\gexec", "SELECT 2", "\\g", "SELECT 3");
  }

  @Test
  void rowsFollowAPsqlCopyFromStdinToo() {
    String text = "\\copy t (from_id) FROM stdin csv\n1;2\n\\.\nSELECT 1;";

    Fragment copy = fragments(text).get(0);

    assertThat(copy.kind()).isEqualTo(Statement.Kind.META);
    assertThat(text.substring(copy.dataStart(), copy.dataEnd())).isEqualTo("1;2\n");
    assertThat(statements(text)).hasSize(2);
  }

  @Test
  void aPsqlCopyFromAFileHasNoRows() {
    assertThat(statements("\\copy t FROM 'stdin'\nSELECT 1;"))
        .containsExactly("\\copy t FROM 'stdin'", "SELECT 1");
  }

  @Test
  void theFirstStatementIsFoundWithoutReadingTheRest() {
    CountedText text = new CountedText("SELECT 1;" + "SELECT 2;".repeat(100_000));

    new PostgresSplitter(text, 0, text.length()).next();

    assertThat(text.looks()).isLessThan(100);
  }

  @Test
  void aBreakpointOfDrizzlesEndsAStatementWithoutSemicolon() {
    assertThat(
            statements(
                "INSERT INTO a SELECT 1\n\n--> statement-breakpoint\nDROP TABLE b;--> statement-breakpoint\n"
                    + "SELECT 2 -- no breakpoint\n + 3"))
        .containsExactly(
            "INSERT INTO a SELECT 1", "DROP TABLE b", "SELECT 2 -- no breakpoint\n + 3");
  }

  @Test
  void theEndOfABlockOfGoosesOrSqlMigratesEndsAStatementWithoutSemicolon() {
    assertThat(
            statements(
                "-- +goose StatementBegin\nSELECT 1\n-- +goose StatementEnd\nSELECT 2 -- StatementEnd\n;"
                    + "-- +migrate StatementBegin\nSELECT '-- +migrate StatementEnd'\n"
                    + "-- +migrate StatementEnd\r\nSELECT 3"))
        .containsExactly("SELECT 1", "SELECT 2", "SELECT '-- +migrate StatementEnd'", "SELECT 3");
  }
}
