package dev.drydock.history;

import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a tool puts into a script before it sends it: how a script asks for it, and the values. */
public sealed interface Placeholders {
  /**
   * A place in a text that asks for a value.
   *
   * @param start offset in the text
   * @param end offset after it
   * @param name what it is called there, without what marks it
   * @param value nothing where nobody has said one
   */
  record Found(int start, int end, String name, Optional<String> value) {}

  /** The values, by the names the tool knows them by. */
  Map<String, String> values();

  /** All that the tool puts a value in for, or cannot, in the order of the text. */
  List<Found> in(String text);

  /** Whether a text may ask for a value, of those that are known or of others. */
  boolean mayBeIn(String text);

  /** Whether psql may be what fills them in, so that its own variables count as well. */
  default boolean mayBePsqls() {
    return this instanceof Colon || this instanceof Psql;
  }

  /** What somebody gives who has no tool that says how a script asks: a colon before each name. */
  static Placeholders given(Map<String, String> values) {
    boolean colons = values.keySet().stream().allMatch(name -> name.startsWith(":"));
    return (colons ? new Colon(Map.of()) : new Braced(Map.of())).with(values);
  }

  /** The same with values that somebody gives, which come before those that are known. */
  Placeholders with(Map<String, String> given);

  /**
   * {@code ${name}}, in comments and strings too.
   *
   * @param values by name; upper and lower case are the same, as they are to Flyway
   */
  record Braced(Map<String, String> values) implements Placeholders {
    public Braced {
      Map<String, String> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      known.putAll(values);
      values = known;
    }

    @Override
    public List<Found> in(String text) {
      List<Found> found = new ArrayList<>();
      int open = text.indexOf("${");
      int close = open < 0 ? -1 : text.indexOf('}', open);
      while (close >= 0) {
        String name = text.substring(open + 2, close);
        found.add(new Found(open, close + 1, name, Optional.ofNullable(values.get(name))));
        open = text.indexOf("${", close);
        close = open < 0 ? -1 : text.indexOf('}', open);
      }
      return found;
    }

    @Override
    public boolean mayBeIn(String text) {
      return text.contains("${");
    }

    @Override
    public Placeholders with(Map<String, String> given) {
      Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      all.putAll(values);
      all.putAll(given);
      return new Braced(all);
    }
  }

  /**
   * {@code :name}, {@code :'name'} for the value as a literal and {@code :"name"} for it as a name,
   * as psql has them; what has no value is left as it is.
   *
   * @param values by name, without the colon
   */
  record Colon(Map<String, String> values) implements Placeholders {
    private static final Pattern ANY = Pattern.compile("(?<![:\\w]):[\"']?[A-Za-z_]");

    public Colon {
      values = Map.copyOf(values);
    }

    /** No longer word is meant by its beginning, and no cast by what follows its first colon. */
    @Override
    public List<Found> in(String text) {
      if (values.isEmpty() || text.indexOf(':') < 0) {
        return List.of();
      }
      String names = values.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
      return Pattern.compile("(?<![:\\w]):([\"']?)(%s)\\1(?!\\w)".formatted(names))
          .matcher(text)
          .results()
          .map(
              found ->
                  new Found(
                      found.start(),
                      found.end(),
                      found.group(2),
                      Optional.of(quoted(values.get(found.group(2)), found.group(1)))))
          .toList();
    }

    private static String quoted(String value, String mark) {
      return mark.isEmpty() ? value : mark + value.replace(mark, mark + mark) + mark;
    }

    @Override
    public boolean mayBeIn(String text) {
      return ANY.matcher(text).find();
    }

    /** Users name them with the colon or without. */
    @Override
    public Placeholders with(Map<String, String> given) {
      Map<String, String> all = new HashMap<>(values);
      given.forEach(
          (name, value) -> all.put(name.startsWith(":") ? name.substring(1) : name, value));
      return new Colon(all);
    }
  }

  /**
   * The same where psql itself fills them in, which leaves what is quoted and comments alone.
   *
   * @param variables what has no value there has none here
   */
  record Psql(Colon variables) implements Placeholders {
    @Override
    public Map<String, String> values() {
      return variables.values();
    }

    @Override
    public List<Found> in(String text) {
      List<Found> found = new ArrayList<>(variables.in(text));
      PostgresLexer lexer = new PostgresLexer(text);
      for (Token token = lexer.next();
          token != Token.END && !found.isEmpty();
          token = lexer.next()) {
        if (token == Token.STRING || token == Token.QUOTED || token == Token.COMMENT) {
          int start = lexer.start();
          int end = lexer.end();
          found.removeIf(one -> one.start() > start && one.start() < end);
        }
      }
      return List.copyOf(found);
    }

    @Override
    public boolean mayBeIn(String text) {
      return variables.mayBeIn(text);
    }

    @Override
    public Placeholders with(Map<String, String> given) {
      return new Psql((Colon) variables.with(given));
    }
  }

  /**
   * {@code $NAME}, {@code ${NAME}} and {@code ${NAME:-standard}} with what the environment has
   * under that name.
   *
   * @param values what somebody says that it has
   * @param asked the names that are asked for where the tool fills them in; elsewhere another one
   *     is what it looks like
   */
  record Environment(Map<String, String> values, Set<String> asked) implements Placeholders {
    private static final Pattern NAME =
        Pattern.compile(
            "\\\\\\$(?=(\\p{L}[\\p{L}\\p{N}_]*))"
                + "|(?<![$\\\\])\\$(?:(\\p{L}[\\p{L}\\p{N}_]*)|\\{(\\p{L}[\\p{L}\\p{N}_]*)(?::?-([^}]*)|[:?][^}]*)?})");

    public Environment {
      values = Map.copyOf(values);
      asked = Set.copyOf(asked);
    }

    @Override
    public List<Found> in(String text) {
      List<Found> found = new ArrayList<>();
      Matcher name = NAME.matcher(text);
      while (name.find()) {
        boolean escaped = name.group(1) != null;
        String word =
            escaped ? name.group(1) : name.group(2) == null ? name.group(3) : name.group(2);
        if (asked.contains(word)) {
          Optional<String> value =
              escaped
                  ? Optional.of("$")
                  : Optional.ofNullable(values.get(word))
                      .or(() -> Optional.ofNullable(name.group(4)));
          found.add(new Found(name.start(), name.end(), word, value));
        }
      }
      return found;
    }

    @Override
    public boolean mayBeIn(String text) {
      return !in(text).isEmpty();
    }

    @Override
    public Placeholders with(Map<String, String> given) {
      Map<String, String> all = new HashMap<>(values);
      all.putAll(given);
      return new Environment(all, asked);
    }
  }

  /**
   * What a tool asks for that sends scripts through PostgreSQL's JDBC driver, which makes one
   * question mark of two outside of what is quoted and comments: so the operators {@code ?}, {@code
   * ?|}, {@code ?&} and {@code @?} are written there.
   *
   * @param known what the tool itself fills in
   */
  record Jdbc(Placeholders known) implements Placeholders {
    private static final String ESCAPED = "??";

    @Override
    public Map<String, String> values() {
      return known.values();
    }

    @Override
    public List<Found> in(String text) {
      List<Found> filled = known.in(text);
      if (!text.contains(ESCAPED)) {
        return filled;
      }
      List<Found> found = new ArrayList<>(filled);
      PostgresLexer lexer = new PostgresLexer(text);
      int open = -1;
      for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
        boolean mark = token == Token.SYMBOL && lexer.first() == '?';
        if (mark && open == lexer.start() - 1) {
          int start = open;
          if (filled.stream().noneMatch(one -> one.start() <= start && one.end() > start)) {
            found.add(new Found(start, lexer.end(), ESCAPED, Optional.of("?")));
          }
          open = -1;
        } else {
          open = mark ? lexer.start() : -1;
        }
      }
      found.sort(Comparator.comparing(Found::start));
      return List.copyOf(found);
    }

    @Override
    public boolean mayBeIn(String text) {
      return known.mayBeIn(text) || text.contains(ESCAPED);
    }

    @Override
    public Placeholders with(Map<String, String> given) {
      return new Jdbc(known.with(given));
    }
  }
}
