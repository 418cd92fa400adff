package dev.drydock.github;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Code scanning, where the SARIF of a run becomes alerts. */
final class CodeScanning {
  private final Api api;

  CodeScanning(Api api) {
    this.api = api;
  }

  /**
   * Hands a document in; GitHub reads it later.
   *
   * @param commit the one that was checked out, an id
   * @param ref what it is the tip of, e.g. {@code refs/pull/7/merge}
   */
  void upload(String sarif, String commit, String ref) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(sarif.getBytes(StandardCharsets.UTF_8));
    }
    api.call(
            "POST",
            "/code-scanning/sarifs",
            Optional.of(
                Map.of(
                    "commit_sha",
                    commit,
                    "ref",
                    ref,
                    "sarif",
                    Base64.getEncoder().encodeToString(packed.toByteArray()),
                    "tool_name",
                    "Drydock")))
        .orThrow("code scanning");
  }
}
