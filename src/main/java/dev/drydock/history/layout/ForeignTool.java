package dev.drydock.history.layout;

import java.util.Optional;
import java.util.regex.Pattern;

/** The marks of migration tools Drydock has no layout for: their files mean something else. */
public final class ForeignTool {
  private static final Pattern FLYWAY_LIKE =
      Pattern.compile("[VUBI]\\d[\\d._]*__.*\\.sql|[RI]__.*\\.sql");

  private ForeignTool() {}

  /** The tool a place belongs to, if it is one of those. */
  public static Optional<String> of(Place place) {
    if (place.nested()) {
      return place.anyBeside("metadata.yaml")
          ? Optional.of("Sourcegraph's migrator")
          : Optional.empty();
    }
    boolean ebean =
        place.anyNamed(FLYWAY_LIKE) && place.directory().toString().contains("dbmigration");
    return ebean ? Optional.of("Ebean") : Optional.empty();
  }
}
