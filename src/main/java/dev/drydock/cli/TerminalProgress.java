package dev.drydock.cli;

import dev.drydock.lint.Progress;
import dev.drydock.report.Printable;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Progress on the error stream, and only of a run that takes over a second: one line that is
 * written over on a terminal, a line every few seconds elsewhere.
 */
final class TerminalProgress implements Progress, AutoCloseable {
  private static final long QUIET_NANOS = 1_000_000_000L;
  private static final long LOG_EVERY_NANOS = 5_000_000_000L;
  private static final long REDRAW_EVERY_NANOS = 100_000_000L;
  private static final int LONGEST = 79;

  private final PrintStream err;
  private final boolean terminal;
  private final long start;
  private long last;
  private boolean drawn;

  TerminalProgress(PrintStream err, boolean terminal, long now) {
    this.err = err;
    this.terminal = terminal;
    this.start = now;
    this.last = now;
  }

  @Override
  public void doing(String what) {
    show(what);
  }

  @Override
  public void replaying(Path migration, int index, int total) {
    show("replaying %d of %d: %s".formatted(index, total, migration));
  }

  private synchronized void show(String what) {
    long now = System.nanoTime();
    if (now - start < QUIET_NANOS
        || now - last < (terminal ? REDRAW_EVERY_NANOS : LOG_EVERY_NANOS)) {
      return;
    }
    last = now;
    String text = Printable.line(what);
    if (terminal) {
      String line = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
      err.print("\r\u001b[K" + line);
      err.flush();
      drawn = true;
    } else {
      err.println("drydock: " + text);
    }
  }

  /** Takes the line away again. */
  @Override
  public synchronized void close() {
    if (drawn) {
      err.print("\r\u001b[K");
      err.flush();
      drawn = false;
    }
  }
}
