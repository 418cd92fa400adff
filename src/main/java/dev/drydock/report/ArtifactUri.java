package dev.drydock.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A path as the URI reference that SARIF wants (RFC 3986). */
final class ArtifactUri {
  /** What a path segment may hold as it is, without the colon that could be read as a scheme. */
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=@/";

  private ArtifactUri() {}

  /** Relative for a relative path, {@code file:} for an absolute one. */
  static String of(Path path) {
    String slashed = JsonReports.path(path);
    StringBuilder uri = new StringBuilder(path.isAbsolute() ? "file://" : "");
    if (path.isAbsolute() && !slashed.startsWith("/")) {
      uri.append('/');
    }
    for (byte octet : slashed.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (PLAIN.indexOf(c) >= 0) {
        uri.append(c);
      } else {
        uri.append("%%%02X".formatted((int) c));
      }
    }
    return uri.toString();
  }
}
