package dev.drydock.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The files of a commit that is not in this clone. What another tree has with the same content is
 * read from there, so that only what a change touches is fetched.
 */
final class RemoteTree extends CommittedTree {
  /** Each costs a request; a repository with more has them for other things than migrations. */
  private static final int MOST_LINKS = 40;

  private final RemoteCommit commit;
  private final FileTree twin;
  private final Map<String, byte[]> fetched = new ConcurrentHashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();

  RemoteTree(RemoteCommit commit, FileTree twin, String name, long limit) {
    super(name, limit);
    this.commit = commit;
    this.twin = twin;
  }

  @Override
  byte[] bytes(Path path) {
    String id = blob(path).name();
    if (twin.has(path) && twin.id(path).equals(id)) {
      return twin.bytes(path);
    }
    long size = sizes.getOrDefault(id, 0L);
    if (size > limit()) {
      throw tooLarge(path, size);
    }
    return fetched.computeIfAbsent(id, this::content);
  }

  private byte[] content(String id) {
    byte[] content = commit.fetch(id);
    if (!blobId(content).name().equals(id)) {
      throw new SourceException(
          "Object %s of %s arrived with another content than its id says, and is not used. Run again, or set fetch-depth: 0 for actions/checkout."
              .formatted(id, name()));
    }
    return content;
  }

  @Override
  Links list() {
    Map<String, ObjectId> files = new TreeMap<>();
    Map<String, String> targets = new TreeMap<>();
    Map<String, ObjectId> modules = new TreeMap<>();
    for (RemoteCommit.Entry entry : commit.entries()) {
      switch (entry.kind()) {
        case FILE -> {
          files.put(entry.path(), ObjectId.fromString(entry.id()));
          sizes.put(entry.id(), entry.size());
        }
        case LINK ->
            targets.put(
                entry.path(),
                targets.size() < MOST_LINKS
                    ? new String(content(entry.id()), StandardCharsets.UTF_8)
                    : "a path that was not fetched");
        case MODULE -> modules.put(entry.path(), ObjectId.fromString(entry.id()));
      }
    }
    return new Links(files, targets, modules);
  }
}
