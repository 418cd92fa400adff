package dev.drydock.history.layout;

import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.util.Objects;
import java.util.Optional;

/**
 * One of several migrations in a file, each of which its tool knows by itself.
 *
 * @param name what tells it from the others of its file
 * @param home what the tool knows the file by, where that is not its path
 * @param file what holds its script, or where it stands when it is not SQL
 * @param script what is run; nothing when it is not SQL
 * @param content the same text for two parts that the tool takes for the same; nothing where it
 *     takes any for what it was
 */
public record Part(
    Role role,
    String name,
    Optional<String> home,
    SourceFile file,
    Optional<Layout.Further> script,
    Optional<String> content) {
  public Part {
    Objects.requireNonNull(role);
    Objects.requireNonNull(name);
    Objects.requireNonNull(home);
    Objects.requireNonNull(file);
    Objects.requireNonNull(script);
    Objects.requireNonNull(content);
  }

  /** A part in another language. */
  static Part code(Version version, String name, SourceFile file) {
    return new Part(
        new Role.Code(version), name, Optional.empty(), file, Optional.empty(), Optional.empty());
  }

  /** Whether the tool takes this for {@code then}, which has its name, unchanged. */
  public boolean isSame(Part then) {
    return content.isEmpty() || content.equals(then.content);
  }
}
