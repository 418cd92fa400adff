package dev.drydock.facts.mapping;

import dev.drydock.schema.Policy;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How a policy differs from the one of its name that production has on the table. */
record ChangedPolicy(Optional<Policy> known, List<String> unlike) {
  private static final String USING = "using";
  private static final String ROLES = "roles";

  /** A value that is asked for in a query of its own, so that it is asked for once. */
  private static final Pattern ASKED_ONCE =
      Pattern.compile(
          "\\( SELECT ((?:(?! FROM )[^()]|\\((?:[^()]|\\([^()]*\\))*\\))+?)(?: AS \\w+)?\\)");

  /**
   * @param now as the statement left it
   */
  static ChangedPolicy of(Policy now, Schema base, Schema end) {
    Optional<Policy> known = named(now, base);
    return new ChangedPolicy(
        known,
        known
            .filter(had -> had.command().equals(now.command()))
            .filter(had -> had.permissive() == now.permissive())
            .filter(had -> named(now, end).filter(last -> unlike(last, now).isEmpty()).isPresent())
            .map(had -> unlike(had, now))
            .orElse(List.of())
            .stream()
            // The same condition is written otherwise then.
            .filter(
                part ->
                    part.equals(ROLES)
                        || Tautology.holds(part.equals(USING) ? now.using() : written(now))
                        || !columnsDiffer(now.table(), base, end))
            .toList());
  }

  /** Whether a column of the table has another name or type at the end. */
  private static boolean columnsDiffer(String table, Schema base, Schema end) {
    return base.table(table).map(Table::columns).orElse(List.of()).stream()
        .anyMatch(
            column ->
                end.table(table).map(Table::columns).orElse(List.of()).stream()
                    .filter(last -> last.id().equals(column.id()))
                    .anyMatch(
                        last ->
                            !last.name().local().equals(column.name().local())
                                || !last.type().equals(column.type())));
  }

  private static Optional<Policy> named(Policy policy, Schema schema) {
    return schema.table(policy.table()).map(Table::policies).orElse(List.of()).stream()
        .filter(other -> other.name().local().equals(policy.name().local()))
        .findFirst();
  }

  private static List<String> unlike(Policy one, Policy other) {
    List<String> unlike = new ArrayList<>();
    if (!plain(one.using()).equals(plain(other.using()))) {
      unlike.add(USING);
    }
    if (!plain(written(one)).equals(plain(written(other)))) {
      unlike.add("check");
    }
    if (!Set.copyOf(one.roles()).equals(Set.copyOf(other.roles()))) {
      unlike.add(ROLES);
    }
    return unlike;
  }

  private static String written(Policy policy) {
    return policy.check().isEmpty() && Set.of("all", "update").contains(policy.command())
        ? policy.using()
        : policy.check();
  }

  private static String plain(String condition) {
    return ASKED_ONCE.matcher(condition).replaceAll("$1");
  }
}
