package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.policy.Fix;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuggestedChangeTest {
  private static final Path FILE = Path.of("V1.sql");

  @Test
  void theLinesAroundAReplacementAreKept() {
    assertChange(
        "a; drop index i; b;\n",
        "drop index i",
        "drop index concurrently i",
        1,
        "a; drop index i; b;",
        "a; drop index concurrently i; b;");
  }

  @Test
  void linesThatStayTheSameAreLeftOut() {
    assertChange(
        "x;\nalter table t\n  add check (a)\n  ;\n",
        "alter table t\n  add check (a)",
        "alter table t\n  add check (a) not valid",
        3,
        "  add check (a)",
        "  add check (a) not valid");
  }

  @Test
  void aReplacementMayHaveMoreLines() {
    SuggestedChange change = change("drop t;\n", "drop t", "drop\n\tif exists\n  t\n");

    assertThat(change.removed()).containsExactly("drop t;");
    assertThat(change.added()).containsExactly("drop", "    if exists", "  t;");
  }

  @Test
  void lineBreaksOfWindowsAreNoDifference() {
    assertChange(
        "alter t\r\n  add c;\r\n",
        "alter t\r\n  add c",
        "alter t\n  add d",
        2,
        "  add c;",
        "  add d;");
  }

  @Test
  void aByteOrderMarkIsNotShown() {
    assertChange("\ufeffdrop a;", "a", "b", 1, "drop a;", "drop b;");
  }

  @Test
  void ofALongLineTheNeighbourhoodIsShown() {
    SuggestedChange change = change("x".repeat(1_000) + " a " + "y".repeat(1_000), "a", "b");

    assertThat(change.removed())
        .singleElement()
        .asString()
        .hasSize(407)
        .matches("\\.{3}x+ a y+\\.{3}");
    assertThat(change.added()).singleElement().asString().matches("\\.{3}x+ b y+\\.{3}");
  }

  @Test
  void withoutTheFileOnlyTheReplacementIsKnown() {
    SourceFile file = new SourceFile(FILE, "x\ndrop t;");
    Fix fix = new Fix(SampleFiles.span(file, "drop t"), "drop u", "", false);
    SuggestedChange change = SuggestedChange.of(fix, Optional.empty());

    assertThat(change).isEqualTo(new SuggestedChange(2, List.of(), List.of("drop u")));
  }

  @Test
  void aReplacementThatChangesNothingIsNoChange() {
    SuggestedChange change = change("drop t;", "drop t", "drop t");

    assertThat(change.removed()).isEmpty();
    assertThat(change.added()).isEmpty();
  }

  private static void assertChange(
      String text, String replaced, String replacement, int line, String removed, String added) {
    SuggestedChange change = change(text, replaced, replacement);

    assertThat(change.firstLine()).isEqualTo(line);
    assertThat(change.removed()).containsExactly(removed);
    assertThat(change.added()).containsExactly(added);
  }

  private static SuggestedChange change(String text, String replaced, String replacement) {
    SourceFile file = new SourceFile(FILE, text);
    return SuggestedChange.of(
        new Fix(SampleFiles.span(file, replaced), replacement, "", false), Optional.of(file));
  }
}
