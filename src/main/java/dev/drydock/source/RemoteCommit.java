package dev.drydock.source;

import java.util.List;
import java.util.Objects;

/**
 * A commit that is not in this clone: it can be listed at once, and its files fetched one by one.
 */
public interface RemoteCommit {

  /** What an entry is. */
  enum Kind {
    FILE,
    LINK,
    /** A submodule, of which there is a commit and no content. */
    MODULE
  }

  /**
   * One file.
   *
   * @param path with {@code /}
   * @param id git's object id
   * @param size in bytes
   */
  record Entry(String path, Kind kind, String id, long size) {
    public Entry {
      Objects.requireNonNull(path);
      Objects.requireNonNull(kind);
      Objects.requireNonNull(id);
    }
  }

  /**
   * All its files.
   *
   * @throws SourceException when they cannot be had
   */
  List<Entry> entries();

  /**
   * The content of a file.
   *
   * @throws SourceException when it cannot be had
   */
  byte[] fetch(String id);
}
