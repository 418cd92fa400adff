package dev.drydock.engine.postgres.server;

import dev.drydock.replay.ReplayException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The directories of a run: where they are made, how they are copied, and that they go away. */
public final class Directories {
  private static final String PREFIX = "drydock-run-";

  /**
   * The size of {@code sun_path} less its end and the name of the socket, on the tightest system
   * (macOS: 104).
   */
  private static final int LONGEST_SOCKET_DIRECTORY = 103 - "/.s.PGSQL.5432.lock".length();

  /**
   * The directories of this process. Opening and closing the owner's file a second time would give
   * the lock on it up (POSIX locks belong to the process), and another process would then take the
   * run for one that was killed.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private Directories() {}

  /**
   * A directory for one run, with a file in it that stays locked for as long as the run lives.
   *
   * @param path the directory
   * @param owner the lock
   */
  record Run(Path path, FileChannel owner) implements AutoCloseable {
    /** Gives up the lock and removes the directory. */
    @Override
    public void close() throws IOException {
      Path real = path.toRealPath();
      owner.close();
      delete(path);
      OURS.remove(real);
    }
  }

  /** Makes a directory for a run, after removing those of runs that were killed. */
  static Run create(Path temporary, Launcher launcher) throws IOException {
    sweep(temporary);
    while (true) {
      Path path = Files.createTempDirectory(temporary, PREFIX);
      OURS.add(path.toRealPath());
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      launcher.give(path);
      Path file = path.resolve("owner");
      FileChannel owner =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      owner.lock();
      // Until here another run's sweep could have taken it for one that was left behind.
      if (Files.exists(file)) {
        return new Run(path, owner);
      }
      owner.close();
    }
  }

  /** A run that was killed could not clean up; the operating system has released its lock. */
  private static void sweep(Path temporary) throws IOException {
    try (Stream<Path> entries = Files.list(temporary)) {
      for (Path path :
          entries.filter(p -> p.getFileName().toString().startsWith(PREFIX)).toList()) {
        try {
          sweepOne(path);
        } catch (IOException e) {
          // One that is cleaning up at this moment.
          continue;
        }
      }
    }
  }

  private static void sweepOne(Path path) throws IOException {
    Path owner = path.resolve("owner");
    if (!Files.isWritable(owner) || OURS.contains(path.toRealPath())) {
      return;
    }
    try (FileChannel channel = FileChannel.open(owner, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        stopOrphan(path.resolve("data"));
        delete(path);
      }
    }
  }

  /** Ends the server that was left running on {@code data}. */
  private static void stopOrphan(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.isReadable(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (!lines.isEmpty() && lines.get(0).strip().matches("\\d+")) {
      ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
          .filter(process -> runsOn(data, process))
          .ifPresent(
              process -> {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
              });
    }
  }

  /** The id may have gone to another process since, another run's server for one. */
  private static boolean runsOn(Path data, ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(arguments -> List.of(arguments).contains(data.toString()))
        .orElse(false);
  }

  /**
   * A directory under {@code run} whose path is short enough for a unix socket.
   *
   * @throws ReplayException when it is not
   */
  static Path socketDirectory(Path run, Launcher launcher) throws IOException, ReplayException {
    Path directory = run.resolve("s");
    int length = directory.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_SOCKET_DIRECTORY) {
      throw new ReplayException(
          "the path for the server's socket has %d bytes and may have %d: %s"
              .formatted(length, LONGEST_SOCKET_DIRECTORY, directory),
          "set TMPDIR to a shorter path, for example TMPDIR=/tmp");
    }
    Files.createDirectories(directory);
    launcher.give(directory);
    return directory;
  }

  /** Bytes in all files under {@code root}; files that vanish meanwhile count nothing. */
  public static long size(Path root) throws IOException {
    long[] bytes = {0};
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes[0];
  }

  public static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
