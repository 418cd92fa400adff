package dev.drydock.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The files of a commit that is not in this clone. What another tree has with the same content is
 * read from there, so that only what a change touches is fetched.
 */
final class RemoteTree extends FileTree {
  /** Each costs a request; a repository with more has them for other things than migrations. */
  private static final int MOST_LINKS = 40;

  private final RemoteCommit commit;
  private final FileTree twin;
  private final String name;
  private final Map<String, byte[]> fetched = new ConcurrentHashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private Links links;

  RemoteTree(RemoteCommit commit, FileTree twin, String name, long limit) {
    super(limit);
    this.commit = commit;
    this.twin = twin;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Path> files() {
    return links().files();
  }

  @Override
  public boolean has(Path path) {
    return links().resolve(GitPath.toGit(path)).isPresent();
  }

  @Override
  public String id(Path path) {
    return blob(path).name();
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
              .formatted(id, name));
    }
    return content;
  }

  private ObjectId blob(Path path) {
    String git = GitPath.toGit(path);
    Optional<String> target = links().resolve(git);
    if (target.isPresent()) {
      return links().id(target.get());
    }
    throw links().isLink(git) ? linkOut(path, links().target(git)) : missing(path);
  }

  private synchronized Links links() {
    if (links == null) {
      Map<String, ObjectId> files = new TreeMap<>();
      Map<String, String> targets = new TreeMap<>();
      for (RemoteCommit.Entry entry : commit.entries()) {
        if (entry.kind() == RemoteCommit.Kind.FILE) {
          files.put(entry.path(), ObjectId.fromString(entry.id()));
          sizes.put(entry.id(), entry.size());
        } else {
          targets.put(
              entry.path(),
              targets.size() < MOST_LINKS
                  ? new String(content(entry.id()), StandardCharsets.UTF_8)
                  : "a path that was not fetched");
        }
      }
      links = new Links(files, targets);
    }
    return links;
  }
}
