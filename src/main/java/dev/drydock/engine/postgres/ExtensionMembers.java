package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of which well-known extension something is that the server does not know. */
final class ExtensionMembers {
  /** What the server says is missing; the name may have its schema before it. */
  private static final Pattern MISSING =
      Pattern.compile(
          "^(function|type|operator class|access method|foreign-data wrapper|tablesample method|schema|relation)"
              + " \"?(?:([\\w$-]+)\\.)?([\\w$-]+)(?:\"|[\\[( ])");

  /** An option in the way of an extension: it is named for it, or as it is for short. */
  private static final Pattern OPTION =
      Pattern.compile("^unrecognized parameter namespace \"([\\w$-]+)\"");

  /** A scalar type has none where an extension for such indexes is missing. */
  private static final Pattern SCALAR =
      Pattern.compile("has no default operator class for access method \"(gist|gin)\"");

  private static final Map<String, Pattern> MEMBERS = load();

  private ExtensionMembers() {}

  /**
   * The extension that has what is missing.
   *
   * @param message the server's words, e.g. {@code type "citext" does not exist}
   */
  static Optional<String> extensionOf(String message) {
    Matcher scalar = SCALAR.matcher(message);
    if (scalar.find()) {
      return Optional.of("btree_" + scalar.group(1));
    }
    Matcher option = OPTION.matcher(message);
    if (option.find()) {
      return having("option:" + option.group(1));
    }
    Matcher missing = MISSING.matcher(message);
    if (!missing.find()) {
      return Optional.empty();
    }
    String kind = missing.group(1);
    // Anybody may call a table or a schema of theirs so: of these only the extensions' own count.
    if (kind.equals("relation")) {
      return having("relation:" + missing.group(3))
          .or(() -> Optional.ofNullable(missing.group(2)).flatMap(own -> having("schema:" + own)));
    }
    return having(kind.equals("schema") ? "schema:" + missing.group(3) : missing.group(3));
  }

  private static Optional<String> having(String member) {
    return MEMBERS.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(member).matches())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Map<String, Pattern> load() {
    Map<String, Pattern> members = new LinkedHashMap<>();
    Resource.properties("extension-members.properties")
        .forEach((name, has) -> members.put(name, Pattern.compile(has.strip().replace(' ', '|'))));
    return members;
  }
}
