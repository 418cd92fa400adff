package dev.drydock.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a change starts from when two branches were merged into each other: several commits, of
 * which none has all that was there. What the head has as one of them has it is no part of the
 * change.
 */
final class CrissCross extends FileTree {
  private final List<FileTree> bases;
  private final FileTree head;
  private Map<Path, FileTree> holders;

  /**
   * @param bases the first is what the others are looked up for
   */
  CrissCross(List<FileTree> bases, FileTree head) {
    super(bases.getFirst().limit());
    this.bases = List.copyOf(bases);
    this.head = head;
  }

  @Override
  public String name() {
    return bases.getFirst().name();
  }

  @Override
  public List<Path> files() {
    return List.copyOf(holders().keySet());
  }

  @Override
  public boolean has(Path path) {
    return holder(path).isPresent();
  }

  @Override
  public Map<Path, String> modules() {
    Map<Path, String> now = head.modules();
    Map<Path, String> before = new TreeMap<>();
    for (FileTree base : bases) {
      base.modules()
          .forEach(
              (path, commit) ->
                  before.merge(
                      path, commit, (one, other) -> other.equals(now.get(path)) ? other : one));
    }
    return before;
  }

  @Override
  public String id(Path path) {
    return known(path).id(path);
  }

  @Override
  byte[] bytes(Path path) {
    return known(path).bytes(path);
  }

  private FileTree known(Path path) {
    return holder(path).orElseThrow(() -> missing(path));
  }

  private synchronized Map<Path, FileTree> holders() {
    if (holders == null) {
      holders = new TreeMap<>();
      bases.stream()
          .flatMap(base -> base.files().stream())
          .distinct()
          .forEach(path -> holder(path).ifPresent(base -> holders.put(path, base)));
    }
    return holders;
  }

  /** The tree that has the file as it was before the change; nothing when none had it. */
  private Optional<FileTree> holder(Path path) {
    List<FileTree> having = bases.stream().filter(base -> base.has(path)).toList();
    if (having.isEmpty() || (having.size() < bases.size() && !head.has(path))) {
      return Optional.empty();
    }
    FileTree first = having.getFirst();
    boolean alike = having.stream().skip(1).allMatch(base -> base.id(path).equals(first.id(path)));
    if (alike || !head.has(path)) {
      return Optional.of(first);
    }
    String now = head.id(path);
    return Optional.of(
        having.stream().filter(base -> base.id(path).equals(now)).findFirst().orElse(first));
  }
}
