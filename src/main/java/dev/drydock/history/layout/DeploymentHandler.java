package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * DBIx::Class::DeploymentHandler, which Drydock has no layout for: {@code PostgreSQL/deploy/7/} has
 * the whole schema of a version, {@code PostgreSQL/upgrade/6-7/} what leads there from the one
 * before.
 */
public final class DeploymentHandler {
  public static final String TOOL = "DBIx::Class::DeploymentHandler";

  /** As in its DeployMethod/SQL/Translator.pm: for a database, or for all. */
  private static final Pattern VERSIONS =
      Pattern.compile(
          "(?:.*/)?\\w+/(?:(?:deploy|initialize|preinstall)/[^/]+|(?:upgrade|downgrade)/[^/]+-[^/]+)");

  /** Where it keeps what it makes the files of. */
  private static final String SOURCE = "_source";

  private DeploymentHandler() {}

  /** The directory with all that it has, of a place that is part of it. */
  public static Optional<Path> home(Place place) {
    Path database = Folders.of(Folders.of(place.directory()));
    return VERSIONS.matcher(place.directory().toString().replace('\\', '/')).matches()
            && place.around().anyBeside(database, SOURCE::equals)
        ? Optional.of(Folders.of(database))
        : Optional.empty();
  }
}
