package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What holds for every text, whether or not it is SQL. */
class SplitLawsTest {

  /** Everything that opens, closes or hides something. */
  private static final List<String> PIECES =
      List.of(
          "'",
          "''",
          "E'",
          "e'",
          "\\'",
          "\\",
          "\"",
          "$$",
          "$a$",
          "$\u00e9$",
          "$",
          "a",
          "1",
          "\u00e9",
          "\uD83D\uDE00",
          "\uD83D",
          "\u0000",
          ";",
          ";",
          ";\n",
          "(",
          ")",
          "--",
          "-",
          "/*",
          "*/",
          "/",
          "*",
          " ",
          "\n",
          "\n",
          "\t",
          ".",
          "AS ",
          "CREATE FUNCTION f() ",
          "CREATE OR REPLACE RULE r AS ON SELECT TO t DO ",
          "BEGIN ATOMIC ",
          "BEGIN ",
          "CASE ",
          "END ",
          "COPY t ",
          "FROM stdin;\n",
          "\\.\n",
          "\\gexec\n",
          "\\;",
          "\\copy t FROM stdin\n",
          "\\echo ",
          "-- drydock:allow x: y\n");

  /** A limit of so many looks for each character; ordinary text takes one or two. */
  private static final int LOOKS = 16;

  @Provide
  Arbitrary<String> scripts() {
    return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(PIECES)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(list -> String.join("", list));
  }

  @Property(tries = 20_000)
  void theFragmentsJoinedAreTheText(@ForAll("scripts") String text) {
    int end = 0;
    for (Fragment fragment : PostgresSplitterTest.fragments(text)) {
      assertThat(fragment.start()).isEqualTo(end);
      assertThat(fragment.end()).isGreaterThan(end);
      end = fragment.end();
    }
    assertThat(end).isEqualTo(text.length());
  }

  @Property(tries = 20_000)
  void aStatementSplitAgainIsOneStatement(@ForAll("scripts") String text) {
    for (Fragment fragment : PostgresSplitterTest.fragments(text)) {
      String statement = text.substring(fragment.textStart(), fragment.textEnd());
      List<Fragment> again = PostgresSplitterTest.fragments(statement);
      Statistics.collect(fragment.isEmpty() ? "empty" : fragment.kind());
      if (fragment.isEmpty()) {
        assertThat(again).isEmpty();
      } else {
        assertThat(again)
            .containsExactly(
                new Fragment(
                    fragment.kind(),
                    0,
                    0,
                    statement.length(),
                    statement.length(),
                    statement.length(),
                    statement.length()));
      }
    }
  }

  @Property(tries = 20_000)
  void lineBreaksOfEitherStyleSplitAlike(@ForAll("scripts") String text) {
    String converted = text.replace("\n", "\r\n");

    assertThat(
            PostgresSplitterTest.fragments(converted).stream()
                .map(fragment -> unconverted(converted, fragment))
                .toList())
        .isEqualTo(
            PostgresSplitterTest.fragments(text).stream()
                .map(fragment -> unconverted(text, fragment))
                .toList());
  }

  private static List<String> unconverted(String text, Fragment fragment) {
    return List.of(
        fragment.kind().toString(),
        text.substring(fragment.start(), fragment.end()).replace("\r\n", "\n"),
        text.substring(fragment.textStart(), fragment.textEnd()).replace("\r\n", "\n"),
        text.substring(fragment.dataStart(), fragment.dataEnd()).replace("\r\n", "\n"));
  }

  @Property(tries = 1_000)
  void workGrowsAsTheTextDoes(@ForAll("pieces") String pieces, @ForAll("pieces") String head) {
    CountedText text = new CountedText(head + pieces.repeat(2_000));

    new PostgresSplitter(text, 0, text.length()).forEachRemaining(fragment -> {});

    Statistics.collect(text.looks() / text.length());
    assertThat(text.looks()).isLessThan((long) LOOKS * text.length());
  }
}
