package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a Liquibase changelog in XML, YAML or JSON asks for, in its order.
 *
 * @param items without what is not run on PostgreSQL
 */
record Changelog(List<Item> items) {

  /** Elements of a changeset that change no database. */
  private static final Set<String> NO_CHANGES =
      Set.of(
          "comment",
          "empty",
          "modifySql",
          "output",
          "preConditions",
          "rollback",
          "tagDatabase",
          "validCheckSum");

  /** One thing that a changelog asks for. */
  sealed interface Item {}

  /**
   * Another changelog.
   *
   * @param relative whether the path is relative to this file
   */
  record Include(String path, boolean relative) implements Item {}

  /**
   * All changelogs below a directory.
   *
   * @param ending what their names end with
   * @param chosen whether a class that the changelog names picks or orders them
   */
  record IncludeAll(String path, boolean relative, String ending, boolean chosen) implements Item {}

  /**
   * A changeset that changes something.
   *
   * @param node its element
   * @param file the only thing it does, where that is to run a file of SQL
   */
  record Changeset(String name, ChangelogNode node, Optional<ChangelogNode> file) implements Item {}

  /** A value for placeholders. */
  record Property(String name, String value) implements Item {}

  Changelog {
    items = List.copyOf(items);
  }

  /** The changelog in {@code file}; nothing where it is none or cannot be read. */
  static Optional<Changelog> of(Path file, String text) {
    String name = Folders.name(file);
    return ChangelogNode.isChangelog(name, text)
        ? ChangelogNode.read(name, text).map(Changelog::of)
        : Optional.empty();
  }

  private static Changelog of(List<ChangelogNode> nodes) {
    List<Item> items = new ArrayList<>();
    nodes.stream()
        .filter(
            node ->
                FormattedSql.runs(
                    node.get("dbms"),
                    node.get("contextFilter").or(() -> node.get("context")),
                    node.get("ignore")))
        .forEach(node -> item(node).ifPresent(items::add));
    return new Changelog(items);
  }

  private static Optional<Item> item(ChangelogNode node) {
    return switch (node.name()) {
      case "include" ->
          node.get("file").map(path -> new Include(path, node.is("relativeToChangelogFile")));
      case "includeAll" ->
          node.get("path")
              .map(
                  path ->
                      new IncludeAll(
                          path,
                          node.is("relativeToChangelogFile"),
                          node.get("endsWithFilter").orElse(""),
                          node.get("filter").isPresent()
                              || node.get("resourceFilter").isPresent()
                              || node.get("resourceComparator").isPresent()));
      case "property" ->
          node.get("name")
              .flatMap(name -> node.get("value").map(value -> new Property(name, value)));
      case "changeSet" -> changeset(node);
      default -> Optional.empty();
    };
  }

  private static Optional<Item> changeset(ChangelogNode node) {
    List<ChangelogNode> changes = new ArrayList<>(node.children());
    // A list of its own, where the format is not XML.
    node.children().stream()
        .filter(child -> child.name().equals("changes"))
        .findFirst()
        .ifPresent(
            listed -> {
              changes.clear();
              changes.addAll(listed.children());
            });
    changes.removeIf(
        change ->
            NO_CHANGES.contains(change.name())
                || !FormattedSql.runs(change.get("dbms"), Optional.empty(), Optional.empty()));
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    Optional<ChangelogNode> file =
        Optional.of(changes.getFirst())
            .filter(change -> changes.size() == 1 && change.name().equals("sqlFile"));
    String name = node.get("author").orElse("") + ":" + node.get("id").orElse("");
    return Optional.of(new Changeset(name, node, file));
  }
}
