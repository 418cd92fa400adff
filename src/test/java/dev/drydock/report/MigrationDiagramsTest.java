package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.report.HistoryReport.Change;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.Step;
import dev.drydock.report.HistoryReport.WorstLock;
import dev.drydock.source.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationDiagramsTest {
  private static final WorstLock CLOSED =
      new WorstLock("ACCESS EXCLUSIVE", "public.orders", "reads and writes");

  @Test
  void aLockIsDrawnFromItsStatementToTheEndOfTheTransaction() {
    String timeline =
        MigrationDiagrams.timeline(
            migration(List.of(step(1), step(3, CLOSED), step(4)), List.of()));

    assertThat(timeline)
        .contains("  dateFormat x\n")
        .contains(
            "  whole transaction :done, 0, 3000\n"
                + "  line 3 ACCESS EXCLUSIVE on public.orders :crit, 1000, 3000\n");
  }

  @Test
  void aLockOfTheLastStatementIsHeldOverNothing() {
    assertThat(MigrationDiagrams.timeline(migration(List.of(step(1), step(2, CLOSED)), List.of())))
        .isEmpty();
  }

  @Test
  void ofALongTextThatChangedItsEndTheEndIsShown() {
    String before = "FIRST, " + "SOME_VALUE, ".repeat(30) + "LAST";
    String changes =
        MigrationDiagrams.changes(
            migration(
                List.of(),
                List.of(
                    new Change("altered", "type", "", "public.state", before, before + ", NEW", ""),
                    new Change("altered", "column", "t", "c", "integer", "bigint", ""))));

    assertThat(changes)
        .contains("- type public.state ... SOME_VALUE, ")
        .contains(" SOME_VALUE, LAST\n+ type public.state ... SOME_VALUE, ")
        .contains(" SOME_VALUE, LAST, NEW\n")
        .contains("- column t.c integer\n+ column t.c bigint\n");
  }

  @Test
  void aNameThatIsAWordOfTheDiagramsLanguageBreaksNoDiagram() {
    List<Change> changes =
        List.of(
            new Change("created", "table", "", "to", "", "", ""),
            new Change("created", "column", "to", "pk", "", "bigint not null", ""),
            new Change("created", "column", "to", "class", "", "end default 1", ""),
            new Change("created", "foreign key", "to", "one", "", "", "style"));

    assertThat(MigrationDiagrams.entities(migration(List.of(), changes)))
        .isEqualTo(
            """
            ```mermaid
            erDiagram
              to_ {
                bigint pk_
                end_ class_
              }
              to_ }o--|| style_ : one_
            ```

            """);
  }

  @Test
  void ofManyChangesTheFirstAreShownAndTheOthersCounted() {
    List<Change> changes =
        IntStream.rangeClosed(1, 70)
            .mapToObj(i -> new Change("created", "column", "t", "c" + i, "", "integer", ""))
            .toList();

    assertThat(MigrationDiagrams.changes(migration(List.of(), changes)))
        .startsWith("```diff\n+ column t.c1 integer\n")
        .endsWith("\n+ column t.c60 integer\n# and 10 more\n```\n\n");
    assertThat(MigrationDiagrams.changes(migration(List.of(), changes.subList(0, 60))))
        .endsWith("\n+ column t.c60 integer\n```\n\n");
  }

  @Test
  void moreTablesOrKeysThanADiagramHasRoomForAreNotDrawn() {
    assertThat(MigrationDiagrams.entities(migration(List.of(), tables(12, 24)))).isNotEmpty();
    assertThat(MigrationDiagrams.entities(migration(List.of(), tables(13, 1)))).isEmpty();
    assertThat(MigrationDiagrams.entities(migration(List.of(), tables(1, 25)))).isEmpty();
    assertThat(MigrationDiagrams.entities(migration(List.of(), tables(3, 0)))).isEmpty();
  }

  private static List<Change> tables(int tables, int keys) {
    return Stream.concat(
            IntStream.range(0, tables)
                .mapToObj(i -> new Change("created", "table", "", "t" + i, "", "", "")),
            IntStream.range(0, keys)
                .mapToObj(i -> new Change("created", "foreign key", "t0", "k" + i, "", "", "u")))
        .toList();
  }

  @Test
  void moreLocksThanATimelineHasRoomForAreLeftOut() {
    WorstLock[] locks =
        IntStream.range(0, 15)
            .mapToObj(i -> new WorstLock("SHARE", "public.t" + i, "writes"))
            .toArray(WorstLock[]::new);
    String timeline =
        MigrationDiagrams.timeline(
            migration(List.of(step(1, locks), step(2, locks), step(3)), List.of()));

    assertThat(timeline.lines().filter(line -> line.contains("SHARE"))).hasSize(20);
  }

  @Test
  void ofMoreColumnsThanATableHasRoomForTheNumberIsTold() {
    List<Change> changes =
        Stream.concat(
                tables(1, 1).stream(),
                IntStream.range(0, 23)
                    .mapToObj(i -> new Change("created", "column", "t0", "c" + i, "", "int", "")))
            .toList();

    assertThat(MigrationDiagrams.entities(migration(List.of(), changes)))
        .contains("    int c19\n    and more \"3 columns\"\n  }\n");
  }

  private static Step step(int line, WorstLock... locks) {
    Location place = new Location(Path.of("V1.sql"), line, 1, line, 9);
    return new Step(place, "ALTER TABLE", 1, true, "succeeded", List.of(locks));
  }

  private static MigrationReport migration(List<Step> steps, List<Change> changes) {
    return new MigrationReport(
        "V1.sql", "1", steps.size(), WorstLock.NONE, List.of(), List.of(), false, steps, changes);
  }
}
