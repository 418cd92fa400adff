package dev.drydock.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The files of a commit, read from git's object database. */
final class CommitTree extends FileTree {
  private final Repository repository;
  private final ObjectId root;
  private final String name;
  private Links links;

  CommitTree(Repository repository, AnyObjectId root, String name, long limit) {
    super(limit);
    this.repository = repository;
    this.root = root.copy();
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
    return GitObjects.read(this, repository, path, blob(path));
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
      links = list();
    }
    return links;
  }

  private Links list() {
    Map<String, ObjectId> files = new TreeMap<>();
    Map<String, String> targets = new TreeMap<>();
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(root);
      walk.setRecursive(true);
      while (walk.next()) {
        ObjectId id = walk.getObjectId(0);
        FileMode mode = walk.getFileMode(0);
        if (mode.equals(FileMode.SYMLINK)) {
          ObjectLoader link = walk.getObjectReader().open(id, Constants.OBJ_BLOB);
          targets.put(
              walk.getPathString(), new String(link.getBytes(4096), StandardCharsets.UTF_8));
        } else if (!mode.equals(FileMode.GITLINK)) {
          files.put(walk.getPathString(), id);
        }
      }
    } catch (MissingObjectException e) {
      throw GitObjects.notFetched(name, e);
    } catch (IOException e) {
      throw new SourceException(
          "%s cannot be listed: %s. Check the repository with git fsck.".formatted(name, reason(e)),
          e);
    }
    return new Links(files, targets);
  }
}
