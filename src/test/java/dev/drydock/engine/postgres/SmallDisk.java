package dev.drydock.engine.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of a given size, in memory. Only root may make one, and not in every container. */
public record SmallDisk(Path path) implements AutoCloseable {

  /**
   * Mounts one; the test is passed over where that cannot be done.
   *
   * @param path a directory that is not there yet
   * @param size as mount takes it, e.g. {@code 64m}
   */
  public static SmallDisk mount(Path path, String size) throws IOException, InterruptedException {
    Files.createDirectory(path);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "mode=755,size=" + size, "tmpfs", path.toString()),
        "a disk of a given size can only be mounted by root");
    return new SmallDisk(path);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", path.toString());
  }

  private static boolean run(String... words) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      // There is no such program on this system.
      return false;
    }
  }
}
