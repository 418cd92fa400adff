package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts directories with Flyway files together into the locations Flyway is told to scan.
 *
 * <p>A location counts with all below it, and the settings that name the locations are often in
 * code. What is known of a project is its directories: one below {@code db/migration} belongs to
 * that, unless it is named for a database or has versions of its own.
 */
public final class FlywayLocations {
  private static final Path STANDARD = Path.of("db", "migration");
  static final List<String> USUAL = List.of("migration", "migrations", "flyway");
  private static final List<String> SHARED =
      List.of("common", "shared", "all", "any", "base", "default", "generic");

  /** Directories beside {@code resources}, each named for the language of what it holds. */
  private static final List<String> LANGUAGES = List.of("java", "kotlin", "groovy", "scala");

  /**
   * A location.
   *
   * @param folders the directories of it in which Flyway files were seen
   * @param scope the directories that count, with all below them
   */
  public record Location(Path directory, List<Path> folders, List<Path> scope) {
    public Location {
      folders = folders.stream().sorted().toList();
      scope = scope.stream().sorted().toList();
    }

    public boolean holds(Path file) {
      return scope.stream().anyMatch(folder -> Folders.holds(folder, file));
    }

    /** This location with all of another one. */
    Location with(Location other) {
      return new Location(
          directory,
          Stream.concat(folders.stream(), other.folders.stream()).toList(),
          Stream.concat(scope.stream(), other.scope.stream()).toList());
    }

    /** Whether {@code file} is not this location's but that of another one inside it. */
    public boolean leaves(Path file, Location other) {
      return other.scope.stream()
          .filter(folder -> Folders.holds(folder, file))
          .anyMatch(folder -> scope.stream().noneMatch(own -> Folders.holds(folder, own)));
    }
  }

  private final Set<Path> present;
  private final Map<Path, Place> places = new TreeMap<>();
  private final Map<Path, Layout> layouts = new TreeMap<>();
  private final List<Found.PassedOver> leftOut = new ArrayList<>();
  private final Environments environments = new Environments(this::versions, this::leaveOut);

  /**
   * @param present the files of the tree that counts: a version may have moved between directories
   */
  public FlywayLocations(Flyway flyway, List<Place> places, Set<Path> present) {
    this.present = present;
    for (Place place : places) {
      this.places.put(place.directory(), place);
      layouts.put(place.directory(), flyway.fitted(place.directory(), place.around()));
    }
  }

  /**
   * Where a JVM project keeps the migrations of {@code location} that are written in a language.
   */
  public static List<Path> sources(Path location) {
    for (int i = 0; i + 1 < location.getNameCount(); i++) {
      if (location.getName(i).toString().equals("resources")) {
        Path rest = location.subpath(i + 1, location.getNameCount());
        Path above = i == 0 ? Folders.ROOT : location.subpath(0, i);
        return LANGUAGES.stream().map(language -> above.resolve(language).resolve(rest)).toList();
      }
    }
    return List.of();
  }

  public List<Location> find() {
    places.keySet().removeIf(this::isAside);
    List<Location> told = across();
    List<Location> found = new ArrayList<>(told);
    Map<Path, List<Path>> byRoot = new TreeMap<>();
    for (Path folder : places.keySet()) {
      if (found.stream().noneMatch(location -> location.folders().contains(folder))) {
        byRoot.computeIfAbsent(root(folder), any -> new ArrayList<>()).add(folder);
      }
    }
    byRoot.forEach(
        (root, folders) -> {
          Optional<Location> part = told(root, folders);
          List<Path> others =
              new ArrayList<>(
                  folders.stream()
                      .filter(folder -> part.isEmpty() || !part.get().folders().contains(folder))
                      .filter(folder -> part.isEmpty() || isVersioned(folder))
                      .toList());
          part.map(named -> environments.joined(named, others)).ifPresent(found::add);
          List<Path> ofProduction = ofProduction(root, others);
          if (!others.isEmpty()) {
            found.addAll(
                ofProduction.size() == others.size() || clash(ofProduction, root)
                    ? split(root, ofProduction)
                    : List.of(new Location(root, ofProduction, ofProduction)));
          }
        });
    return withRepeatables(environments.together(found, told));
  }

  /** Directories that are scanned where development or tests are run and nowhere else. */
  public List<Found.PassedOver> leftOut() {
    return List.copyOf(leftOut);
  }

  /**
   * The locations that an application names in several places, of which none holds the others, or
   * the one above several.
   */
  private List<Location> across() {
    List<Location> found = new ArrayList<>();
    Set<List<Path>> seen = new HashSet<>();
    for (Place place : places.values()) {
      List<Path> told = FlywaySettings.locations(place.directory(), place.around());
      if (told.isEmpty() || !seen.add(told)) {
        continue;
      }
      List<Path> inside =
          places.keySet().stream()
              .filter(folder -> told.stream().anyMatch(at -> Folders.holds(at, folder)))
              .toList();
      boolean apart = inside.stream().map(this::root).distinct().count() > 1;
      Optional<Path> first =
          told.stream()
              .filter(
                  at ->
                      inside.stream()
                          .anyMatch(folder -> Folders.holds(at, folder) && isVersioned(folder)))
              .findFirst();
      if (apart && first.isPresent() && inside.stream().noneMatch(FlywayLocations::isOfAnother)) {
        found.add(new Location(first.get(), inside, told));
      }
    }
    return found;
  }

  /**
   * Whether only profiles for development or tests scan {@code folder}, together with what the
   * application names. It stands on that, and production never has it.
   */
  private boolean isAside(Path folder) {
    if (Environments.mainResources(folder)
        .filter(main -> places.keySet().stream().anyMatch(place -> Folders.holds(main, place)))
        .isPresent()) {
      leaveOut(folder, Environments.BY_NAME);
      return true;
    }
    Surroundings around = places.get(folder).around();
    List<Path> told = FlywaySettings.locations(folder, around);
    if (told.isEmpty() || told.stream().anyMatch(at -> Folders.holds(at, folder))) {
      return false;
    }
    List<FlywayProfiles.Profile> scanning =
        FlywayProfiles.of(folder, present, around).all().stream()
            .filter(profile -> profile.scans(folder))
            .toList();
    boolean aside =
        scanning.stream().anyMatch(profile -> told.stream().anyMatch(profile::scans))
            && scanning.stream().allMatch(FlywayProfiles.Profile::aside);
    if (aside) {
      leftOut.add(
          new Found.PassedOver(
              folder,
              "is scanned under the profile %s alone, which is not production's"
                  .formatted(scanning.getFirst().name())));
    }
    return aside;
  }

  /**
   * The location that the application names, when that is a part of what lies below {@code root}.
   * What it leaves out may be another application's, and where it holds nothing but repeatable
   * migrations, it is run on top of these or nowhere.
   */
  private Optional<Location> told(Path root, List<Path> folders) {
    List<Path> locations = below(root, places.get(folders.getFirst()).around());
    List<Path> inside =
        folders.stream()
            .filter(folder -> locations.stream().anyMatch(told -> Folders.holds(told, folder)))
            .toList();
    boolean part =
        inside.size() < folders.size()
            || leftOut.stream().anyMatch(over -> Folders.holds(root, over.directory()));
    return part && inside.stream().anyMatch(this::isVersioned)
        ? Optional.of(new Location(inside.getFirst(), inside, locations))
        : Optional.empty();
  }

  private static List<Path> below(Path root, Surroundings around) {
    List<Path> locations = FlywaySettings.locations(root, around);
    return locations.stream().allMatch(told -> !told.equals(root) && Folders.holds(root, told))
        ? locations
        : List.of();
  }

  /** The highest directory that {@code folder} may share a location with. */
  private Path root(Path folder) {
    List<Path> upwards = Folders.upwards(folder);
    Optional<Path> standard = upwards.stream().filter(at -> at.endsWith(STANDARD)).findFirst();
    if (standard.isPresent()) {
      return standard.get();
    }
    Optional<Path> usual = upwards.stream().filter(at -> Folders.isNamed(at, USUAL)).findFirst();
    return usual.orElseGet(
        () -> upwards.stream().filter(places::containsKey).reduce((low, high) -> high).get());
  }

  private List<Location> split(Path root, List<Path> folders) {
    Map<Path, List<Path>> children = new TreeMap<>();
    List<Path> shared = new ArrayList<>();
    boolean vendors = false;
    for (Path folder : folders) {
      Optional<Path> child = Folders.below(root, folder);
      vendors |= child.filter(FlywayLocations::isVendor).isPresent();
      if (child.isEmpty() || isShared(child.get())) {
        shared.add(folder);
      } else {
        children.computeIfAbsent(child.get(), any -> new ArrayList<>()).add(folder);
      }
    }
    if (folders.size() == 1) {
      return List.of(new Location(folders.getFirst(), folders, folders));
    }
    if (!vendors && !clash(folders, root)) {
      return List.of(new Location(root, folders, List.of(root)));
    }
    List<Location> found = new ArrayList<>();
    boolean withShared = vendors;
    children.forEach(
        (child, own) -> {
          List<Path> all = new ArrayList<>(own);
          List<Path> scope = new ArrayList<>(List.of(child));
          if (withShared && isVendor(child)) {
            all.addAll(shared);
            scope.addAll(shared);
          }
          found.add(new Location(child, all, scope));
        });
    if (!vendors || children.isEmpty()) {
      shared.forEach(folder -> found.add(new Location(folder, List.of(folder), List.of(folder))));
    }
    return found;
  }

  /**
   * Whether two children of {@code root} have a version in common, and so cannot be one history.
   */
  private boolean clash(List<Path> folders, Path root) {
    Map<String, Path> owners = new TreeMap<>();
    for (Path folder : folders) {
      Path child = Folders.below(root, folder).orElse(root);
      for (Path file : places.get(folder).files()) {
        if (present.contains(file)
            && layouts.get(folder).role(file) instanceof Role.Forward forward
            && !forward.baseline()) {
          Path owner = owners.putIfAbsent(forward.version().toString(), child);
          if (owner != null && !owner.equals(child)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * {@code folders} without those of other environments than production. A directory is one of
   * these where its neighbours are what all environments run or what production does: {@code dev}
   * beside {@code common} and {@code prod}.
   */
  private List<Path> ofProduction(Path root, List<Path> folders) {
    boolean production = anyBelow(root, folders, Environments.PRODUCTION);
    List<String> others = production ? Environments.OTHERS : Environments.DEVELOPMENT;
    if (!production && !anyBelow(root, folders, SHARED)) {
      return folders;
    }
    List<Path> kept = new ArrayList<>();
    for (Path folder : folders) {
      if (isBelow(root, folder, others)) {
        leaveOut(folder, Environments.BY_NAME);
      } else {
        kept.add(folder);
      }
    }
    return kept;
  }

  private static boolean anyBelow(Path root, List<Path> folders, List<String> names) {
    return folders.stream().anyMatch(folder -> isBelow(root, folder, names));
  }

  private static boolean isBelow(Path root, Path folder, List<String> names) {
    return Folders.below(root, folder)
        .filter(child -> names.contains(Folders.name(child)))
        .isPresent();
  }

  private static boolean isOfAnother(Path folder) {
    return DialectGuess.ofName(Folders.name(folder))
        .filter(dialect -> dialect != Dialect.POSTGRESQL)
        .isPresent();
  }

  private static boolean isVendor(Path folder) {
    return DialectGuess.ofName(Folders.name(folder)).isPresent();
  }

  private static boolean isShared(Path folder) {
    return SHARED.contains(Folders.name(folder));
  }

  private void leaveOut(Path folder, String reason) {
    leftOut.add(new Found.PassedOver(folder, reason));
  }

  private Set<Version> versions(Location location) {
    return location.folders().stream()
        .flatMap(this::versions)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Without those of repeatable migrations. */
  private Stream<Version> versions(Path folder) {
    return Folder.versions(layouts.get(folder), places.get(folder).files().stream())
        .filter(Version.Versioned.class::isInstance);
  }

  /** Repeatable migrations are often kept beside the versioned ones, in a location of their own. */
  private List<Location> withRepeatables(List<Location> locations) {
    List<Location> joined = new ArrayList<>();
    Set<Path> taken = new HashSet<>();
    for (Location location : locations) {
      if (!isVersioned(location)) {
        continue;
      }
      List<Location> beside =
          locations.stream()
              .filter(other -> !other.equals(location))
              .filter(
                  other -> Folders.of(other.directory()).equals(Folders.of(location.directory())))
              .toList();
      Set<Path> folders = new TreeSet<>(location.folders());
      Set<Path> scope = new TreeSet<>(location.scope());
      if (beside.stream().noneMatch(this::isVersioned)) {
        for (Location other : beside) {
          folders.addAll(other.folders());
          scope.addAll(other.scope());
          taken.add(other.directory());
        }
      }
      joined.add(new Location(location.directory(), List.copyOf(folders), List.copyOf(scope)));
    }
    locations.stream()
        .filter(location -> !isVersioned(location) && !taken.contains(location.directory()))
        .forEach(joined::add);
    return joined;
  }

  private boolean isVersioned(Location location) {
    return location.folders().stream().anyMatch(this::isVersioned);
  }

  private boolean isVersioned(Path folder) {
    return versions(folder).findAny().isPresent();
  }
}
