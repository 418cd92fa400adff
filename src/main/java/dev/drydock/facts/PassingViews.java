package dev.drydock.facts;

import dev.drydock.schema.Grant;
import dev.drydock.schema.Policy;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.HashSet;
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
        .filter(view -> passes(view, "", table, new HashSet<>()))
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

  /**
   * Whether the view reads the table as a role that sees all of it.
   *
   * @param reader the role as which a view above reads this one; empty for whoever asks
   */
  private boolean passes(Table view, String reader, Table table, Set<String> seen) {
    String as = isInvoker(view) ? reader : view.owner();
    return view.dependsOn().stream()
        .map(Table.Dependency::table)
        .distinct()
        .anyMatch(
            id ->
                id.equals(table.id())
                    ? seesAll(as, table)
                    : end.table(id)
                        .filter(below -> below.isView() && seen.add(as + " " + id))
                        .filter(below -> passes(below, as, table, seen))
                        .isPresent());
  }

  private boolean seesAll(String role, Table table) {
    return !role.isEmpty()
        && (roles.isUnsecured(role)
            || (!table.forceRowSecurity() && roles.actingFor(role).contains(table.owner())));
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
