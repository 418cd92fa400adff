package dev.drydock.source;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.submodule.SubmoduleWalk;

/**
 * The files of a checkout as they lie on disk: those git tracks and those it would offer to add.
 */
final class WorkingTree extends FileTree {

  /** What the index says of a file. */
  private sealed interface Entry {
    /** On disk and unknown to git. */
    record Untracked() implements Entry {}

    /** On disk, and as the index has it or changed since. */
    record Known(DirCacheEntry entry) implements Entry {}

    /** Left out of a sparse checkout: not on disk, and not deleted either. */
    record Sparse(ObjectId id) implements Entry {}
  }

  private final Repository repository;
  private final Path root;
  private Map<Path, Entry> entries;
  private List<Path> files;
  private Map<Path, String> modules;
  private Instant indexWritten = Instant.EPOCH;

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
  public synchronized Map<Path, String> modules() {
    entries();
    return modules;
  }

  @Override
  public String id(Path path) {
    if (Files.isSymbolicLink(root.resolve(path))) {
      return super.id(path);
    }
    return switch (entry(path)) {
      case Entry.Sparse sparse -> sparse.id().name();
      case Entry.Untracked untracked -> super.id(path);
      case Entry.Known known -> {
        ObjectId id = known.entry().getObjectId();
        yield isClean(path, known.entry()) ? id.name() : id(id, bytes(path)).name();
      }
    };
  }

  /** Whether size and times tell that the file is as the index has it. */
  private boolean isClean(Path path, DirCacheEntry entry) {
    if (entry.isAssumeValid()) {
      // The user told git not to look.
      return true;
    }
    try {
      BasicFileAttributes onDisk =
          Files.readAttributes(root.resolve(path), BasicFileAttributes.class);
      Instant modified = onDisk.lastModifiedTime().toInstant();
      Instant noted = entry.getLastModifiedInstant();
      // Who keeps no parts of a second has none to compare.
      boolean same =
          modified.getNano() == 0 || noted.getNano() == 0
              ? modified.getEpochSecond() == noted.getEpochSecond()
              : modified.equals(noted);
      // A change in the very moment the index was written shows in neither.
      return same
          && onDisk.size() == entry.getLength()
          && !entry.isSmudged()
          && !entry.mightBeRacilyClean(indexWritten);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Git may have checked the file out with other line ends than it keeps it with; then it is the
   * same file all the same.
   */
  private static ObjectId id(ObjectId inIndex, byte[] content) {
    ObjectId normalised = blobId(withoutCarriageReturns(content));
    return normalised.equals(inIndex) ? normalised : blobId(content);
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
    try {
      File file = repository.getIndexFile();
      indexWritten =
          file.exists() ? Files.getLastModifiedTime(file.toPath()).toInstant() : Instant.EPOCH;
      WorkingTreeListing listing = WorkingTreeListing.of(repository, GitIndex.of(repository));
      Map<Path, Entry> found = new HashMap<>();
      listing.known().forEach((path, entry) -> add(found, path, new Entry.Known(entry)));
      listing.sparse().forEach((path, id) -> add(found, path, new Entry.Sparse(id)));
      listing.untracked().forEach(path -> add(found, path, new Entry.Untracked()));
      Map<String, ObjectId> checkedOut = new TreeMap<>();
      listing.modules().forEach((path, id) -> checkedOut.put(path, checkedOut(path, id)));
      modules = GitPath.named(checkedOut);
      return found;
    } catch (IOException e) {
      throw new SourceException(
          "The working tree at %s cannot be listed: %s".formatted(root, reason(e)), e);
    }
  }

  /**
   * The commit that a submodule has checked out, which is not in the index until somebody adds it.
   *
   * @param inIndex what holds where it is not checked out
   */
  private ObjectId checkedOut(String path, ObjectId inIndex) {
    try (Repository module = SubmoduleWalk.getSubmoduleRepository(repository, path)) {
      ObjectId head = module == null ? null : module.resolve(Constants.HEAD);
      return head == null ? inIndex : head;
    } catch (IOException e) {
      return inIndex;
    }
  }

  /** All but links to directories, whose files are listed where they are. */
  private void add(Map<Path, Entry> found, String git, Entry entry) {
    boolean mayBeLink =
        switch (entry) {
          case Entry.Untracked untracked -> true;
          case Entry.Known known -> known.entry().getFileMode().equals(FileMode.SYMLINK);
          case Entry.Sparse sparse -> false;
        };
    GitPath.fromGit(git)
        .filter(path -> !mayBeLink || !Files.isDirectory(root.resolve(path)))
        .ifPresent(path -> found.put(path, entry));
  }
}
