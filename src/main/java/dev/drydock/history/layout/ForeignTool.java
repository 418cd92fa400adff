package dev.drydock.history.layout;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The marks of migration tools Drydock has no layout for: their files mean something else. */
final class ForeignTool {
  private static final Pattern ANY = Pattern.compile(".*\\.sql");
  private static final Pattern FLYWAY_LIKE =
      Pattern.compile("[VUBI]\\d[\\d._]*__.*\\.sql|[RI]__.*\\.sql");

  /** A tool whose annotations stand in the files. */
  private record Mark(String tool, Pattern pattern) {
    Mark(String tool, String pattern) {
      this(tool, Pattern.compile("(?im)" + pattern));
    }
  }

  private static final List<Mark> MARKS =
      List.of(new Mark("MyBatis Migrations", "^[ \\t]*(?:--|//)[ \\t]*//[ \\t]*@UNDO"));

  private ForeignTool() {}

  /** The tool a place belongs to, if it is one of those. */
  static Optional<String> of(Place place) {
    if (place.nested()) {
      return place.anyBeside("metadata.yaml")
          ? Optional.of("Sourcegraph's migrator")
          : Optional.empty();
    }
    if (place.anyNamed(FLYWAY_LIKE)) {
      boolean ebean = place.directory().toString().contains("dbmigration");
      return ebean ? Optional.of("Ebean") : Optional.empty();
    }
    return MARKS.stream()
        .filter(mark -> place.anySampleHas(ANY, mark.pattern()))
        .map(Mark::tool)
        .findFirst();
  }
}
