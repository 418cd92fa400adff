package dev.drydock.history.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the part of TOML that migration tools are set up with. */
final class TomlSettings {
  private static final Pattern SECTION = Pattern.compile("\\[\\[?\\s*([^\\[\\]]+?)\\s*]]?");
  private static final Pattern ENTRY =
      Pattern.compile(
          "((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\\s*\\.\\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'))*+)\\s*=\\s*(.+)",
          Pattern.DOTALL);
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9+:._-]+");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> quoted = new ArrayList<>();

  private TomlSettings() {}

  /** What a file says; nothing when it is malformed. */
  static Optional<Settings> read(String text) {
    if (text.length() > Settings.LONGEST) {
      return Optional.empty();
    }
    TomlSettings read = new TomlSettings();
    String section = "";
    StringBuilder pending = new StringBuilder();
    for (String raw : text.lines().toList()) {
      pending.append(withoutComment(raw).strip());
      String line = pending.toString();
      if (opensMoreThanItCloses(line)) {
        pending.append(' ');
        continue;
      }
      pending.setLength(0);
      Matcher header = SECTION.matcher(line);
      Matcher entry = ENTRY.matcher(line);
      if (line.isEmpty()) {
        continue;
      } else if (header.matches()) {
        section = Settings.plain(header.group(1)) + ".";
      } else if (!entry.matches()
          || !read.put(section + Settings.plain(entry.group(1)), entry.group(2).strip())) {
        return Optional.empty();
      }
    }
    return pending.isEmpty()
        ? Optional.of(new Settings(read.values, read.quoted))
        : Optional.empty();
  }

  /** Notes an entry, and says whether its value is well formed. */
  private boolean put(String name, String value) {
    char first = value.charAt(0);
    char last = value.charAt(value.length() - 1);
    if (first == '"' || first == '\'') {
      if (value.length() < 2 || last != first) {
        return false;
      }
      String inner = value.substring(1, value.length() - 1);
      values.put(name, first == '"' ? unescaped(inner) : inner);
      quoted.add(name);
      return true;
    }
    if (first == '{' && last == '}') {
      for (String part : value.substring(1, value.length() - 1).split(",")) {
        Matcher entry = ENTRY.matcher(part.strip());
        if (!part.isBlank()
            && (!entry.matches()
                || !put(name + "." + Settings.plain(entry.group(1)), entry.group(2).strip()))) {
          return false;
        }
      }
      return true;
    }
    values.put(name, value);
    return (first == '[' && last == ']') || BARE.matcher(value).matches();
  }

  private static String unescaped(String text) {
    return text.replace("\\\"", "\"")
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\\\", "\\");
  }

  private static String withoutComment(String line) {
    int comment = unquoted(line).indexOf('#');
    return comment < 0 ? line : line.substring(0, comment);
  }

  private static boolean opensMoreThanItCloses(String line) {
    if (SECTION.matcher(line).matches()) {
      return false;
    }
    int depth = 0;
    for (char c : unquoted(line).toCharArray()) {
      if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
      }
    }
    return depth > 0;
  }

  /** The line with a blank for each character that is quoted, and for the quotes. */
  private static String unquoted(String line) {
    StringBuilder bare = new StringBuilder(line.length());
    char quote = 0;
    for (char c : line.toCharArray()) {
      boolean opens = quote == 0 && (c == '"' || c == '\'');
      bare.append(quote != 0 || opens ? ' ' : c);
      if (opens) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    return bare.toString();
  }
}
