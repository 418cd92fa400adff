package dev.drydock.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The only text encoding a file may have: anything else would put positions in the wrong place. */
public final class Utf8 {
  private Utf8() {}

  /**
   * The text of a file.
   *
   * @param name as messages name it
   * @throws SourceException when it is not UTF-8, with the line of the first byte that is not
   */
  public static String read(Path name, Path file) throws IOException {
    return decode(name, Files.readAllBytes(file));
  }

  /**
   * The text of {@code content}, byte order mark included.
   *
   * @throws SourceException when it is not UTF-8, with the line of the first byte that is not
   */
  static String decode(Path path, byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    CharBuffer out = CharBuffer.allocate(content.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        if (content[i] == '\n') {
          line++;
        }
      }
      throw new SourceException(
          "%s is not UTF-8 text (byte 0x%02X in line %d) and is not read. Save it as UTF-8."
              .formatted(path, content[in.position()] & 0xFF, line));
    }
    return out.flip().toString();
  }
}
