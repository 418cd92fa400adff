package dev.drydock.source;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;

/**
 * The files of a checkout as they lie on disk: those git tracks and those it would offer to add.
 */
final class WorkingTree extends FileTree {

  /** What the index says of a file, and whether the disk agrees. */
  private sealed interface Entry {
    /** On disk and unknown to git. */
    record Untracked() implements Entry {}

    /** On disk, and as the index has it as far as size and times tell. */
    record Clean(ObjectId id) implements Entry {}

    /** On disk, and perhaps not as the index has it. */
    record Touched(ObjectId id) implements Entry {}

    /** Left out of a sparse checkout: not on disk, and not deleted either. */
    record Sparse(ObjectId id) implements Entry {}
  }

  private final Repository repository;
  private final Path root;
  private Map<Path, Entry> entries;
  private List<Path> files;

  WorkingTree(Repository repository, long limit) {
    super(limit);
    this.repository = repository;
    this.root = repository.getWorkTree().toPath();
  }

  @Override
  public String name() {
    return "the working tree";
  }

  @Override
  public synchronized List<Path> files() {
    if (files == null) {
      List<Path> sorted = new ArrayList<>(entries().keySet());
      Collections.sort(sorted);
      files = List.copyOf(sorted);
    }
    return files;
  }

  @Override
  public boolean has(Path path) {
    return entries().containsKey(path)
        && (entries().get(path) instanceof Entry.Sparse || Files.isRegularFile(root.resolve(path)));
  }

  @Override
  public String id(Path path) {
    if (Files.isSymbolicLink(root.resolve(path))) {
      return super.id(path);
    }
    return switch (entry(path)) {
      case Entry.Clean clean -> clean.id().name();
      case Entry.Sparse sparse -> sparse.id().name();
      case Entry.Untracked untracked -> super.id(path);
      case Entry.Touched touched -> id(touched, bytes(path)).name();
    };
  }

  /**
   * Git may have checked the file out with other line ends than it keeps it with; then it is the
   * same file all the same.
   */
  private ObjectId id(Entry.Touched touched, byte[] content) {
    ObjectId normalised = blobId(withoutCarriageReturns(content));
    return normalised.equals(touched.id()) ? normalised : blobId(content);
  }

  private static byte[] withoutCarriageReturns(byte[] content) {
    byte[] kept = new byte[content.length];
    int length = 0;
    for (int i = 0; i < content.length; i++) {
      boolean ofLineEnd = content[i] == '\r' && i + 1 < content.length && content[i + 1] == '\n';
      if (!ofLineEnd) {
        kept[length++] = content[i];
      }
    }
    return Arrays.copyOf(kept, length);
  }

  @Override
  byte[] bytes(Path path) {
    if (entry(path) instanceof Entry.Sparse sparse) {
      return GitObjects.read(this, repository, path, sparse.id());
    }
    Path file = root.resolve(path);
    try {
      if (!Files.isSymbolicLink(file)) {
        return Disk.content(this, path, file);
      }
      if (!Files.exists(file)) {
        throw linkOut(path, Files.readSymbolicLink(file).toString());
      }
      Path real = file.toRealPath();
      Path top = root.toRealPath();
      // Only to files of this tree: an ignored file may hold secrets, and .git may too.
      if (!real.startsWith(top) || !entries().containsKey(top.relativize(real))) {
        throw linkOut(path, real.toString());
      }
      return Disk.content(this, path, real);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private Entry entry(Path path) {
    Entry entry = entries().get(path);
    if (entry == null) {
      throw missing(path);
    }
    return entry;
  }

  private synchronized Map<Path, Entry> entries() {
    if (entries == null) {
      entries = list();
    }
    return entries;
  }

  private Map<Path, Entry> list() {
    Map<Path, Entry> found = new HashMap<>();
    try (TreeWalk walk = new TreeWalk(repository)) {
      FileTreeIterator disk = new FileTreeIterator(repository);
      walk.addTree(disk);
      walk.addTree(new DirCacheIterator(index()));
      disk.setDirCacheIterator(walk, 1);
      while (walk.next()) {
        WorkingTreeIterator onDisk = walk.getTree(0, WorkingTreeIterator.class);
        DirCacheIterator inIndex = walk.getTree(1, DirCacheIterator.class);
        boolean left = onDisk != null && inIndex == null && onDisk.isEntryIgnored();
        if (walk.isSubtree()) {
          if (!left) {
            walk.enterSubtree();
          }
        } else if (!left) {
          GitPath.fromGit(walk.getPathString())
              .ifPresent(path -> add(found, path, onDisk, inIndex));
        }
      }
    } catch (IOException e) {
      throw new SourceException(
          "The working tree at %s cannot be listed: %s".formatted(root, reason(e)), e);
    }
    return found;
  }

  private void add(
      Map<Path, Entry> found, Path path, WorkingTreeIterator onDisk, DirCacheIterator inIndex) {
    if (onDisk == null) {
      if (inIndex != null && inIndex.getDirCacheEntry().isSkipWorkTree()) {
        found.put(path, new Entry.Sparse(inIndex.getEntryObjectId()));
      }
      return;
    }
    FileMode mode = onDisk.getEntryFileMode();
    boolean link = mode.equals(FileMode.SYMLINK);
    if (mode.equals(FileMode.GITLINK) || (link && Files.isDirectory(root.resolve(path)))) {
      return;
    }
    if (inIndex == null) {
      found.put(path, new Entry.Untracked());
      return;
    }
    DirCacheEntry entry = inIndex.getDirCacheEntry();
    boolean clean = onDisk.compareMetadata(entry) == WorkingTreeIterator.MetadataDiff.EQUAL;
    ObjectId id = entry.getObjectId();
    found.put(path, clean ? new Entry.Clean(id) : new Entry.Touched(id));
  }

  /**
   * The index. One that JGit cannot read (split or sparse) only costs what it is used for here:
   * telling files apart that are tracked in spite of being ignored, and unchanged ones without
   * reading them.
   */
  private DirCache index() {
    File file = repository.getIndexFile();
    try {
      return file.exists() ? DirCache.read(repository) : DirCache.newInCore();
    } catch (IOException e) {
      return DirCache.newInCore();
    }
  }
}
