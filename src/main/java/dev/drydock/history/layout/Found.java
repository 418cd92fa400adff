package dev.drydock.history.layout;

import dev.drydock.history.History;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The histories a search came upon, and what it left alone.
 *
 * @param histories sorted by directory
 * @param directories directories of all histories, those left out as untouched too
 * @param passedOver directories that belong to a tool Drydock does not know, or not to production
 * @param elsewhere what there is in the place of migrations in SQL, where there are none or those
 *     of other databases alone, and how to lint that
 * @param modules what is said of git submodules that migrations may lie in, a sentence or two each
 */
public record Found(
    List<History> histories,
    List<Path> directories,
    List<PassedOver> passedOver,
    Optional<String> elsewhere,
    List<String> modules) {

  /**
   * A directory of migrations that is not linted.
   *
   * @param reason why, as the rest of a sentence that begins with the directory
   * @param touched whether the change has files there; never where nothing is compared
   */
  public record PassedOver(Path directory, String reason, boolean touched) {
    public PassedOver {
      Objects.requireNonNull(directory);
      Objects.requireNonNull(reason);
    }

    /** One of which nobody has asked yet whether the change touches it. */
    PassedOver(Path directory, String reason) {
      this(directory, reason, false);
    }

    /** One whose files are written for a tool, e.g. {@code Ebean}. */
    public static PassedOver foreign(Path directory, String tool) {
      return new PassedOver(
          directory, "is written for %s, which Drydock has no layout for".formatted(tool));
    }

    /** One with whole schemas of DBIx::Class::DeploymentHandler's, and what leads on from each. */
    public static PassedOver deployments(Path directory) {
      return new PassedOver(
          directory,
          "is written for %s, which Drydock has no layout for (drydock lint %2$s/PostgreSQL/upgrade/A-B/*.sql --applied %2$s/PostgreSQL/deploy/A lints an upgrade)"
              .formatted(DeploymentHandler.TOOL, directory));
    }

    /** One whose files have no order, in a tree with migrations of a tool, e.g. {@code Flyway}. */
    public static PassedOver loose(Path directory, String tool) {
      return new PassedOver(
          directory,
          "has SQL files whose names put them in no order, and the migrations of %s lie elsewhere (--dir %s lints them)"
              .formatted(tool, directory));
    }

    /** One whose files change nothing, in a tree with migrations of a tool. */
    public static PassedOver queries(Path directory, String tool) {
      return new PassedOver(
          directory,
          "has SQL files with nothing but queries, and the migrations of %s lie elsewhere (--dir %s lints them)"
              .formatted(tool, directory));
    }

    /** One with changesets that no changelog includes, in a tree with others. */
    public static PassedOver notIncluded(Path directory) {
      return new PassedOver(
          directory,
          "has changesets of Liquibase's that no changelog which was found includes (--dir %s lints them)"
              .formatted(directory));
    }

    /** One with what graphile-migrate runs where it is developed. */
    public static PassedOver uncommitted(Path directory) {
      return new PassedOver(
          directory,
          "is where graphile-migrate has what is not committed yet, which it runs nowhere but where that is developed (--dir %s lints it)"
              .formatted(directory));
    }

    /** One for what somebody runs when it suits, beside migrations that a tool runs. */
    public static PassedOver byHand(Path directory) {
      return new PassedOver(
          directory,
          "is for what is run by hand, going by its name (--dir %s lints it)".formatted(directory));
    }

    /** One for a single migration, of which the files that the tool runs are made. */
    public static PassedOver source(Path directory, Path made) {
      return new PassedOver(
          directory,
          "is for one migration, whose files are in %s as well (--dir %s lints it)"
              .formatted(made, directory));
    }

    /** One that a newer series of the same tool lies beside. */
    public static PassedOver old(Path directory) {
      return new PassedOver(
          directory,
          "is for migrations of old, going by its name, and newer ones lie beside it (--dir %s lints it)"
              .formatted(directory));
    }

    /** The directory and the reason, as the beginning of a sentence. */
    public String described() {
      return directory + " " + reason;
    }
  }

  public Found {
    histories = List.copyOf(histories);
    directories = List.copyOf(directories);
    passedOver = List.copyOf(passedOver);
    Objects.requireNonNull(elsewhere);
    modules = List.copyOf(modules);
  }

  /** What of the change was not looked at, a sentence each. */
  public List<String> unlooked() {
    return Stream.concat(
            passedOver.stream()
                .filter(PassedOver::touched)
                .map(over -> over.described() + ": what the change has there was not looked at."),
            modules.stream())
        .toList();
  }
}
