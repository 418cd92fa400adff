package dev.drydock.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The files of a commit, read from git's object database. */
final class CommitTree extends CommittedTree {
  /** More than any repository has; a few objects can be nested so as to list without end. */
  private static final int MOST_FILES = 2_000_000;

  /** The longest path of Linux, in bytes. */
  private static final int LONGEST_TARGET = 4096;

  private final Repository repository;
  private final ObjectId root;

  CommitTree(Repository repository, AnyObjectId root, String name, long limit) {
    super(name, limit);
    this.repository = repository;
    this.root = root.copy();
  }

  @Override
  byte[] bytes(Path path) {
    return GitObjects.read(this, repository, path, blob(path));
  }

  @Override
  Links list() {
    Map<String, ObjectId> files = new TreeMap<>();
    Map<String, String> targets = new TreeMap<>();
    Map<String, ObjectId> modules = new TreeMap<>();
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(root);
      walk.setRecursive(true);
      while (walk.next()) {
        ObjectId id = walk.getObjectId(0);
        FileMode mode = walk.getFileMode(0);
        if (files.size() + targets.size() + modules.size() > MOST_FILES) {
          throw new SourceException(
              "%s has more than %d files and is not read.".formatted(name(), MOST_FILES));
        }
        if (mode.equals(FileMode.SYMLINK)) {
          targets.put(walk.getPathString(), target(walk.getObjectReader(), id));
        } else if (mode.equals(FileMode.GITLINK)) {
          modules.put(walk.getPathString(), id);
        } else {
          files.put(walk.getPathString(), id);
        }
      }
    } catch (MissingObjectException e) {
      throw GitObjects.notFetched(name(), e);
    } catch (IOException e) {
      throw new SourceException(
          "%s cannot be listed: %s. Check the repository with git fsck."
              .formatted(name(), reason(e)),
          e);
    }
    return new Links(files, targets, modules);
  }

  /** What a link says; words that lead nowhere when that cannot be known. */
  private static String target(ObjectReader reader, ObjectId id) throws IOException {
    try {
      ObjectLoader link = reader.open(id, Constants.OBJ_BLOB);
      return link.getSize() > LONGEST_TARGET
          ? "a path of %d bytes".formatted(link.getSize())
          : new String(link.getCachedBytes(), StandardCharsets.UTF_8);
    } catch (MissingObjectException e) {
      return "a path that was not fetched";
    }
  }
}
