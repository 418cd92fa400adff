package dev.drydock.history.layout;

import dev.drydock.history.Version;
import dev.drydock.history.layout.FlywayLocations.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which environment a directory of migrations is for, going by names. */
final class Environments {
  static final List<String> PRODUCTION = List.of("prod", "production", "prd", "live");

  static final List<String> DEVELOPMENT = List.of("dev", "development", "local", "demo");

  /** What is beside a directory for production is not production's. */
  static final List<String> OTHERS =
      Stream.concat(
              DEVELOPMENT.stream(),
              Stream.of(
                  "sandbox",
                  "qa",
                  "q",
                  "q1",
                  "q2",
                  "staging",
                  "stage",
                  "stg",
                  "uat",
                  "preprod",
                  "int",
                  "sit",
                  "aat",
                  "ithc",
                  "training",
                  "perftest",
                  "preview"))
          .toList();

  /** Where production may run, and the machine of a developer does not. */
  private static final List<String> HOSTED = List.of("gcp", "aws", "azure", "cloud");

  static final String BY_NAME = "is not for production, going by its name";

  private final Function<Location, Set<Version>> versions;
  private final BiConsumer<Path, String> leaveOut;

  /**
   * @param versions those of the migrations of a location
   * @param leaveOut is given the directories that are left out, and why
   */
  Environments(Function<Location, Set<Version>> versions, BiConsumer<Path, String> leaveOut) {
    this.versions = versions;
    this.leaveOut = leaveOut;
  }

  /** {@code prod}, {@code prod-gcp}, {@code gcp}: what production runs besides what all run. */
  static boolean isOfProduction(String name) {
    List<String> words = Folders.words(name);
    return words.stream().anyMatch(PRODUCTION::contains)
        || (words.stream().anyMatch(HOSTED::contains) && !isOfAnother(name));
  }

  /** {@code dev}, {@code local-postgres}: what production never runs. */
  static boolean isOfAnother(String name) {
    List<String> words = Folders.words(name);
    return words.stream().anyMatch(OTHERS::contains)
        && words.stream().noneMatch(PRODUCTION::contains);
  }

  /**
   * The directory that takes the place of {@code folder} in production, where that lies in a source
   * set for development: {@code src/main/resources} for {@code src/dev/resources}.
   */
  static Optional<Path> mainResources(Path folder) {
    for (int i = 0; i + 2 < folder.getNameCount(); i++) {
      if (folder.getName(i).toString().equals("src")
          && folder.getName(i + 2).toString().equals("resources")
          && isOfAnother(folder.getName(i + 1).toString())) {
        return Optional.of(folder.subpath(0, i + 1).resolve("main").resolve("resources"));
      }
    }
    return Optional.empty();
  }

  /**
   * Joins what production alone runs to what all environments run beside it, and leaves out what
   * others run: {@code db/migration}, {@code db/prod} and {@code db/local}. Which of them are
   * scanned together is said in code as a rule.
   *
   * @param told locations that the application names: what builds on them and is not among them is
   *     left out too
   */
  List<Location> together(List<Location> locations, List<Location> told) {
    List<Location> result = new ArrayList<>(locations);
    for (Location main : locations) {
      Path above = Folders.of(main.directory());
      List<Location> beside =
          locations.stream()
              .filter(other -> !other.equals(main) && !told.contains(other))
              .filter(other -> Folders.of(other.directory()).equals(above))
              .toList();
      if (told.contains(main)) {
        for (Location other : beside) {
          if (buildsOn(main, other) && result.remove(other)) {
            leaveOut.accept(other.directory(), notNamed(other.directory()));
          }
        }
      } else if (result.contains(main)
          && isUsual(main.directory())
          && beside.stream().noneMatch(other -> isUsual(other.directory()))) {
        Location joined = withProduction(main, beside, result);
        result.set(result.indexOf(main), joined);
      }
    }
    return result;
  }

  /**
   * A location with what of those beside it production runs on top.
   *
   * @param from what is joined or left out is removed from these
   */
  private Location withProduction(Location main, List<Location> beside, List<Location> from) {
    Location joined = main;
    for (Location other : beside) {
      String name = Folders.name(other.directory());
      if (isOfAnother(name)) {
        from.remove(other);
        leaveOut.accept(other.directory(), BY_NAME);
      } else if (isOfProduction(name) && buildsOn(joined, other)) {
        from.remove(other);
        joined = joined.with(other);
      }
    }
    return joined;
  }

  private static String notNamed(Path folder) {
    return "is not among the locations that the application names (--dir %s lints it)"
        .formatted(folder);
  }

  /**
   * What the application names, joined with what of the directories beside it production runs on
   * top; what another environment does is left out.
   *
   * @param others those beside it; what is joined or left out is removed
   */
  Location joined(Location named, List<Path> others) {
    Location joined = named;
    for (Path folder : List.copyOf(others)) {
      Location other = new Location(folder, List.of(folder), List.of(folder));
      boolean builds = buildsOn(joined, other);
      if (isOfAnother(Folders.name(folder))) {
        leaveOut.accept(folder, BY_NAME);
      } else if (builds && isOfProduction(Folders.name(folder))) {
        joined = joined.with(other);
      } else if (builds) {
        leaveOut.accept(folder, notNamed(folder));
      } else {
        continue;
      }
      others.remove(folder);
    }
    return joined;
  }

  private static boolean isUsual(Path folder) {
    return Folders.isNamed(folder, FlywayLocations.USUAL);
  }

  /** Whether the versions of {@code other} are none of {@code main}, and come after its first. */
  private boolean buildsOn(Location main, Location other) {
    Set<Version> own = versions.apply(main);
    Set<Version> more = versions.apply(other);
    return !own.isEmpty()
        && more.stream().noneMatch(own::contains)
        && more.stream().min(Comparator.naturalOrder()).stream()
            .allMatch(first -> own.stream().anyMatch(version -> version.compareTo(first) < 0));
  }
}
