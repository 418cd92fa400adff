package dev.drydock.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * A read-only set of files, listed by path and read on demand: a commit, the working tree of a
 * checkout, or files without git.
 *
 * <p>A tree may be used by several threads. It gives out nothing that lies outside itself: a
 * symbolic link is followed to another file of the same tree and no further, because whoever wrote
 * the tree need not be trusted with the other files of the machine.
 */
public abstract sealed class FileTree
    permits CommittedTree,
        WorkingTree,
        DirectoryTree,
        NamedFiles,
        TextTree,
        JoinedTree,
        CrissCross {

  /** The size in bytes above which a file is refused unless another limit is asked for. */
  public static final long DEFAULT_LIMIT = 20L * 1024 * 1024;

  private final long limit;

  FileTree(long limit) {
    this.limit = limit;
  }

  /**
   * All files below {@code root}, without git.
   *
   * @param limit size in bytes above which a file is refused
   */
  public static FileTree directory(Path root, long limit) {
    return new DirectoryTree(root, limit);
  }

  /**
   * The files a user named one by one, and those in the directories they named.
   *
   * @param workingDirectory what relative names start from
   * @param named files and directories, absolute or relative; the tree's paths are relative to the
   *     working directory where they lie in it, and spelled the same way elsewhere
   * @param limit size in bytes above which a file is refused
   * @throws SourceException when a name is neither a file nor a directory
   */
  public static FileTree named(Path workingDirectory, List<Path> named, long limit) {
    return NamedFiles.of(workingDirectory, named, limit);
  }

  /** Files that are held in memory. */
  public static FileTree of(Collection<SourceFile> files) {
    Map<Path, SourceFile> byPath = new TreeMap<>();
    files.forEach(file -> byPath.put(file.path(), file));
    return new TextTree(byPath);
  }

  /**
   * The files of a commit that is not in this clone.
   *
   * @param twin a tree that has most of its files, from which those are read
   * @param name as a message names it
   * @param limit size in bytes above which a file is refused
   */
  public static FileTree remote(RemoteCommit commit, FileTree twin, String name, long limit) {
    return new RemoteTree(commit, twin, name, limit);
  }

  /** The files of both trees; where both have one, that of {@code first}. */
  public static FileTree joined(FileTree first, FileTree second) {
    return JoinedTree.of(first, second);
  }

  /** What the tree is, as a message names it, e.g. {@code the working tree}. */
  public abstract String name();

  /**
   * Paths of all files in ascending order, relative to the root of the tree; no directories.
   *
   * @throws SourceException when the tree cannot be listed
   */
  public abstract List<Path> files();

  /** Whether the user named this very file, rather than a directory that holds it. */
  public boolean isNamed(Path path) {
    return false;
  }

  /** Whether {@link #read} would find a file at {@code path}, listed or not. */
  public abstract boolean has(Path path);

  /**
   * Where {@code path} lies in a submodule of a commit: which file of which commit that is. Of what
   * a submodule holds, the commit knows no more.
   */
  public Optional<String> inModule(Path path) {
    return Optional.empty();
  }

  /** Ids of the commits of the submodules, by the paths those are at. */
  public Map<Path, String> modules() {
    return Map.of();
  }

  /**
   * A text that is the same for two files with the same content and different otherwise: git's
   * object id. It is cheap for a file that git knows to be unchanged.
   *
   * @throws SourceException when there is no such file, or it is refused
   */
  public String id(Path path) {
    return blobId(bytes(path)).name();
  }

  /**
   * The text of one file.
   *
   * @throws SourceException when there is no such file, or it is refused: too large, not UTF-8, a
   *     link out of the tree, or a pointer of Git LFS without its content
   */
  public SourceFile read(Path path) {
    byte[] content = bytes(path);
    if (LargeFile.isPointer(content)) {
      throw new SourceException(
          "%s is a pointer of Git LFS and not the file, which is not here, so it cannot be read. Run git lfs pull, or set lfs: true for actions/checkout."
              .formatted(path));
    }
    return new SourceFile(path, Utf8.decode(path, content));
  }

  /** The content of one file, no longer than the limit. */
  abstract byte[] bytes(Path path);

  final long limit() {
    return limit;
  }

  final SourceException tooLarge(Path path, long size) {
    return new SourceException(
        "%s has %d bytes, more than the limit of %d, and is not read. Keep bulk data out of migration files, or set a larger limits.file in .drydock.yml."
            .formatted(path, size, limit));
  }

  final SourceException missing(Path path) {
    return new SourceException("%s is not a file of %s. Check the path.".formatted(path, name()));
  }

  final SourceException unreadable(Path path, IOException cause) {
    return new SourceException(
        "%s cannot be read from %s: %s".formatted(path, name(), reason(cause)), cause);
  }

  final SourceException linkOut(Path path, String target) {
    return new SourceException(
        "%s is a symbolic link to %s, which is not a file of %s, and is not followed. Put the file itself there."
            .formatted(path, target, name()));
  }

  static ObjectId blobId(byte[] content) {
    return new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, content);
  }

  /** The words of an exception; the file system's have none but a path. */
  static String reason(IOException cause) {
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
