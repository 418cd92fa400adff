package dev.drydock.source;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/** The files and symbolic links of a commit, and where the links lead within it. */
final class Links {
  /** As many as Linux follows before it gives up. */
  private static final int MOST_HOPS = 40;

  private final NavigableMap<String, ObjectId> files;
  private final Map<String, String> targets;
  private final Map<String, ObjectId> modules;

  /**
   * @param files ids of the regular files, by path with slashes
   * @param targets what each symbolic link says, by its path
   * @param modules ids of the submodules' commits, by path
   */
  Links(Map<String, ObjectId> files, Map<String, String> targets, Map<String, ObjectId> modules) {
    this.files = new TreeMap<>(files);
    this.targets = new TreeMap<>(targets);
    this.modules = new TreeMap<>(modules);
  }

  /** Regular files, and links unless they lead to a directory, in ascending order. */
  List<Path> files() {
    List<Path> paths = new ArrayList<>(files.size() + targets.size());
    files.keySet().forEach(file -> GitPath.fromGit(file).ifPresent(paths::add));
    for (String link : targets.keySet()) {
      if (!leadsToDirectory(link)) {
        GitPath.fromGit(link).ifPresent(paths::add);
      }
    }
    Collections.sort(paths);
    return List.copyOf(paths);
  }

  ObjectId id(String file) {
    return files.get(file);
  }

  boolean isLink(String path) {
    return targets.containsKey(path);
  }

  String target(String link) {
    return targets.get(link);
  }

  /** The regular file that {@code path} stands for. */
  Optional<String> resolve(String path) {
    // Most paths are files and most trees have no links: following costs only where it may matter.
    if (files.containsKey(path)) {
      return Optional.of(path);
    }
    return targets.isEmpty() ? Optional.empty() : follow(path).filter(files::containsKey);
  }

  /** The file of a submodule that {@code path} stands for, and the submodule's commit. */
  Optional<String> inModule(String path) {
    if (modules.isEmpty()) {
      return Optional.empty();
    }
    return follow(path)
        .flatMap(
            end ->
                modules.entrySet().stream()
                    .filter(module -> end.startsWith(module.getKey() + "/"))
                    .map(module -> "%s of %s".formatted(end, module.getValue().name()))
                    .findFirst());
  }

  /** Ids of the submodules' commits, by path. */
  Map<Path, String> modules() {
    return GitPath.named(modules);
  }

  private boolean leadsToDirectory(String link) {
    return follow(link)
        .filter(end -> !files.containsKey(end))
        .map(end -> end.isEmpty() ? "" : end + "/")
        .filter(
            prefix ->
                files.ceilingKey(prefix) != null && files.ceilingKey(prefix).startsWith(prefix))
        .isPresent();
  }

  /** The path with every link in it replaced by its target; nothing when that leaves the tree. */
  private Optional<String> follow(String path) {
    Deque<String> rest = new ArrayDeque<>(List.of(path.split("/")));
    Deque<String> done = new ArrayDeque<>();
    int hops = 0;
    while (!rest.isEmpty()) {
      String part = rest.removeFirst();
      if (part.equals("..")) {
        if (done.isEmpty()) {
          return Optional.empty();
        }
        done.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        done.addLast(part);
        String target = targets.get(String.join("/", done));
        if (target != null) {
          if (target.startsWith("/") || ++hops > MOST_HOPS) {
            return Optional.empty();
          }
          done.removeLast();
          String[] parts = target.split("/");
          for (int i = parts.length - 1; i >= 0; i--) {
            rest.addFirst(parts[i]);
          }
        }
      }
    }
    return Optional.of(String.join("/", done));
  }
}
