package dev.drydock.facts.mapping;

import dev.drydock.schema.Grant;
import dev.drydock.schema.Policy;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Views through which roles read rows of a table that row level security keeps from them. */
final class PassingViews {
  private static final String INVOKER = "security_invoker=";

  /** How the server lets a yes be written. */
  private static final Set<String> YES =
      Set.of("true", "tru", "tr", "t", "yes", "ye", "y", "on", "1");

  private final Schema base;
  private final Schema end;
  private final Roles roles;

  PassingViews(Schema base, Schema end) {
    this.base = base;
    this.end = end;
    this.roles = new Roles(end);
  }

  /**
   * Names of those that production has and that the change leaves as they are.
   *
   * @param table as it is at the end
   */
  List<String> of(Table table) {
    return end.tables()
        .filter(view -> view.isView() && isUntouched(view))
        .filter(view -> passes(view, table))
        .filter(view -> view.grants().stream().anyMatch(grant -> isKeptFrom(grant, table)))
        .map(view -> view.name().toString())
        .sorted()
        .toList();
  }

  private boolean isUntouched(Table view) {
    return base.table(view.id())
        .filter(old -> old.definition().equals(view.definition()))
        .filter(old -> old.options().equals(view.options()))
        .isPresent();
  }

  private boolean passes(Table view, Table table) {
    return readings(view).stream()
        .filter(reading -> reads(reading.view(), table))
        .anyMatch(reading -> seesAll(reading.role(), table));
  }

  /**
   * Names of the tables with row level security that the view, or one beneath it, reads with the
   * rights of its owner.
   *
   * @param view as it is at the end
   */
  List<String> secured(Table view) {
    return readings(view).stream()
        .flatMap(reading -> end.tables().filter(table -> reads(reading.view(), table)))
        .filter(Table::rowSecurity)
        .map(table -> table.name().toString())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * A view and who asks it.
   *
   * @param asking the owner of the materialized view that is filled from it, as which its REFRESH
   *     runs; empty for whoever asks
   */
  private record Reading(Table view, String asking) {
    /** With whose rights it reads; empty for those of whoever asks. */
    String role() {
      return isInvoker(view) ? asking : view.owner();
    }
  }

  /**
   * The view and those beneath it, as far as they do not read with the rights of whoever asks. A
   * view with security_invoker does so even where a view without it reads that one.
   */
  private List<Reading> readings(Table view) {
    List<Reading> all = new ArrayList<>(List.of(new Reading(view, "")));
    for (int i = 0; i < all.size(); i++) {
      Table above = all.get(i).view();
      String asking =
          above.kind() == Table.Kind.MATERIALIZED_VIEW ? above.owner() : all.get(i).asking();
      end.tables()
          .filter(below -> below.isView() && reads(above, below))
          .map(below -> new Reading(below, asking))
          .filter(reading -> !all.contains(reading))
          .toList()
          .forEach(all::add);
    }
    return all.stream().filter(reading -> !reading.role().isEmpty()).toList();
  }

  private static boolean reads(Table view, Table relation) {
    return view.dependsOn().stream().anyMatch(d -> d.table().equals(relation.id()));
  }

  private boolean seesAll(String role, Table table) {
    return roles.isUnsecured(role)
        || (!table.forceRowSecurity() && roles.actingFor(role).contains(table.owner()));
  }

  private static boolean isInvoker(Table view) {
    return view.options().stream()
        .filter(option -> option.startsWith(INVOKER))
        .map(option -> option.substring(INVOKER.length()).toLowerCase(Locale.ROOT))
        .anyMatch(YES::contains);
  }

  /** Whether who was given the right to read may not see every row of the table itself. */
  private boolean isKeptFrom(Grant grant, Table table) {
    return grant.privileges().stream().anyMatch(p -> p.split(" ", 2)[0].equals("SELECT"))
        && !seesAll(grant.grantee(), table)
        && !isLetThrough(grant.grantee(), table);
  }

  private boolean isLetThrough(String role, Table table) {
    Set<String> actingFor = roles.actingFor(role);
    List<Policy> asked =
        table.policies().stream()
            .filter(policy -> Set.of("all", "select").contains(policy.command()))
            .filter(policy -> policy.roles().stream().anyMatch(actingFor::contains))
            .toList();
    return asked.stream().allMatch(Policy::permissive)
        && asked.stream().anyMatch(policy -> Tautology.holds(policy.using()));
  }
}
