package dev.drydock.lint;

import dev.drydock.policy.Policy;
import dev.drydock.policy.Preset;
import dev.drydock.policy.Severity;
import dev.drydock.policy.Weighing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a repository says about itself in {@code .drydock.yml}.
 *
 * @param engine name of the engine, where the repository says it; else the only one there is
 * @param engineMajor its major version; the engine's default when absent
 * @param failOn findings at or above it make a run fail
 * @param layout id of the layout of all histories; recognised when absent
 * @param directories the only directories to look for migrations in; everywhere when empty
 * @param before files whose SQL runs before the first migration
 * @param standIns SQL files that take the place of migrations Drydock cannot run, by the path of
 *     those
 * @param placeholders values for {@code ${name}}
 * @param timeZone of the migrating session
 * @param limits of a run
 * @param sizes where the sizes of production's tables are, and what they mean
 * @param rules directories with rules of the repository's own
 * @param preset the severities of the rules that no choice gives one
 * @param choices severities and options, by rule id
 */
public record Configuration(
    Optional<String> engine,
    OptionalInt engineMajor,
    Severity failOn,
    Optional<String> layout,
    List<Path> directories,
    List<Path> before,
    Map<Path, Path> standIns,
    Map<String, String> placeholders,
    ZoneId timeZone,
    Limits limits,
    Sizes sizes,
    List<Path> rules,
    Preset preset,
    Map<String, Policy.Choice> choices) {

  /**
   * What a run may take.
   *
   * @param statement time for one pending statement
   * @param run time for the whole replay of a history
   * @param disk bytes the replay may take on disk
   * @param file bytes a migration file may have
   */
  public record Limits(Duration statement, Duration run, long disk, long file) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(30), Duration.ofMinutes(10), 2L << 30, 20L << 20);

    public Limits {
      Objects.requireNonNull(statement);
      Objects.requireNonNull(run);
    }
  }

  /**
   * Where the sizes of production's tables are, and what they mean.
   *
   * @param file relative to the root of the repository
   * @param named whether somebody named it, so that it has to be there
   * @param weighing which tables are small, and which are large
   */
  public record Sizes(Path file, boolean named, Weighing weighing) {
    public static final Sizes DEFAULT =
        new Sizes(Path.of(".drydock-sizes.json"), false, Weighing.STANDARD);

    public Sizes {
      Objects.requireNonNull(file);
      Objects.requireNonNull(weighing);
    }
  }

  public Configuration {
    Objects.requireNonNull(engine);
    Objects.requireNonNull(engineMajor);
    Objects.requireNonNull(failOn);
    Objects.requireNonNull(layout);
    directories = List.copyOf(directories);
    before = List.copyOf(before);
    standIns = Map.copyOf(standIns);
    placeholders = Map.copyOf(placeholders);
    Objects.requireNonNull(timeZone);
    Objects.requireNonNull(limits);
    Objects.requireNonNull(sizes);
    rules = List.copyOf(rules);
    Objects.requireNonNull(preset);
    choices = Map.copyOf(choices);
  }

  /** Whether the other one has the same run before the pending migrations. */
  public boolean sameBase(Configuration other) {
    return before.equals(other.before)
        && standIns.equals(other.standIns)
        && placeholders.equals(other.placeholders)
        && directories.equals(other.directories)
        && layout.equals(other.layout);
  }

  /** The engine there is. */
  public static final String POSTGRESQL = "postgresql";

  /** What holds when a repository says nothing. */
  public static Configuration standard() {
    return new Configuration(
        Optional.empty(),
        OptionalInt.empty(),
        Severity.ERROR,
        Optional.empty(),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        ZoneId.of("UTC"),
        Limits.DEFAULT,
        Sizes.DEFAULT,
        List.of(),
        Preset.RECOMMENDED,
        Map.of());
  }
}
