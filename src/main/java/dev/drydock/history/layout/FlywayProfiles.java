package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the profiles of a Spring Boot application tell Flyway to scan.
 *
 * @param all those that name locations, in the order of their files
 */
record FlywayProfiles(List<Profile> all) {
  private static final Pattern FILE =
      Pattern.compile("application(?:-(.+))?\\.(?:properties|ya?ml)");

  /** Beginnings of words in the names of profiles that production does not have. */
  private static final Pattern ASIDE =
      Pattern.compile("(?:dev|local|test|integration|e2e|h2|demo).*|.*test");

  /**
   * A profile.
   *
   * @param aside whether it is for development or tests, by its name or by where its file lies
   */
  record Profile(String name, boolean aside, List<Path> locations) {
    Profile {
      locations = List.copyOf(locations);
    }

    boolean scans(Path folder) {
      return locations.stream().anyMatch(told -> Folders.holds(told, folder));
    }
  }

  FlywayProfiles {
    all = List.copyOf(all);
  }

  /**
   * The profiles of the application a directory belongs to, those of its tests too: {@code
   * src/test/resources} lies beside {@code src/main/resources}.
   *
   * @param files among which theirs are
   */
  static FlywayProfiles of(Path directory, Collection<Path> files, Surroundings around) {
    List<Profile> profiles = new ArrayList<>();
    FlywaySettings.resources(directory, around)
        .ifPresent(
            root ->
                files.stream()
                    .filter(file -> belongs(file, root))
                    .sorted()
                    .forEach(file -> add(file, root, around, profiles)));
    return new FlywayProfiles(profiles);
  }

  private static void add(Path file, Path root, Surroundings around, List<Profile> profiles) {
    Matcher name = FILE.matcher(Folders.name(file));
    boolean ofTests = !Folders.holds(root, file);
    if (name.matches() && (ofTests || name.group(1) != null)) {
      String profile = name.group(1) == null ? "test" : name.group(1);
      List<Path> locations = FlywaySettings.locationsIn(file, root, around);
      boolean aside =
          ofTests
              || Folders.words(profile).stream().anyMatch(word -> ASIDE.matcher(word).matches());
      if (!locations.isEmpty()) {
        profiles.add(new Profile(profile, aside, locations));
      }
    }
  }

  private static boolean belongs(Path file, Path root) {
    Path folder = Folders.of(file);
    Path at = Folders.name(folder).equals("config") ? Folders.of(folder) : folder;
    if (at.equals(root)) {
      return true;
    }
    int names = root.getNameCount();
    return names >= 2
        && at.getNameCount() == names
        && root.getName(names - 2).toString().equals("main")
        && at.getFileName().equals(root.getFileName())
        && (names == 2 || at.startsWith(root.subpath(0, names - 2)));
  }
}
