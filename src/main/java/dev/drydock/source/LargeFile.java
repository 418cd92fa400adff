package dev.drydock.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Git LFS puts into a commit in the place of a file's content. */
final class LargeFile {
  /** No pointer is longer. */
  private static final int LONGEST = 1024;

  private static final Pattern POINTER =
      Pattern.compile(
          "version https://git-lfs\\.github\\.com/spec/v1\\r?\\n(?:.*\\n)*?oid sha256:([0-9a-f]{64})\\r?\\n(?:.*\\n?)*");

  private LargeFile() {}

  /**
   * Where the content lies that {@code pointer} stands for; nothing when it is no pointer.
   *
   * @param repository git's directory
   */
  static Optional<Path> content(byte[] pointer, Path repository) {
    return id(pointer)
        .map(
            id ->
                repository
                    .resolve("lfs/objects")
                    .resolve(id.substring(0, 2))
                    .resolve(id.substring(2, 4))
                    .resolve(id));
  }

  static boolean isPointer(byte[] content) {
    return id(content).isPresent();
  }

  private static Optional<String> id(byte[] content) {
    if (content.length > LONGEST || content.length == 0 || content[0] != 'v') {
      return Optional.empty();
    }
    return Optional.of(POINTER.matcher(new String(content, StandardCharsets.UTF_8)))
        .filter(Matcher::matches)
        .map(match -> match.group(1));
  }
}
