package dev.drydock.facts.mapping;

import dev.drydock.schema.Column;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What bears the names of tables and columns that the change renames or drops. */
final class Successors {
  private static final Set<String> ROW_RIGHTS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE");

  private final Schema base;
  private final Schema end;
  private final Roles roles;
  private final LostGuards guards;

  Successors(Schema base, Schema end) {
    this.base = base;
    this.end = end;
    this.roles = new Roles(end);
    this.guards = new LostGuards(base, end);
  }

  /** The other relation that bears its name at the end. */
  Optional<Table> of(Table old) {
    return end.table(old.name()).filter(served -> !served.id().equals(old.id()));
  }

  /** The view of production that shows the rows of a table which has now taken its name. */
  Optional<Table> standIn(Table old, Table now) {
    return base.table(now.name())
        .filter(view -> !now.name().equals(old.name()))
        .filter(view -> view.writable() && WholeTable.shows(view, old.id(), base));
  }

  /** What goes on with the table itself, by its identity, while a new table bears its name. */
  List<String> followers(Table old) {
    Optional<Table> taker = of(old).filter(t -> !t.isView() && base.table(t.id()).isEmpty());
    if (taker.isEmpty()) {
      return List.of();
    }
    List<Table> others =
        end.tables()
            .filter(other -> base.table(other.id()).isPresent() && !other.id().equals(old.id()))
            .toList();
    Stream<String> keys =
        others.stream()
            .flatMap(
                other ->
                    other.constraints().stream()
                        .filter(key -> key.referencedTable().equals(old.id()) && !key.inherited())
                        .map(
                            key ->
                                "foreign key %s of %s"
                                    .formatted(key.name().local(), other.name())));
    Stream<String> views =
        others.stream()
            .filter(view -> view.dependsOn().stream().anyMatch(d -> d.table().equals(old.id())))
            .map(view -> "view " + view.name());
    return Stream.concat(keys, views).sorted().toList();
  }

  /**
   * Names of its columns that the other relation of its name has not at the end. Not of those that
   * the change has added or renamed before: nobody knows them yet, and of the old name of such a
   * column its own rename tells.
   */
  List<String> lostColumns(Table old) {
    List<Column> known = base.table(old.id()).map(Table::columns).orElse(List.of());
    return of(old).stream()
        .flatMap(
            served ->
                old.columns().stream()
                    .filter(column -> known.stream().anyMatch(k -> isSame(k, column)))
                    .map(column -> column.name().local())
                    .filter(name -> served.column(name).isEmpty()))
        .toList();
  }

  private static boolean isSame(Column known, Column column) {
    return known.id().equals(column.id()) && known.name().local().equals(column.name().local());
  }

  /** Rights on rows that roles had on it and have not on the other relation of its name. */
  List<String> lostGrants(Table old) {
    return of(old).stream()
        .flatMap(
            served ->
                old.grants().stream()
                    .flatMap(
                        grant ->
                            grant.privileges().stream()
                                .filter(privilege -> isOnRows(privilege, served))
                                .filter(
                                    privilege ->
                                        !roles.isGiven(grant.grantee(), privilege, served.grants()))
                                .map(privilege -> privilege + " of " + grant.grantee())))
        .toList();
  }

  /** Rights on the column that roles had in production and have not on the one of its name. */
  List<String> lostGrants(Column gone) {
    Optional<Table> had = base.table(gone.table());
    Optional<Table> has =
        end.table(gone.table()).filter(table -> table.column(gone.name().local()).isPresent());
    String of = " (%s)".formatted(gone.name().local());
    return has.stream()
        .flatMap(
            table ->
                had.stream()
                    .flatMap(known -> known.grants().stream())
                    .flatMap(
                        grant ->
                            grant.privileges().stream()
                                .filter(privilege -> privilege.endsWith(of))
                                .filter(privilege -> isOnRows(privilege, table))
                                .filter(
                                    privilege ->
                                        !roles.isGiven(grant.grantee(), privilege, table.grants()))
                                .map(privilege -> privilege + " of " + grant.grantee())))
        .toList();
  }

  /** What guards its rows and the other relation of its name comes without. */
  List<String> lostGuards(Table old) {
    return of(old).map(taker -> guards.of(old, taker)).orElse(List.of());
  }

  /** Columns that the other relation of its name wants a value for, and it did not. */
  List<String> wanted(Table old) {
    return of(old).map(taker -> guards.wanted(old, taker)).orElse(List.of());
  }

  /** Not a right on a column that is not there: of that tells the loss of the column. */
  private static boolean isOnRows(String privilege, Table table) {
    String[] parts = privilege.split(" \\(", 2);
    return ROW_RIGHTS.contains(parts[0])
        && (parts.length == 1
            || table.column(parts[1].substring(0, parts[1].length() - 1)).isPresent());
  }

  /** Rights to rows that the owner production has for it has not at the end. */
  List<String> lostByOwner(Table table) {
    return base.table(table.id())
        .map(known -> roles.lostByOwner(known, new Roles(base)))
        .orElse(List.of());
  }

  /**
   * The column that has the name in {@code later}: in what bears the name production has for the
   * table, else in the table itself.
   */
  Optional<Column> of(Column gone, Optional<Table> table, Schema later) {
    return base.table(gone.table())
        .or(() -> table)
        .flatMap(t -> later.table(t.name()))
        .or(() -> later.table(gone.table()))
        .flatMap(t -> t.column(gone.name().local()))
        .filter(column -> !column.id().equals(gone.id()));
  }
}
