package dev.drydock.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files of two trees; where both have one, that of the first. */
final class JoinedTree extends FileTree {
  private final FileTree first;
  private final FileTree second;
  private final Set<Path> ofFirst;

  private JoinedTree(FileTree first, FileTree second, Set<Path> ofFirst) {
    super(Math.max(first.limit(), second.limit()));
    this.first = first;
    this.second = second;
    this.ofFirst = ofFirst;
  }

  static JoinedTree of(FileTree first, FileTree second) {
    return new JoinedTree(first, second, Set.copyOf(first.files()));
  }

  @Override
  public String name() {
    return first.name();
  }

  @Override
  public List<Path> files() {
    Set<Path> all = new TreeSet<>(first.files());
    all.addAll(second.files());
    return List.copyOf(all);
  }

  @Override
  public boolean has(Path path) {
    return first.has(path) || second.has(path);
  }

  @Override
  public String id(Path path) {
    return holder(path).id(path);
  }

  @Override
  public SourceFile read(Path path) {
    return holder(path).read(path);
  }

  @Override
  byte[] bytes(Path path) {
    return holder(path).bytes(path);
  }

  private FileTree holder(Path path) {
    return ofFirst.contains(path) || !second.has(path) ? first : second;
  }
}
