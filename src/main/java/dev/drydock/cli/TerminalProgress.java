package dev.drydock.cli;

import dev.drydock.lint.Progress;
import dev.drydock.report.Printable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Progress on the error stream, and only of a run that takes over a second: one line that is
 * written over on a terminal, a line every few seconds elsewhere. What takes long is told again
 * with the seconds it has taken, so that nobody takes a long file for a run that hangs.
 */
final class TerminalProgress implements Progress, AutoCloseable {
  private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LOG_EVERY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long REDRAW_EVERY_NANOS = Duration.ofMillis(100).toNanos();
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(3);
  private static final int LONGEST = 79;

  private final PrintStream err;
  private final boolean terminal;
  private final long start;
  private final Thread clock = new Thread(this::tick, "drydock-progress");
  private String what = "";
  private long since;
  private long last;
  private boolean drawn;

  private TerminalProgress(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
    this.start = System.nanoTime();
    this.last = start;
    clock.setDaemon(true);
  }

  /**
   * Begins to show progress.
   *
   * @param terminal whether a line that was written can be written over
   */
  static TerminalProgress on(PrintStream err, boolean terminal) {
    TerminalProgress progress = new TerminalProgress(err, terminal);
    progress.clock.start();
    return progress;
  }

  @Override
  public void replaying(Path migration, int index, int total) {
    show("replaying %d of %d: %s".formatted(index, total, migration));
  }

  private synchronized void show(String text) {
    what = text;
    since = System.nanoTime();
    draw();
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(TICK);
        synchronized (this) {
          if (!what.isEmpty() && taken().compareTo(LONG) >= 0) {
            draw();
          }
        }
      }
    } catch (InterruptedException e) {
      // The run is over.
      return;
    }
  }

  private Duration taken() {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private void draw() {
    long now = System.nanoTime();
    if (now - start < QUIET_NANOS
        || now - last < (terminal ? REDRAW_EVERY_NANOS : LOG_EVERY_NANOS)) {
      return;
    }
    last = now;
    String seconds = taken().compareTo(LONG) < 0 ? "" : " (%d s)".formatted(taken().toSeconds());
    String text = Printable.line(what);
    if (terminal) {
      int room = LONGEST - seconds.length();
      String line = text.length() > room ? text.substring(0, room - 1) + "…" : text;
      err.print("\r\u001b[K" + line + seconds);
      err.flush();
      drawn = true;
    } else {
      err.println("drydock: " + text + seconds);
    }
  }

  /** Takes the line away again. */
  @Override
  public void close() {
    clock.interrupt();
    synchronized (this) {
      what = "";
      if (drawn) {
        err.print("\r\u001b[K");
        err.flush();
        drawn = false;
      }
    }
  }
}
