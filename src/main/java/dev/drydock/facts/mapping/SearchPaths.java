package dev.drydock.facts.mapping;

import dev.drydock.schema.GrantTarget;
import dev.drydock.schema.Name;
import dev.drydock.schema.Namespace;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which tables sessions find by a name without a schema, before the change and at its end. */
final class SearchPaths {
  private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"|[^\\s,\"]+");

  private final Schema base;
  private final Schema end;

  SearchPaths(Schema base, Schema end) {
    this.base = base;
    this.end = end;
  }

  /**
   * A table that sessions find no more by its name alone.
   *
   * @param roles whose sessions; those of a superuser and of the role that migrates are not named
   */
  record Hidden(List<String> tables, List<String> roles) {}

  /**
   * What production has and the end of the change still has, and what those sessions that found it
   * by its name alone find {@code made} for then.
   */
  Hidden behind(Table made) {
    List<String> tables = new ArrayList<>();
    List<String> roles = new ArrayList<>();
    logins(base)
        .forEach(
            role -> {
              Optional<Table> before = found(base, role, made.name().local());
              Optional<Table> then =
                  logins(end)
                      .filter(same -> same.id().equals(role.id()))
                      .findFirst()
                      .flatMap(same -> found(end, same, made.name().local()));
              if (then.filter(table -> table.id().equals(made.id())).isPresent()
                  && before.filter(this::isStillThere).isPresent()
                  && !before.get().id().equals(made.id())) {
                tables.add(before.get().name().toString());
                if (!role.unlimited()) {
                  roles.add(role.name().local());
                }
              }
            });
    return new Hidden(
        tables.stream().distinct().sorted().toList(), roles.stream().sorted().toList());
  }

  private boolean isStillThere(Table table) {
    return end.table(table.id()).filter(same -> same.name().equals(table.name())).isPresent();
  }

  private static Stream<GrantTarget> logins(Schema schema) {
    return schema
        .objects(GrantTarget.class)
        .filter(target -> target.kind().equals("role") && target.login());
  }

  /** The server passes over schemas that are not there, or that the role may not use. */
  private static Optional<Table> found(Schema schema, GrantTarget role, String local) {
    return path(role).stream()
        .filter(name -> isUsable(schema, role, name))
        .flatMap(
            name ->
                schema
                    .tables()
                    .filter(table -> table.name().equals(new Name(name, local)))
                    .limit(1))
        .findFirst();
  }

  private static boolean isUsable(Schema schema, GrantTarget role, String name) {
    String user = role.name().local();
    Roles roles = new Roles(schema);
    return role.unlimited()
        || schema
            .objects(Namespace.class)
            .filter(namespace -> namespace.name().local().equals(name))
            .anyMatch(
                namespace ->
                    roles.actingFor(user).contains(namespace.owner())
                        || roles.isGiven(user, "USAGE", namespace.grants()));
  }

  private static List<String> path(GrantTarget role) {
    List<String> names = new ArrayList<>();
    Matcher part = PART.matcher(role.searchPath());
    while (part.find()) {
      String name =
          part.group(1) == null
              ? part.group().toLowerCase(Locale.ROOT)
              : part.group(1).replace("\"\"", "\"");
      names.add(name.equals("$user") ? role.name().local() : name);
    }
    return names;
  }
}
