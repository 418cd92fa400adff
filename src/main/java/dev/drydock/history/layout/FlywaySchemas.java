package dev.drydock.history.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The schemas Flyway works in on PostgreSQL.
 *
 * <p>It creates those it is told of, and puts the default one, which is the first of them unless it
 * is named, before what else is on the search path of its session (PostgreSQLConnection, {@code
 * changeCurrentSchemaTo}). An address may set that path too, with {@code currentSchema}.
 *
 * @param own those Flyway is told of, the default one first
 * @param current those of the address
 * @param creates whether Flyway creates what is missing
 */
record FlywaySchemas(List<String> own, List<String> current, boolean creates) {
  private static final String PUBLIC = "public";

  /** What PostgreSQL takes for a name; anything else was not meant for one. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,62}");

  private static final Pattern CURRENT = Pattern.compile("[?&]currentSchema=([^&\\s\"']+)");

  FlywaySchemas {
    own = List.copyOf(own);
    current = List.copyOf(current);
  }

  static FlywaySchemas of(Settings settings) {
    List<String> own = new ArrayList<>(names(settings.text("flyway.defaultSchema")));
    names(settings.text("flyway.schemas").or(() -> settings.text("environments.default.schemas")))
        .stream()
        .filter(name -> !own.contains(name))
        .forEach(own::add);
    Matcher address = CURRENT.matcher(settings.text("flyway.url").orElse(""));
    List<String> current =
        address.find()
            ? names(Optional.of(address.group(1).toLowerCase(Locale.ROOT).replace("%2c", ",")))
            : List.of();
    return new FlywaySchemas(own, current, settings.flag("flyway.createSchemas").orElse(true));
  }

  /** The names in a list, without the brackets and quotes it may be written with. */
  private static List<String> names(Optional<String> written) {
    List<String> names = new ArrayList<>();
    for (String one : written.orElse("").replaceAll("[\\[\\]\"']", "").split(",")) {
      if (NAME.matcher(one.strip()).matches()) {
        names.add(one.strip());
      }
    }
    return names;
  }

  /** The schema that what has no schema in its name is made in. */
  String standard() {
    return own.stream().findFirst().or(() -> current.stream().findFirst()).orElse(PUBLIC);
  }

  /** SQL that makes them: those of the address are there before Flyway can keep its table. */
  String creation() {
    List<String> missing = new ArrayList<>(current);
    if (creates) {
      missing.addAll(own);
    }
    return missing.stream()
        .filter(name -> !name.equals(PUBLIC))
        .distinct()
        .map(name -> "CREATE SCHEMA IF NOT EXISTS \"%s\";\n".formatted(name))
        .collect(Collectors.joining());
  }

  /** SQL that sets the search path of a session as Flyway does. */
  String session() {
    String before = current.isEmpty() ? "" : "set search_path to " + quoted(current) + "; ";
    if (own.isEmpty() || standard().equals(PUBLIC)) {
      return before;
    }
    // What is on it already may be the role's or the database's.
    return before
        + ("do $$begin perform set_config('search_path', concat_ws(', ', '%s',"
                + " nullif(current_setting('search_path'), '')), false); end$$")
            .formatted(quoted(own.subList(0, 1)));
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }
}
