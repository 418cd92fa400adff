package dev.drydock.facts.mapping;

import dev.drydock.schema.Grant;
import dev.drydock.schema.GrantTarget;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What roles may do, by themselves and by the roles that they are members of. */
final class Roles {
  static final String EVERYBODY = "PUBLIC";

  private static final List<String> WRITES = List.of("INSERT", "UPDATE", "DELETE");

  private final Schema schema;

  Roles(Schema schema) {
    this.schema = schema;
  }

  /** Whether the role is there, and what it may do follows from grants and ownership alone. */
  boolean isLimited(String role) {
    return role(role).filter(there -> !there.unlimited()).isPresent();
  }

  /** Whether row level security is known not to hold for the role. */
  boolean isUnsecured(String role) {
    return role(role).filter(GrantTarget::unsecured).isPresent();
  }

  private Optional<GrantTarget> role(String name) {
    return targets().stream().filter(role -> role.name().local().equals(name)).findFirst();
  }

  private List<GrantTarget> targets() {
    return schema
        .objects(GrantTarget.class)
        .filter(target -> target.kind().equals("role"))
        .toList();
  }

  /** Whether one of the grants gives the right to the role, or to a role it is a member of. */
  boolean isGiven(String role, String privilege, List<Grant> grants) {
    return isGiven(actingFor(role), privilege, grants);
  }

  /**
   * Whether one of the grants gives the right to the grantee or to everybody. What it may do as a
   * member of other roles is not asked: it may have to say SET ROLE first.
   */
  static boolean isGivenTo(String grantee, String privilege, List<Grant> grants) {
    return isGiven(new HashSet<>(List.of(grantee, EVERYBODY)), privilege, grants);
  }

  private static boolean isGiven(Set<String> grantees, String privilege, List<Grant> grants) {
    return grants.stream()
        .filter(grant -> grantees.contains(grant.grantee()))
        .flatMap(grant -> grant.privileges().stream())
        // What is given for the whole table is given for its column.
        .anyMatch(given -> given.equals(privilege) || privilege.startsWith(given + " ("));
  }

  /**
   * Those of the rights to rows of {@code table}, as {@code then} has it, that the role which owns
   * it there has no part of in this schema.
   */
  List<String> lostByOwner(Table table, Roles then) {
    String owner = table.owner();
    Optional<Table> now = schema.table(table.id());
    if (now.isEmpty()
        || now.get().owner().equals(owner)
        || !isLimited(owner)
        || !then.isLimited(owner)) {
      return List.of();
    }
    Set<String> actingFor = actingFor(owner);
    if (actingFor.contains(now.get().owner())) {
      return List.of();
    }
    List<String> lost = new ArrayList<>();
    if (!actingFor.contains("pg_read_all_data")) {
      lost.add("SELECT");
    }
    if (table.writable() && !actingFor.contains("pg_write_all_data")) {
      lost.addAll(WRITES);
    }
    now.get().grants().stream()
        .filter(grant -> actingFor.contains(grant.grantee()))
        .flatMap(grant -> grant.privileges().stream())
        .forEach(given -> lost.remove(given.split(" \\(", 2)[0]));
    return List.copyOf(lost);
  }

  /**
   * The role, those it is a member of, directly or not, and everybody. Whether it has to say SET
   * ROLE first is not asked.
   */
  Set<String> actingFor(String role) {
    Set<String> found = new HashSet<>(List.of(role, EVERYBODY));
    List<GrantTarget> roles = targets();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (GrantTarget target : roles) {
        boolean member = target.grants().stream().anyMatch(g -> found.contains(g.grantee()));
        grew |= member && found.add(target.name().local());
      }
    }
    return found;
  }
}
