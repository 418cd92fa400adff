package dev.drydock.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;

/** Reads contents from git's object database. */
final class GitObjects {
  private GitObjects() {}

  static byte[] read(FileTree tree, Repository repository, Path path, ObjectId id) {
    try {
      ObjectLoader object = repository.open(id, Constants.OBJ_BLOB);
      if (object.getSize() > tree.limit()) {
        throw tree.tooLarge(path, object.getSize());
      }
      byte[] content = object.getBytes(Integer.MAX_VALUE);
      Optional<Path> large =
          LargeFile.content(content, repository.getCommonDirectory().toPath())
              .filter(Files::isRegularFile);
      return large.isPresent() ? Disk.content(tree, path, large.get()) : content;
    } catch (MissingObjectException e) {
      throw notFetched(path.toString(), e);
    } catch (IOException e) {
      throw tree.unreadable(path, e);
    }
  }

  /** An object that a partial clone left at the server: fetching is git's business. */
  static SourceException notFetched(String what, MissingObjectException cause) {
    return new SourceException(
        "%s is not in this clone (object %s), so it cannot be read. Clone without --filter, or run git fetch --refetch."
            .formatted(what, cause.getObjectId().name()),
        cause);
  }
}
