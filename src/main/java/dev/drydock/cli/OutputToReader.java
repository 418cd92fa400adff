package dev.drydock.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Output whose reader may have seen enough: what {@code head} or a pager leaves is no error. */
final class OutputToReader extends FilterOutputStream {
  private boolean left;

  OutputToReader(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (left) {
      return;
    }
    try {
      out.write(bytes, from, length);
      out.flush();
    } catch (IOException e) {
      // The words of the C library, which is all that tells it from a full disk.
      if (!"Broken pipe".equals(e.getMessage())) {
        throw e;
      }
      left = true;
    }
  }
}
