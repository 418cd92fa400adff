package dev.drydock.cli;

import dev.drydock.engine.postgres.PostgresEngine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Drydock lies on this machine and what it may use there. */
final class Installation {
  private final Environment environment;

  Installation(Environment environment) {
    this.environment = environment;
  }

  /** Where the bundled PostgreSQL comes from and runs. */
  PostgresEngine.Installation postgres() {
    return new PostgresEngine.Installation(
        installed(),
        cache(),
        artifacts(),
        PostgresEngine.platform(environment.property("os.name"), environment.property("os.arch")),
        temporary(),
        memory());
  }

  /** The server that {@code DRYDOCK_POSTGRES} names. */
  private Optional<Path> installed() {
    String home = environment.variable("DRYDOCK_POSTGRES");
    return home.isEmpty() ? Optional.empty() : Optional.of(environment.directory().resolve(home));
  }

  /**
   * The directory kept from run to run: {@code DRYDOCK_CACHE}, else the user's cache directory.
   * Root's home is closed to the unprivileged user that the server then runs as, so root's is the
   * system's.
   */
  private Path cache() {
    if (!environment.variable("DRYDOCK_CACHE").isEmpty()) {
      return environment.directory().resolve(environment.variable("DRYDOCK_CACHE"));
    }
    if (environment.property("user.name").equals("root")) {
      return Path.of("/var/cache/drydock");
    }
    if (!environment.variable("XDG_CACHE_HOME").isEmpty()) {
      return Path.of(environment.variable("XDG_CACHE_HOME"), "drydock");
    }
    Path home =
        home()
            .orElseThrow(
                () ->
                    new UsageException(
                        "the user has no home directory to keep a cache in: name a directory for it with DRYDOCK_CACHE"));
    return environment.property("os.name").startsWith("Mac")
        ? home.resolve("Library/Caches/drydock")
        : home.resolve(".cache/drydock");
  }

  /**
   * Java has no home for a user without a name and says {@code ?}, which below a checkout is
   * whatever a pull request puts there.
   */
  private Optional<Path> home() {
    return Stream.of(environment.property("user.home"), environment.variable("HOME"))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .findFirst();
  }

  /**
   * Beside the program, and in the local Maven repository, where other majors may have been fetched
   * to.
   */
  private List<Path> artifacts() {
    List<Path> places = new ArrayList<>();
    program().map(directory -> directory.resolve("postgresql")).ifPresent(places::add);
    home()
        .map(directory -> directory.resolve(".m2/repository/io/zonky/test/postgres"))
        .ifPresent(places::add);
    return places.stream().filter(Files::isDirectory).toList();
  }

  /** The directory of the jar or, in a build, what will be that directory. */
  private static Optional<Path> program() {
    Path place = place();
    return Files.isDirectory(place)
        ? Optional.of(place.resolveSibling("drydock"))
        : Optional.ofNullable(place.getParent());
  }

  /** The jar or, in a build, the directory of the classes. */
  private static Path place() {
    return place(Installation.class.getProtectionDomain().getCodeSource().getLocation());
  }

  /** The path of a {@code file:} URL, in which some characters are spelled by their bytes. */
  static Path place(URL location) {
    try {
      return Path.of(location.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(location + " is no place of a program", e);
    }
  }

  /** What tells this build from any other; none where classes change under a running build. */
  Optional<String> build() {
    Path jar = place();
    if (!Files.isRegularFile(jar)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          "%s %s %d %s"
              .formatted(
                  Drydock.Version.text(),
                  jar,
                  Files.size(jar),
                  Files.getLastModifiedTime(jar).toMillis()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path temporary() {
    String variable = environment.variable("TMPDIR");
    return variable.isEmpty() ? Path.of(environment.property("java.io.tmpdir")) : Path.of(variable);
  }

  /** None when the user has said where the files of a run belong. */
  private Optional<Path> memory() {
    return environment.variable("TMPDIR").isEmpty()
            && environment.property("os.name").equals("Linux")
        ? Optional.of(Path.of("/dev/shm"))
        : Optional.empty();
  }
}
