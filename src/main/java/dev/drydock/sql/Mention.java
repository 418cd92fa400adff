package dev.drydock.sql;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a text, and where a name is one of them, in whatever case and quotes. */
public final class Mention {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}_$]+");

  /**
   * What stands in front of a name to say whose it is, with the quote that the name begins with.
   */
  private static final Pattern QUALIFIER = Pattern.compile("([\\p{L}\\p{N}_$]+)\"?\\s*\\.\\s*\"?$");

  private Mention() {}

  /** All words of {@code text}, in lower case. */
  public static Set<String> words(String text) {
    return NO_WORD
        .splitAsStream(text)
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /**
   * Whether a text that has these words may have the name: a name in quotes may be several.
   *
   * @param words in lower case
   */
  public static boolean mayBe(String name, Set<String> words) {
    return words.containsAll(words(name));
  }

  /**
   * Whether the name is a word of the text.
   *
   * @param name a name without its schema, as the server folds it
   * @param sql any text: a statement, a block, a constant in it
   */
  public static boolean of(String name, String sql) {
    return first(name, sql).isPresent();
  }

  /**
   * Whether the name is a word of the text in a place where nothing stands in front of it, with a
   * point, but that schema: {@code other.orders} does not mean {@code public.orders}.
   *
   * @param schema as the server folds it
   */
  public static boolean outside(String schema, String name, String sql) {
    return places(name, sql)
        .map(place -> QUALIFIER.matcher(sql.substring(0, place.start())))
        .anyMatch(before -> !before.find() || before.group(1).equalsIgnoreCase(schema));
  }

  /** The first place where it is. */
  public static Optional<MatchResult> first(String name, String sql) {
    return places(name, sql).findFirst();
  }

  private static Stream<MatchResult> places(String name, String sql) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}_$])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_$])",
            Pattern.CASE_INSENSITIVE)
        .matcher(sql)
        .results();
  }
}
