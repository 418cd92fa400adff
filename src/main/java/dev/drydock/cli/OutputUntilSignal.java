package dev.drydock.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Output that ends when a signal ends the program. The server then goes away under the run, which
 * would tell of that as of a failure.
 */
final class OutputUntilSignal extends FilterOutputStream {
  private static final Thread PROBE = new Thread(() -> {}, "drydock-probe");

  OutputUntilSignal(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (!isEnding()) {
      out.write(bytes, from, length);
      out.flush();
    }
  }

  /** Nothing but this tells that the JVM runs its hooks. */
  private static boolean isEnding() {
    try {
      return Runtime.getRuntime().removeShutdownHook(PROBE);
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
