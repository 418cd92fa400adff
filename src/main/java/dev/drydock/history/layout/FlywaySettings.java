package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a project has set Flyway up: in Flyway's own files, or in those of a Spring Boot application,
 * whose {@code spring.flyway.out-of-order} is Flyway's {@code flyway.outOfOrder}. Before version 2
 * it is {@code flyway.out-of-order} there.
 */
final class FlywaySettings {
  private static final String SPRING = "spring.flyway.";
  private static final String SPRING_1 = "flyway.";
  private static final String DATA_SOURCE = "spring.datasource.";
  private static final String PLACEHOLDERS = "placeholders.";
  private static final String CLASSPATH = "classpath:";
  private static final Path RESOURCES = Path.of("src", "main", "resources");

  /** Of two that say something else, Spring Boot takes the word of the first. */
  private static final List<String> APPLICATION =
      List.of(
          "config/application.properties",
          "config/application.yml",
          "config/application.yaml",
          "application.properties",
          "application.yml",
          "application.yaml");

  private static final List<String> PRODUCTION =
      Environments.PRODUCTION.stream().flatMap(profile -> files(profile).stream()).toList();

  private static final Pattern PROFILE = Pattern.compile("[\\w.+@-]+");

  /** A value of the application's own or of the environment, with the one that holds without it. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}:]+)(?::([^${}]*))?}");

  private static final Pattern CURRENT_SCHEMA =
      Pattern.compile("[?&]currentSchema=((?:\\$\\{[^}]*}|[^&\\s])++)");

  /**
   * The end of a location that takes all files below a directory, which without it takes as many.
   */
  private static final Pattern EVERYTHING = Pattern.compile("/\\*\\*(?:/\\*(?:\\.sql)?)?$");

  /** References to references that are followed: one that leads to itself must end. */
  private static final int DEEPEST = 20;

  private FlywaySettings() {}

  /** The nearest settings of the project the directory belongs to. */
  static Settings of(Path directory, Surroundings around) {
    Settings spring =
        resources(directory, around)
            .map(root -> spring(root, around))
            .orElse(Settings.none())
            .over(FlywayCommand.of(directory, around));
    return around
        .nearest(directory, "flyway.toml", "flyway.conf", "conf/flyway.conf")
        .map(file -> around.settings(file, text -> own(file, text)).over(spring))
        .orElse(spring);
  }

  private static Settings own(Path file, String text) {
    return Folders.name(file).endsWith(".toml")
        ? TomlSettings.read(text).orElse(Settings.none())
        : Settings.properties(text);
  }

  /**
   * The directories on the class path that an application tells Flyway to scan, where it names them
   * in full.
   */
  static List<Path> locations(Path directory, Surroundings around) {
    List<Path> own =
        resources(directory, around)
            .map(root -> locations(spring(root, around), root))
            .orElse(List.of());
    return own.isEmpty() ? ofAnotherModule(directory, around) : own;
  }

  /**
   * What the application of another module names, whose class path has this module's resources too;
   * nothing where several do, or where that module has such directories itself.
   */
  private static List<Path> ofAnotherModule(Path directory, Surroundings around) {
    Optional<Path> root =
        Folders.upwards(directory).stream().filter(at -> at.endsWith(RESOURCES)).findFirst();
    if (root.isEmpty()) {
      return List.of();
    }
    List<List<Path>> told =
        around.homes(APPLICATION).stream()
            .filter(home -> home.endsWith(RESOURCES) && !home.equals(root.get()))
            .filter(
                home -> locations(spring(home, around), home).stream().noneMatch(around::hasBelow))
            .map(home -> locations(spring(home, around), root.get()))
            .filter(named -> named.stream().anyMatch(at -> Folders.holds(at, directory)))
            .distinct()
            .toList();
    return told.size() == 1 ? told.getFirst() : List.of();
  }

  /**
   * The same for those that a profile's own file names.
   *
   * @param root of the class path
   */
  static List<Path> locationsIn(Path file, Path root, Surroundings around) {
    Settings profile = around.settings(file, text -> written(file, text));
    return locations(spring(profile, profile.over(application(APPLICATION, root, around))), root);
  }

  private static List<Path> locations(Settings settings, Path root) {
    List<Path> locations = new ArrayList<>();
    for (String one : settings.text("flyway.locations").orElse("").split(",")) {
      String location =
          EVERYTHING
              .matcher(one.strip().replaceFirst("^" + CLASSPATH, "").replaceFirst("^/", ""))
              .replaceFirst("");
      if (location.isEmpty() || !location.matches("[\\w./+-]+") || location.contains("..")) {
        return List.of();
      }
      locations.add(root.resolve(location).normalize());
    }
    return locations;
  }

  /** The nearest directory in which an application's settings are: the root of its class path. */
  static Optional<Path> resources(Path directory, Surroundings around) {
    return Folders.upwards(directory).stream()
        .filter(at -> APPLICATION.stream().anyMatch(name -> around.has(at.resolve(name))))
        // What lies in a directory called config is the application's of the one above.
        .map(at -> isConfig(at) ? Folders.of(at) : at)
        .findFirst();
  }

  private static boolean isConfig(Path directory) {
    return Folders.name(directory).equals("config");
  }

  /** As production has it, where a profile of that name says something else. */
  private static Settings spring(Path root, Surroundings around) {
    List<Settings> parts = parts(root, around);
    Settings all = parts.stream().reduce(Settings.none(), (before, next) -> next.over(before));
    Settings settings =
        parts.stream()
            .map(part -> spring(part, all))
            .reduce(Settings.none(), (before, next) -> next.over(before));
    return address(all)
        .map(url -> new Settings(Map.of("flyway.url", url)).over(settings))
        .orElse(settings);
  }

  /**
   * What the application says, the profiles that it always includes, those of production, and those
   * that come with them, each of which has the last word over the ones before it.
   */
  private static List<Settings> parts(Path root, Surroundings around) {
    Settings application = application(APPLICATION, root, around);
    List<Settings> parts = new ArrayList<>(List.of(application));
    profiles(application, "spring.profiles.include")
        .forEach(profile -> parts.add(application(files(profile), root, around)));
    parts.add(application(PRODUCTION, root, around));
    Environments.PRODUCTION.stream()
        .flatMap(group -> profiles(application, "spring.profiles.group." + group))
        .forEach(profile -> parts.add(application(files(profile), root, around)));
    return parts;
  }

  /** The profiles of a list, which properties may have with an index after its name. */
  private static Stream<String> profiles(Settings application, String list) {
    return application.under(list).entrySet().stream()
        .filter(entry -> entry.getKey().isEmpty() || entry.getKey().startsWith("["))
        .flatMap(entry -> Stream.of(entry.getValue().split(",")))
        .map(String::strip)
        .filter(PROFILE.asMatchPredicate());
  }

  private static List<String> files(String profile) {
    return APPLICATION.stream()
        .map(name -> name.replace("application.", "application-" + profile + "."))
        .toList();
  }

  /** All that the files of these names say, those of Flyway and others. */
  private static Settings application(List<String> names, Path root, Surroundings around) {
    Settings all = Settings.none();
    for (String name : names) {
      Path file = root.resolve(name);
      if (around.has(file)) {
        all = all.over(around.settings(file, text -> written(file, text)));
      }
    }
    return all;
  }

  /**
   * Flyway's settings of an application's.
   *
   * @param known what may be referred to
   */
  private static Settings spring(Settings application, Settings known) {
    Map<String, String> values = new TreeMap<>();
    for (String prefix : List.of(SPRING_1, SPRING)) {
      application
          .under(prefix)
          .forEach(
              (name, value) ->
                  resolved(value, known)
                      .ifPresent(full -> values.put("flyway." + named(name), full)));
    }
    return new Settings(values);
  }

  private static Settings written(Path file, String text) {
    return Folders.name(file).endsWith(".properties")
        ? Settings.properties(text)
        : Settings.yaml(text);
  }

  /** Flyway's own name for what Spring Boot lets be written in several ways. */
  private static String named(String name) {
    if (name.startsWith(PLACEHOLDERS)) {
      return name;
    }
    StringBuilder named = new StringBuilder();
    for (String word : name.split("[-_]")) {
      named.append(
          named.isEmpty() || word.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return named.toString();
  }

  /**
   * The address of the database as far as it matters here: the schemas that it names, or that the
   * pool of connections is given.
   */
  private static Optional<String> address(Settings application) {
    Optional<String> own = application.text(SPRING + "url");
    String url = own.or(() -> application.text(DATA_SOURCE + "url")).orElse("");
    Matcher named = CURRENT_SCHEMA.matcher(url);
    Optional<String> schemas =
        named.find()
            ? Optional.of(named.group(1))
            : application.text(DATA_SOURCE + "hikari.schema").filter(any -> own.isEmpty());
    return schemas
        .flatMap(written -> resolved(written, application))
        .map(known -> "?currentSchema=" + known);
  }

  /**
   * With the application's own values put in, and with what holds when the environment says
   * nothing; nothing where that is not written.
   */
  private static Optional<String> resolved(String value, Settings application) {
    String text = value;
    for (int depth = 0; depth < DEEPEST; depth++) {
      Matcher reference = REFERENCE.matcher(text);
      if (!reference.find()) {
        return Optional.of(text);
      }
      Optional<String> known =
          application.text(reference.group(1)).or(() -> Optional.ofNullable(reference.group(2)));
      if (known.isEmpty()) {
        return Optional.empty();
      }
      text = text.substring(0, reference.start()) + known.get() + text.substring(reference.end());
    }
    return Optional.empty();
  }
}
