package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The databases a Rust crate is built for: drivers are features of the crate that migrates. */
final class CargoFeatures {
  private static final String MANIFEST = "Cargo.toml";

  private CargoFeatures() {}

  /**
   * The one dialect that the nearest manifest which turns on a driver of {@code crate} turns on;
   * nothing where there is none, or several.
   */
  static Optional<Dialect> dialect(String crate, Path directory, Surroundings around) {
    for (Path folder : Folders.upwards(directory)) {
      Set<Dialect> drivers = drivers(crate, around.text(folder.resolve(MANIFEST)).orElse(""));
      if (!drivers.isEmpty()) {
        return drivers.size() == 1 ? drivers.stream().findFirst() : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Of the dependency itself in all its forms, and of what the crate's own features turn on. */
  private static Set<Dialect> drivers(String crate, String manifest) {
    String text = manifest.replaceAll("(?m)#.*$", "");
    Pattern dependency =
        Pattern.compile(
            "(?m)^\\s*%1$s\\s*=\\s*\\{[^}]*}|(?s)^\\[[^\\]]*dependencies\\.%1$s].*?(?=^\\[|\\z)"
                .formatted(crate));
    StringBuilder features = new StringBuilder();
    Matcher found = dependency.matcher(text);
    while (found.find()) {
      features.append(found.group());
    }
    Matcher passedOn = Pattern.compile("\"%s\\??/([a-z]+)".formatted(crate)).matcher(text);
    while (passedOn.find()) {
      features.append('"').append(passedOn.group(1)).append('"');
    }
    Set<Dialect> drivers = EnumSet.noneOf(Dialect.class);
    Matcher name = Pattern.compile("\"(?:tokio-|ru)?(postgres|mysql|sqlite)").matcher(features);
    while (name.find()) {
      drivers.add(
          switch (name.group(1)) {
            case "postgres" -> Dialect.POSTGRESQL;
            case "mysql" -> Dialect.MYSQL;
            default -> Dialect.SQLITE;
          });
    }
    return drivers;
  }
}
