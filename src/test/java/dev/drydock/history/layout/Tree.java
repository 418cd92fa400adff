package dev.drydock.history.layout;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import dev.drydock.source.ChangeSet;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files by path, to be turned into a tree or changed into another one. */
public record Tree(Map<String, String> files) {
  public Tree {
    files = Map.copyOf(files);
  }

  public static Tree empty() {
    return new Tree(Map.of());
  }

  public Tree with(String path, String text) {
    Map<String, String> more = new TreeMap<>(files);
    more.put(path, text);
    return new Tree(more);
  }

  /** Files that hold nothing of interest, each with its own name in a comment. */
  public Tree having(String... paths) {
    Tree tree = this;
    for (String path : paths) {
      tree = tree.with(path, "-- " + path + "\n");
    }
    return tree;
  }

  public Tree without(String path) {
    Map<String, String> fewer = new TreeMap<>(files);
    fewer.remove(path);
    return new Tree(fewer);
  }

  public FileTree tree() {
    return FileTree.of(
        files.entrySet().stream()
            .map(file -> new SourceFile(Path.of(file.getKey()), file.getValue()))
            .toList());
  }

  /** What a search comes upon in this tree, with everything applied. */
  public Found found(Search search) {
    return new HistoryFinder(search).newest(tree(), 0);
  }

  public Found found() {
    return found(Search.everywhere());
  }

  public List<History> histories() {
    return found().histories();
  }

  /** The only history of this tree, with everything applied. */
  public History history() {
    return only(found());
  }

  /** The only history of the change from this tree to another. */
  public History to(Tree head) {
    return only(new HistoryFinder(Search.everywhere()).in(new ChangeSet(tree(), head.tree())));
  }

  private static History only(Found found) {
    if (found.histories().size() != 1) {
      throw new AssertionError("not one history: " + found.histories());
    }
    return found.histories().getFirst();
  }

  public static List<String> paths(List<Migration> migrations) {
    return migrations.stream().map(migration -> migration.file().path().toString()).toList();
  }

  public static List<String> versions(List<Migration> migrations) {
    return migrations.stream().map(migration -> migration.version().text()).toList();
  }

  /** Each problem as {@code kind location [subject]}. */
  public static List<String> problems(History history) {
    return history.problems().stream()
        .map(
            problem ->
                "%s %s [%s]".formatted(problem.kind().id(), problem.location(), problem.subject()))
        .toList();
  }
}
