package dev.drydock.source;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * What git's index says of a working tree.
 *
 * @param entries the files one by one; of those that a sparse index has in a whole directory none
 * @param sparse files that a sparse checkout left out, by path
 */
record GitIndex(List<DirCacheEntry> entries, Map<String, ObjectId> sparse) {
  private static final int SIGNATURE = 0x44495243;
  private static final int STAT = 40;
  private static final int MODE_AT = 24;
  private static final int EXTENDED = 0x4000;
  private static final int SKIP_WORK_TREE = 0x4000;

  GitIndex {
    entries = List.copyOf(entries);
    sparse = Map.copyOf(sparse);
  }

  /**
   * Reads the index of {@code repository}. A split one only costs what it is used for besides:
   * telling files apart that are tracked in spite of being ignored, and unchanged ones without
   * reading them.
   *
   * @throws IOException when the disk fails
   */
  static GitIndex of(Repository repository) throws IOException {
    File file = repository.getIndexFile();
    if (!file.exists()) {
      return new GitIndex(List.of(), Map.of());
    }
    try {
      return of(DirCache.read(repository));
    } catch (IOException e) {
      return sparse(repository, Files.readAllBytes(file.toPath()))
          .orElseGet(() -> new GitIndex(List.of(), Map.of()));
    }
  }

  private static GitIndex of(DirCache index) {
    List<DirCacheEntry> entries = new ArrayList<>();
    Map<String, ObjectId> sparse = new HashMap<>();
    for (int i = 0; i < index.getEntryCount(); i++) {
      DirCacheEntry entry = index.getEntry(i);
      entries.add(entry);
      if (entry.isSkipWorkTree()) {
        sparse.put(entry.getPathString(), entry.getObjectId());
      }
    }
    return new GitIndex(entries, sparse);
  }

  /** What a sparse index says, which JGit does not read: it has entries for whole directories. */
  private static Optional<GitIndex> sparse(Repository repository, byte[] content)
      throws IOException {
    List<DirCacheEntry> entries = new ArrayList<>();
    Map<String, ObjectId> sparse = new HashMap<>();
    ByteBuffer in = ByteBuffer.wrap(content);
    if (content.length < 3 * Integer.BYTES || in.getInt() != SIGNATURE) {
      return Optional.empty();
    }
    int version = in.getInt();
    int count = in.getInt();
    byte[] path = {};
    for (int i = 0; i < count; i++) {
      int start = in.position();
      if (in.remaining() < STAT + Constants.OBJECT_ID_LENGTH + 2 * Short.BYTES) {
        return Optional.empty();
      }
      int mode = in.getInt(start + MODE_AT);
      ObjectId id = ObjectId.fromRaw(content, start + STAT);
      in.position(start + STAT + Constants.OBJECT_ID_LENGTH);
      boolean extended = (in.getShort() & EXTENDED) != 0;
      boolean skipped = extended && (in.getShort() & SKIP_WORK_TREE) != 0;
      int kept = version >= 4 ? path.length - stripped(in) : 0;
      int end = in.position();
      while (end < content.length && content[end] != 0) {
        end++;
      }
      if (kept < 0 || end >= content.length) {
        return Optional.empty();
      }
      byte[] more = Arrays.copyOfRange(content, in.position(), end);
      path = Arrays.copyOf(path, kept + more.length);
      System.arraycopy(more, 0, path, kept, more.length);
      // Before the fourth version entries are filled up to a multiple of eight bytes.
      in.position(version >= 4 ? end + 1 : start + (end - start + 8) / 8 * 8);
      if (path.length == 0) {
        // A split index names its entry in the other part.
        return Optional.empty();
      }
      String name = new String(path, StandardCharsets.UTF_8);
      if (FileMode.TREE.equals(mode)) {
        files(repository, name, id, sparse);
      } else {
        DirCacheEntry entry = new DirCacheEntry(path);
        entry.setFileMode(FileMode.fromBits(mode));
        entry.setObjectId(id);
        entries.add(entry);
        if (skipped) {
          sparse.put(name, id);
        }
      }
    }
    return Optional.of(new GitIndex(entries, sparse));
  }

  /** How many bytes at the end of the path before are not in this one. */
  private static int stripped(ByteBuffer in) {
    int read = in.get() & 0xff;
    int value = read & 0x7f;
    while ((read & 0x80) != 0 && in.hasRemaining()) {
      read = in.get() & 0xff;
      value = (value + 1 << 7) + (read & 0x7f);
    }
    return value;
  }

  private static void files(
      Repository repository, String directory, ObjectId tree, Map<String, ObjectId> into)
      throws IOException {
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        if (!walk.getFileMode(0).equals(FileMode.GITLINK)) {
          into.put(directory + walk.getPathString(), walk.getObjectId(0));
        }
      }
    } catch (MissingObjectException e) {
      throw GitObjects.notFetched(directory, e);
    }
  }
}
