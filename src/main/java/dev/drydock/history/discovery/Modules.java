package dev.drydock.history.discovery;

import dev.drydock.history.layout.Folders;
import dev.drydock.source.FileTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is said of git submodules: a tree has nothing of one but its commit, so that migrations in
 * it are found by whoever looks from within.
 */
final class Modules {
  /** As many digits of a commit's id as tell it apart in any repository. */
  private static final int DIGITS = 12;

  private Modules() {}

  /**
   * Of those that a change adds, moves or removes, and of those that a directory lies in which the
   * user named; a sentence or two each.
   */
  static List<String> said(Search search, FileTree base, FileTree head) {
    Map<Path, String> before = base.modules();
    List<String> said = new ArrayList<>();
    new TreeMap<>(head.modules())
        .forEach(
            (module, commit) -> {
              Optional<String> old = Optional.ofNullable(before.get(module));
              boolean moved = old.filter(commit::equals).isEmpty();
              Optional<Path> inside = named(search, module);
              if (inside.isPresent()) {
                said.add(named(inside.get(), module, old.filter(unused -> moved)));
              } else if (moved && isInQuestion(search, module)) {
                said.add(moved(module, old));
              }
            });
    new TreeMap<>(before)
        .forEach(
            (module, commit) -> {
              if (!head.modules().containsKey(module)
                  && (named(search, module).isPresent() || isInQuestion(search, module))) {
                said.add(removed(module, head));
              }
            });
    return said;
  }

  /** Of those that a directory lies in which the user named. */
  static List<String> said(Search search, FileTree tree) {
    return new TreeMap<>(tree.modules())
        .keySet().stream()
            .flatMap(
                module ->
                    named(search, module).stream()
                        .map(inside -> named(inside, module, Optional.empty())))
            .toList();
  }

  private static Optional<Path> named(Search search, Path module) {
    return search.directories().stream()
        .filter(directory -> Folders.holds(module, directory))
        .findFirst();
  }

  private static boolean isInQuestion(Search search, Path module) {
    return search.directories().isEmpty()
        ? !Survey.isAside(module)
        : search.directories().stream().anyMatch(directory -> Folders.holds(directory, module));
  }

  private static String named(Path directory, Path module, Optional<String> old) {
    String lies = directory.equals(module) ? "is" : "lies in %s, which is".formatted(module);
    return "%s %s a git submodule; migrations in it are not looked at from the repository around it. %s"
        .formatted(directory, lies, wayOut(module, old));
  }

  private static String moved(Path module, Optional<String> old) {
    return "%s is a git submodule that the change %s; migrations in it were not looked at. %s"
        .formatted(
            module, old.isPresent() ? "moves to another commit" : "adds", wayOut(module, old));
  }

  /** Also of one whose files the change puts into the repository itself. */
  private static String removed(Path module, FileTree head) {
    return head.files().stream().anyMatch(file -> file.startsWith(module))
        ? "%s was a git submodule, and the change puts files of the repository itself in its place; which migrations it had before was not looked at, so that all in it now pass for new."
            .formatted(module)
        : "%s is a git submodule that the change removes; migrations in it were not looked at."
            .formatted(module);
  }

  private static String wayOut(Path module, Optional<String> old) {
    return old.map(commit -> commit.substring(0, DIGITS))
        .map(
            commit ->
                "To lint those, run Drydock in the submodule's own repository, or here in its checkout: at a terminal drydock lint --base %s in %s; in a workflow with the inputs working-directory: %2$s and base: %1$s, and submodules: true and fetch-depth: 0 for actions/checkout."
                    .formatted(commit, module))
        .orElseGet(
            () ->
                "To lint those, run Drydock in the submodule's own repository, or in its checkout in %s, such as drydock lint --newest 1."
                    .formatted(module));
  }
}
