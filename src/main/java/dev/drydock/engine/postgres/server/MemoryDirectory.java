package dev.drydock.engine.postgres.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A directory whose files are held in memory, such as Linux's {@code /dev/shm}.
 *
 * <p>A migration makes and removes many small files, which takes a server a good part of its time
 * on a disk. But what fills the directory takes memory from everybody, so it is used only where all
 * that a replay may take leaves as much again.
 */
public final class MemoryDirectory {
  /** Bytes that the cluster takes after most histories. */
  public static final long USUAL = 28L << 20;

  /** What the kernel says of the machine; kilobytes follow the name. */
  private static final Path MACHINE = Path.of("/proc/meminfo");

  /** What the container may use, in bytes or {@code max}; cgroups of version 2. */
  private static final Path CONTAINER = Path.of("/sys/fs/cgroup/memory.max");

  private MemoryDirectory() {}

  /**
   * Whether {@code directory} is there and may be filled.
   *
   * @param bytes what a replay may take
   */
  public static boolean hasRoom(Path directory, long bytes) {
    return Files.isWritable(directory)
        && directory.toFile().getUsableSpace() / 2 >= bytes
        && available(MACHINE, CONTAINER) / 2 >= bytes;
  }

  /** Bytes of memory that are free or could be freed; none when the system does not say. */
  static long available(Path machine, Path container) {
    try (Stream<String> lines = Files.lines(machine)) {
      long free =
          lines
              .filter(line -> line.startsWith("MemAvailable:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
              .findFirst()
              .orElse(0);
      return Math.min(free, limit(container));
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static long limit(Path container) throws IOException {
    if (!Files.isReadable(container)) {
      return Long.MAX_VALUE;
    }
    String limit = Files.readString(container).strip();
    return limit.equals("max") ? Long.MAX_VALUE : Long.parseLong(limit);
  }
}
