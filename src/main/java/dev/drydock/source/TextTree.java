package dev.drydock.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Files that are held in memory. */
final class TextTree extends FileTree {
  private final Map<Path, SourceFile> files;

  TextTree(Map<Path, SourceFile> files) {
    super(Long.MAX_VALUE);
    this.files = files;
  }

  @Override
  public String name() {
    return "the given files";
  }

  @Override
  public List<Path> files() {
    return List.copyOf(files.keySet());
  }

  @Override
  public boolean has(Path path) {
    return files.containsKey(path);
  }

  @Override
  public SourceFile read(Path path) {
    SourceFile file = files.get(path);
    if (file == null) {
      throw missing(path);
    }
    return file;
  }

  @Override
  byte[] bytes(Path path) {
    return read(path).text().getBytes(StandardCharsets.UTF_8);
  }
}
