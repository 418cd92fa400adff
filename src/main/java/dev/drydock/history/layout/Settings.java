package dev.drydock.history.layout;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entries of a settings file, by their full name with dots.
 *
 * @param values text of each value, without quotes
 * @param quoted names of the values that are written as text, and so are neither numbers nor flags
 */
record Settings(Map<String, String> values, List<String> quoted) {
  /** In characters; whoever wrote the file may mean to keep its reader busy. */
  static final int LONGEST = 64 * 1024;

  private static final Pattern YAML_LINE =
      Pattern.compile("( *)(- +)?(?:([\\w.-]+|\"[\\w.-]+\"|'[\\w.-]+'):(?= |$))?([^#].*)?");
  private static final Pattern GIT_SECTION =
      Pattern.compile("\\[\\s*([\\w.-]+)(?:\\s+\"([^\"]*)\")?\\s*]\\s*(?:[#;].*)?");
  private static final Pattern GIT_ENTRY = Pattern.compile("([A-Za-z][\\w-]*)\\s*=\\s*(.*)");

  Settings {
    values = Map.copyOf(values);
    quoted = List.copyOf(quoted);
  }

  /** Entries of a format that does not tell text from other values. */
  Settings(Map<String, String> values) {
    this(values, List.of());
  }

  static Settings none() {
    return new Settings(Map.of());
  }

  /** Reads {@code name=value} lines, the form of {@code flyway.conf}. */
  static Settings properties(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      // A malformed escape: what stands before it counts.
    }
    Map<String, String> values = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return new Settings(values);
  }

  /**
   * Reads the part of YAML that applications are set up with: names over names, and values and
   * lists of them in a line each. What is written otherwise is passed over, and so is what holds
   * only under a condition: all documents after the first. A parser of all of YAML refuses such a
   * file whole for the {@code @project.version@} that Maven fills in.
   */
  static Settings yaml(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    Deque<YamlName> open = new ArrayDeque<>();
    for (String raw : text.substring(0, Math.min(text.length(), LONGEST)).lines().toList()) {
      Matcher line = YAML_LINE.matcher(raw);
      if (raw.startsWith("---") && !open.isEmpty()) {
        break;
      } else if (!line.matches()) {
        continue;
      }
      int indent = line.group(1).length();
      boolean inList = line.group(2) != null;
      Optional<String> value = yamlValue(line.group(4) == null ? "" : line.group(4).strip());
      if (line.group(3) != null) {
        while (!open.isEmpty() && open.peek().indent() >= indent) {
          open.pop();
        }
        String name = plain(line.group(3));
        String path = open.isEmpty() ? name : open.peek().path() + "." + name;
        open.push(new YamlName(indent, path));
        value.filter(any -> !inList).ifPresent(written -> values.put(path, written));
      } else if (inList && !open.isEmpty() && indent >= open.peek().indent()) {
        String path = open.peek().path();
        value.ifPresent(one -> values.merge(path, one, (before, next) -> before + "," + next));
      }
    }
    return new Settings(values);
  }

  /** A name that others may stand under. */
  private record YamlName(int indent, String path) {}

  /** Without quotes, brackets and comment; nothing where nothing is written. */
  private static Optional<String> yamlValue(String written) {
    for (char quote : new char[] {'"', '\''}) {
      int end = written.isEmpty() || written.charAt(0) != quote ? -1 : written.indexOf(quote, 1);
      if (end > 0) {
        return Optional.of(written.substring(1, end));
      }
    }
    String value = written.replaceFirst("(?:^|\\s)#.*", "").strip();
    return Optional.of(
            value.startsWith("[") && value.endsWith("]")
                ? value.substring(1, value.length() - 1).replaceAll("[\"'\\s]", "")
                : value)
        .filter(any -> !any.isEmpty());
  }

  /**
   * Reads the form of Git's configuration: {@code name = value} below {@code [section]} and {@code
   * [section "subsection"]}.
   */
  static Settings git(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    String section = "";
    for (String raw : text.lines().toList()) {
      Matcher header = GIT_SECTION.matcher(raw.strip());
      Matcher entry = GIT_ENTRY.matcher(raw.strip());
      if (header.matches()) {
        String below = header.group(2) == null ? "" : header.group(2) + ".";
        section = header.group(1).toLowerCase(Locale.ROOT) + "." + below;
      } else if (entry.matches()) {
        values.put(section + entry.group(1).toLowerCase(Locale.ROOT), gitValue(entry.group(2)));
      }
    }
    return new Settings(values);
  }

  /** Without quotes, escapes and comment. */
  private static String gitValue(String written) {
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && i + 1 < written.length()) {
        value.append(written.charAt(++i));
      } else if (!quoted && (c == '#' || c == ';')) {
        break;
      } else {
        value.append(c);
      }
    }
    return value.toString().strip();
  }

  /** A name without quotes, and without blanks around its dots. */
  static String plain(String name) {
    return name.replaceAll("\\s*\\.\\s*", ".").replace("\"", "").replace("'", "");
  }

  /** These, and where they say nothing, {@code others}. */
  Settings over(Settings others) {
    Map<String, String> both = new TreeMap<>(others.values);
    both.putAll(values);
    List<String> asText = new ArrayList<>(quoted);
    others.quoted.stream().filter(name -> !values.containsKey(name)).forEach(asText::add);
    return new Settings(both, asText);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The value of a flag; nothing when it is not there or is written as text in a typed format. */
  Optional<Boolean> flag(String name) {
    return text(name)
        .filter(value -> !quoted.contains(name))
        .map(String::strip)
        .filter(value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"))
        .map(Boolean::parseBoolean);
  }

  /** The entries whose name begins with {@code prefix}, by the rest of their name. */
  Map<String, String> under(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }
}
