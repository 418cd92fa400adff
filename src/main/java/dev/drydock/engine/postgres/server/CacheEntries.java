package dev.drydock.engine.postgres.server;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lies in the cache directory: unpacked servers, seed clusters and base states. Each is a
 * directory that is made once under another name, and whose time of change is when it was used
 * last.
 */
public final class CacheEntries {
  /** How the name begins that an entry has before it is whole, and when it is being removed. */
  private static final String PASSING = "passing-";

  private static final List<String> LASTING = List.of("postgresql-", "seed-", "base-");

  /** Another version of Drydock, or of a server, may come back to what it made. */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  /** What to do where the cache cannot be written. */
  static final String REMEDY =
      "make the directory writable, free some disk space, or name another cache directory with DRYDOCK_CACHE";

  private CacheEntries() {}

  /** Why it cannot be written; the file system's exceptions may say no more than which file. */
  static String reason(Exception e) {
    return e instanceof FileSystemException file && file.getReason() == null
        ? file.getFile() + " cannot be written"
        : e.getMessage();
  }

  /** Says that an entry is used now. */
  public static void use(Path entry) {
    try {
      Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // Another user's, who uses it or not.
      return;
    }
  }

  /**
   * A directory to make an entry in, that others can read; to be moved to its place when it is
   * whole. What a run left half made that was killed is removed first, and what nobody has used for
   * a month. For whoever holds the {@link CacheLock}.
   */
  public static Path begin(Path cache) throws IOException {
    sweep(cache);
    Path making = Files.createTempDirectory(cache, PASSING);
    Files.setPosixFilePermissions(making, PosixFilePermissions.fromString("rwxr-xr-x"));
    return making;
  }

  private static void sweep(Path cache) throws IOException {
    FileTime oldest = FileTime.from(Instant.now().minus(REMEMBERED));
    for (Path left : named(cache, PASSING)) {
      Directories.delete(left);
    }
    for (Path entry : named(cache, LASTING)) {
      if (Files.getLastModifiedTime(entry).compareTo(oldest) < 0) {
        remove(entry);
      }
    }
  }

  /** The entries whose names begin so, in no order. */
  public static List<Path> named(Path cache, String prefix) throws IOException {
    return named(cache, List.of(prefix));
  }

  private static List<Path> named(Path cache, List<String> prefixes) throws IOException {
    try (Stream<Path> entries = Files.list(cache)) {
      return new ArrayList<>(
          entries
              .filter(path -> prefixes.stream().anyMatch(path.getFileName().toString()::startsWith))
              .toList());
    }
  }

  /** Under another name first: another run may be copying it, and is to see that it is gone. */
  public static void remove(Path entry) throws IOException {
    if (Files.exists(entry)) {
      Path removing = entry.resolveSibling(PASSING + entry.getFileName());
      Files.move(entry, removing);
      Directories.delete(removing);
    }
  }
}
