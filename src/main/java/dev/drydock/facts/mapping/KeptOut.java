package dev.drydock.facts.mapping;

import dev.drydock.schema.Grant;
import dev.drydock.schema.Policy;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Roles that have a right to rows and that row level security lets use it with no row. */
final class KeptOut {
  private static final List<String> COMMANDS = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

  private final Schema base;
  private final Schema end;
  private final Roles roles;

  KeptOut(Schema base, Schema end) {
    this.base = base;
    this.end = end;
    this.roles = new Roles(end);
  }

  /**
   * Rights that production gives and that no policy is for at the end, where the statement switched
   * row level security on, or forced it upon the owner.
   *
   * @param before the table as it was before the statement
   * @param now as it is after it
   */
  List<String> rights(Table before, Table now) {
    boolean closed = now.rowSecurity() && !before.rowSecurity();
    boolean forced =
        now.rowSecurity()
            && now.forceRowSecurity()
            && !(before.rowSecurity() && before.forceRowSecurity());
    return end.table(now.id()).stream()
        .filter(Table::rowSecurity)
        .flatMap(
            table ->
                Stream.concat(
                    closed ? ofGrantees(table) : Stream.empty(),
                    forced && table.forceRowSecurity() ? ofOwner(table) : Stream.empty()))
        .toList();
  }

  private Stream<String> ofGrantees(Table table) {
    List<Grant> given = base.table(table.id()).map(Table::grants).orElse(List.of());
    return table.grants().stream()
        .filter(grant -> isHeldBack(grant.grantee(), table))
        .flatMap(
            grant ->
                words(
                    grant.grantee(),
                    COMMANDS.stream()
                        .filter(command -> gives(grant, command))
                        .filter(command -> isGivenTo(grant.grantee(), command, given))
                        .filter(command -> !isLetThrough(grant.grantee(), command, table))));
  }

  private Stream<String> ofOwner(Table table) {
    String owner = table.owner();
    return words(
        "its owner",
        COMMANDS.stream()
            .filter(command -> !roles.isUnsecured(owner))
            .filter(command -> !isLetThrough(owner, command, table)));
  }

  private static Stream<String> words(String role, Stream<String> commands) {
    return Stream.of(commands.collect(Collectors.joining(", ")))
        .filter(all -> !all.isEmpty())
        .map(all -> all + " of " + role);
  }

  private static boolean isGivenTo(String role, String command, List<Grant> grants) {
    return grants.stream()
        .filter(grant -> grant.grantee().equals(role))
        .anyMatch(grant -> gives(grant, command));
  }

  /**
   * Rights that production gives, that a policy let roles use there, and that none is for at the
   * end.
   */
  List<String> lostWith(Policy policy) {
    Optional<Table> known = base.table(policy.table()).filter(Table::rowSecurity);
    Optional<Table> now = end.table(policy.table()).filter(Table::rowSecurity);
    if (known.isEmpty() || now.isEmpty() || !policy.permissive()) {
      return List.of();
    }
    return Stream.concat(policy.roles().stream(), now.get().grants().stream().map(Grant::grantee))
        .distinct()
        .sorted()
        .filter(role -> isHeldBack(role, now.get()) && concerns(policy, role))
        .flatMap(
            role ->
                words(
                    role,
                    COMMANDS.stream()
                        .filter(command -> isFor(policy, command))
                        .filter(command -> roles.isGiven(role, command, known.get().grants()))
                        .filter(command -> roles.isGiven(role, command, now.get().grants()))
                        .filter(command -> !isLetThrough(role, command, now.get()))))
        .toList();
  }

  /** Whether policies are asked for the role, which is not the owner or one that acts for it. */
  private boolean isHeldBack(String role, Table table) {
    return (role.equals(Roles.EVERYBODY) || roles.isLimited(role))
        && !roles.isUnsecured(role)
        && !roles.actingFor(role).contains(table.owner());
  }

  private static boolean gives(Grant grant, String command) {
    return grant.privileges().stream().anyMatch(given -> given.split(" ", 2)[0].equals(command));
  }

  private boolean isLetThrough(String role, String command, Table table) {
    return table.policies().stream()
        .filter(Policy::permissive)
        .anyMatch(policy -> isFor(policy, command) && concerns(policy, role));
  }

  private static boolean isFor(Policy policy, String command) {
    return Set.of("all", command.toLowerCase(Locale.ROOT)).contains(policy.command());
  }

  /** Of a right that roles have as members of another, a policy for one of them is enough. */
  private boolean concerns(Policy policy, String role) {
    Set<String> actingFor = roles.actingFor(role);
    return policy.roles().stream()
        .anyMatch(
            other ->
                role.equals(Roles.EVERYBODY)
                    || actingFor.contains(other)
                    || roles.actingFor(other).contains(role));
  }

  /** Roles besides the owner that production gives a right to write rows of the view. */
  List<String> writers(Table view) {
    return base.table(view.id()).stream()
        .flatMap(known -> known.grants().stream())
        .filter(grant -> !grant.grantee().equals(view.owner()))
        .filter(grant -> COMMANDS.stream().skip(1).anyMatch(command -> gives(grant, command)))
        .map(Grant::grantee)
        .sorted()
        .toList();
  }
}
