package dev.drydock.sql;

import dev.drydock.sql.Directive.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directive as one comment spells it, wherever the comment stands.
 *
 * @param start offset in the comment of the first word
 * @param end offset in the comment after the last word
 */
record DirectiveComment(
    List<String> rules, String reason, int start, int end, Optional<Problem> problem) {

  private static final String VERBS = "(?:allow|ignore|disable|suppress|skip|nolint)\\b";

  /** What can only be meant as a directive, in any spelling. */
  private static final Pattern MEANT =
      Pattern.compile("drydock\\s*:|drydock[\\s_-]+" + VERBS, Pattern.CASE_INSENSITIVE);

  private static final Pattern MENTIONED =
      Pattern.compile("drydock\\s*:\\s*" + VERBS, Pattern.CASE_INSENSITIVE);

  /** The beginning of a line in a block comment, with the asterisk some put there. */
  private static final Pattern LINE_START = Pattern.compile("\\s*\\*?\\s*");

  private static final Pattern ALLOW = Pattern.compile("drydock:allow(?=[\\s:]|$)");
  private static final Pattern ID = Pattern.compile("[a-z0-9-]+");
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  DirectiveComment {
    rules = List.copyOf(rules);
  }

  /** The directives in {@code comment}, its delimiters included, in the order of the text. */
  static List<DirectiveComment> in(String comment) {
    return comment.startsWith("--") ? inLine(comment) : inBlock(comment);
  }

  private static List<DirectiveComment> inLine(String comment) {
    int start = 0;
    while (start < comment.length() && comment.charAt(start) == '-') {
      start++;
    }
    start = skipSpace(comment, start);
    if (comment.startsWith("--", start)) {
      // A statement that was commented out, together with the directive before it.
      return List.of();
    }
    if (isMeant(comment, start)) {
      return List.of(read(comment, start, comment.length()));
    }
    return MENTIONED.matcher(comment).find()
        ? List.of(refused(Problem.NOT_FIRST, start, comment.stripTrailing().length()))
        : List.of();
  }

  private static List<DirectiveComment> inBlock(String comment) {
    int limit =
        comment.endsWith("*/") && comment.length() >= 4 ? comment.length() - 2 : comment.length();
    List<Integer> starts = new ArrayList<>();
    Matcher breaks = LINE_BREAK.matcher(comment).region(2, limit);
    int line = 2;
    boolean mentioned = false;
    while (line >= 0) {
      int next = breaks.find() ? breaks.end() : -1;
      Matcher indent = LINE_START.matcher(comment).region(line, next < 0 ? limit : breaks.start());
      int first = indent.lookingAt() ? indent.end() : line;
      if (isMeant(comment, first) && first < limit) {
        starts.add(first);
      } else {
        mentioned |=
            MENTIONED.matcher(comment).region(line, next < 0 ? limit : breaks.start()).find();
      }
      line = next;
    }
    if (starts.isEmpty() && mentioned) {
      return List.of(refused(Problem.NOT_FIRST, 0, comment.length()));
    }
    List<DirectiveComment> found = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      found.add(read(comment, starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : limit));
    }
    return found;
  }

  private static DirectiveComment read(String comment, int start, int limit) {
    int end = limit;
    // An asterisk at the end is that of the next line, or of a closing **/.
    while (isSpace(comment.charAt(end - 1)) || comment.charAt(end - 1) == '*') {
      end--;
    }
    String words = joined(comment.substring(start, end));
    Matcher allow = ALLOW.matcher(words);
    if (!allow.lookingAt()) {
      return refused(Problem.MISSPELLED, start, end);
    }
    int colon = words.indexOf(':', allow.end());
    String list = words.substring(allow.end(), colon < 0 ? words.length() : colon).strip();
    if (list.isEmpty()) {
      return refused(Problem.NO_RULE, start, end);
    }
    List<String> rules = new ArrayList<>();
    for (String id : list.split(",", -1)) {
      if (!ID.matcher(id.strip()).matches()) {
        return refused(Problem.NOT_AN_ID, start, end);
      }
      rules.add(id.strip());
    }
    String reason = colon < 0 ? "" : words.substring(colon + 1).strip();
    return new DirectiveComment(rules, reason, start, end, Optional.empty());
  }

  /** The lines of {@code text} as one, without the asterisks they may begin with. */
  private static String joined(String text) {
    StringJoiner words = new StringJoiner(" ");
    for (String line : LINE_BREAK.split(text)) {
      String bare = line.strip();
      boolean decorated = bare.equals("*") || bare.startsWith("* ");
      words.add(decorated ? bare.substring(1).strip() : bare);
    }
    return words.toString();
  }

  private static DirectiveComment refused(Problem problem, int start, int end) {
    return new DirectiveComment(List.of(), "", start, end, Optional.of(problem));
  }

  private static boolean isMeant(String comment, int offset) {
    return MEANT.matcher(comment).region(offset, comment.length()).lookingAt();
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c);
  }
}
