package dev.drydock.history.layout;

import java.util.Optional;
import java.util.regex.Pattern;

/** The marks of migration tools Drydock has no layout for: their files mean something else. */
public final class ForeignTool {
  private static final Pattern FLYWAY_LIKE =
      Pattern.compile("[VUBI]\\d[\\d._]*__.*\\.sql|[RI]__.*\\.sql");

  private static final Pattern SQL = Pattern.compile(".*\\.sql");

  /** As in Mojo/Pg/Migrations.pm: all versions stand in one file, with both directions of each. */
  private static final Pattern MOJO = Pattern.compile("(?im)^\\s*--[ \\t]*\\d+[ \\t]*up[ \\t]*$");

  /** As in dbutil/upgradetable.go: a file may take a database over several versions at once. */
  private static final Pattern DBUTIL =
      Pattern.compile("\\A-- (?:v\\d+ -> )?v\\d+(?: \\(compatible with v\\d+\\+\\))?: ");

  private ForeignTool() {}

  /** The tool a place belongs to, if it is one of those. */
  public static Optional<String> of(Place place) {
    if (place.nested()) {
      return place.anyBeside("metadata.yaml")
          ? Optional.of("Sourcegraph's migrator")
          : Optional.empty();
    }
    if (place.anySampleHas(SQL, MOJO)) {
      return Optional.of("the migrations of Mojo::Pg");
    }
    if (place.anySampleHas(SQL, DBUTIL)) {
      return Optional.of("the dbutil of mautrix");
    }
    boolean ebean =
        place.anyNamed(FLYWAY_LIKE) && place.directory().toString().contains("dbmigration");
    return ebean ? Optional.of("Ebean") : Optional.empty();
  }
}
