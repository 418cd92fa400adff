package dev.drydock.sql;

import dev.drydock.history.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A text with its placeholders filled in, and the way back from a position in it to the position in
 * the source.
 *
 * @param sql the text with values in place of placeholders
 * @param edits the replacements, in the order of the text
 */
public record Substitution(String sql, List<Edit> edits) {

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
   * Fills in what {@code text} asks for.
   *
   * @throws UnknownPlaceholderException when something it asks for has no value
   */
  public static Substitution fill(String text, Placeholders placeholders) {
    StringBuilder sql = new StringBuilder();
    List<Edit> edits = new ArrayList<>();
    int from = 0;
    for (Placeholders.Found found : placeholders.in(text)) {
      String value =
          found
              .value()
              .orElseThrow(() -> new UnknownPlaceholderException(found.name(), found.start()));
      sql.append(text, from, found.start());
      edits.add(new Edit(found.start(), found.end() - found.start(), sql.length(), value.length()));
      sql.append(value);
      from = found.end();
    }
    return edits.isEmpty()
        ? none(text)
        : new Substitution(sql.append(text, from, text.length()).toString(), edits);
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
