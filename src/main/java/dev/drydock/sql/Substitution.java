package dev.drydock.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with its placeholders filled in, and the way back from a position in it to the position in
 * the source.
 *
 * @param sql the text with values in place of placeholders
 * @param edits the replacements, in the order of the text
 */
public record Substitution(String sql, List<Edit> edits) {

  private static final Pattern COLON = Pattern.compile("(?<![:\\w]):[\"']?[A-Za-z_]");

  /**
   * One replacement.
   *
   * @param sourceStart offset of the placeholder in the source
   * @param sourceLength its length there
   * @param sqlStart offset of the value in the filled text
   * @param sqlLength its length there
   */
  public record Edit(int sourceStart, int sourceLength, int sqlStart, int sqlLength) {}

  /** A placeholder that has no value. */
  public static final class UnknownPlaceholderException extends RuntimeException {
    private final String name;
    private final int offset;

    UnknownPlaceholderException(String name, int offset) {
      super("placeholder ${" + name + "} has no value");
      this.name = name;
      this.offset = offset;
    }

    public String name() {
      return name;
    }

    /** Where the placeholder stands in the source text. */
    public int offset() {
      return offset;
    }
  }

  public Substitution {
    Objects.requireNonNull(sql);
    edits = List.copyOf(edits);
  }

  /** The text as it is. */
  public static Substitution none(String text) {
    return new Substitution(text, List.of());
  }

  /**
   * Fills in {@code ${name}} from {@code values}, in comments and strings too, as Flyway does; or,
   * where all of them begin with a colon, each of them as it stands.
   *
   * @param values keyed by name; upper and lower case are the same, as they are to Flyway, but for
   *     those with a colon
   * @throws UnknownPlaceholderException when a name has no value
   */
  public static Substitution fill(String text, Map<String, String> values) {
    if (standForThemselves(values)) {
      return fillEach(text, values);
    }
    if (text.indexOf("${") < 0) {
      return none(text);
    }
    Map<String, String> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    known.putAll(values);
    StringBuilder sql = new StringBuilder();
    List<Edit> edits = new ArrayList<>();
    int from = 0;
    while (true) {
      int open = text.indexOf("${", from);
      int close = open < 0 ? -1 : text.indexOf('}', open);
      if (close < 0) {
        return new Substitution(sql.append(text, from, text.length()).toString(), edits);
      }
      String name = text.substring(open + 2, close);
      String value = known.get(name);
      if (value == null) {
        throw new UnknownPlaceholderException(name, open);
      }
      sql.append(text, from, open);
      edits.add(new Edit(open, close + 1 - open, sql.length(), value.length()));
      sql.append(value);
      from = close + 1;
    }
  }

  /**
   * Whether placeholders are {@code :name} and not {@code ${name}}: psql and graphile-migrate have
   * such, and leave alone what they do not know.
   */
  public static boolean standForThemselves(Map<String, String> values) {
    return !values.isEmpty() && values.keySet().stream().allMatch(name -> name.startsWith(":"));
  }

  /** Whether a text may ask for a value, of those that are known or of others. */
  public static boolean mayAsk(String text, Map<String, String> values) {
    return standForThemselves(values) ? COLON.matcher(text).find() : text.contains("${");
  }

  /** No longer word is meant by its beginning, and no cast by what follows its first colon. */
  private static Substitution fillEach(String text, Map<String, String> values) {
    if (text.indexOf(':') < 0) {
      return none(text);
    }
    String any = values.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    Matcher found = Pattern.compile("(?<![:\\w])(?:%s)(?!\\w)".formatted(any)).matcher(text);
    StringBuilder sql = new StringBuilder();
    List<Edit> edits = new ArrayList<>();
    int from = 0;
    while (found.find()) {
      String value = values.get(found.group());
      sql.append(text, from, found.start());
      edits.add(new Edit(found.start(), found.group().length(), sql.length(), value.length()));
      sql.append(value);
      from = found.end();
    }
    return new Substitution(sql.append(text, from, text.length()).toString(), edits);
  }

  /** The names in {@code text} that have no value, in their order. */
  public static Set<String> withoutValue(String text, Map<String, String> values) {
    if (standForThemselves(values)) {
      return Set.of();
    }
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(values.keySet());
    Set<String> names = new LinkedHashSet<>();
    int open = text.indexOf("${");
    int close = open < 0 ? -1 : text.indexOf('}', open);
    while (close >= 0) {
      String name = text.substring(open + 2, close);
      if (!known.contains(name)) {
        names.add(name);
      }
      open = text.indexOf("${", close);
      close = open < 0 ? -1 : text.indexOf('}', open);
    }
    return names;
  }

  /**
   * The offset in the source of the character at {@code offset} of the filled text: for one that a
   * value brought in, the start of the placeholder.
   */
  public int sourceOffset(int offset) {
    int shift = 0;
    for (Edit edit : edits) {
      if (offset < edit.sqlStart()) {
        break;
      }
      if (offset < edit.sqlStart() + edit.sqlLength()) {
        return edit.sourceStart();
      }
      shift += edit.sourceLength() - edit.sqlLength();
    }
    return offset + shift;
  }

  /**
   * The offset in the source where a span ends that ends before {@code end} in the filled text:
   * when a value brought in its last character, after the placeholder.
   */
  public int sourceEnd(int end) {
    if (end == 0) {
      return 0;
    }
    int last = end - 1;
    for (Edit edit : edits) {
      if (last >= edit.sqlStart() && last < edit.sqlStart() + edit.sqlLength()) {
        return edit.sourceStart() + edit.sourceLength();
      }
    }
    return sourceOffset(last) + 1;
  }
}
