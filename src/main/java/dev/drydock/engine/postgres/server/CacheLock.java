package dev.drydock.engine.postgres.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to write to the cache directory, held by one process and one thread of it at a time.
 *
 * <p>The operating system releases it with the process, so a run that was killed blocks nobody.
 */
public final class CacheLock implements AutoCloseable {
  /** A file lock belongs to the whole JVM, so threads need one of their own. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final FileChannel channel;
  private final FileLock lock;

  private CacheLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Makes the directory where it is missing, and waits until no other run writes to it. */
  public static CacheLock acquire(Path cache) throws IOException {
    Files.createDirectories(cache);
    THREADS.lock();
    try {
      FileChannel channel =
          FileChannel.open(
              cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new CacheLock(channel, channel.lock());
    } catch (IOException | RuntimeException e) {
      THREADS.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      lock.release();
      channel.close();
    } finally {
      THREADS.unlock();
    }
  }
}
