package dev.drydock.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text of strangers as Markdown that says the same and does nothing.
 *
 * <p>GitHub turns words into mentions, issue links, commit links and web links after it has
 * rendered the Markdown, so that a backslash does not stop it; inside code it looks for none of
 * them. A word that could be anything but plain text is therefore shown as code, which is also how
 * a reader wants to see an identifier.
 */
final class MarkdownText {
  /** More of a rule's text than this is cut: a stranger's report may have megabytes of it. */
  private static final int LONGEST_PROSE = 20_000;

  /** More of a sentence than this is cut. */
  private static final int LONGEST_SENTENCE = 1_000;

  /** Letters of any script, numbers, and punctuation that means nothing inside a line. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "[\\p{L}\\p{M}\\p{N},;?'\"/%…–—()-]+\\.?:?|\\p{N}+(\\.\\p{N}+)+[,.;:)]*|[().,:;]+");

  /** Plain to look at, and yet GitHub may link it: hashes of commits, and GH-1. */
  private static final Pattern LINKED =
      Pattern.compile("(?i).*\\b(?:[0-9a-f]{7,64}|GH-\\d+|www)\\b.*");

  /** At the beginning of a line it makes a list, a heading or a rule. */
  private static final Pattern BLOCK = Pattern.compile("[-+=*#>~]+|\\d{1,9}[.)]");

  private static final Pattern OPENING = Pattern.compile("^[(\"']+");
  private static final Pattern CLOSING = Pattern.compile("[)\"',;:.?!]+$");
  private static final Pattern ITEM = Pattern.compile("^\\s{0,8}([-*+]|\\d{1,9}[.)])\\s+(.*)$");
  private static final Pattern BACKTICKS = Pattern.compile("`+");

  private MarkdownText() {}

  /** How code and plain words are written where a sentence stands. */
  private enum Target {
    MARKDOWN {
      @Override
      String plain(String word) {
        return word;
      }

      @Override
      String code(String text) {
        return MarkdownText.code(text);
      }
    },
    HTML {
      @Override
      String plain(String word) {
        return MarkdownText.html(word);
      }

      @Override
      String code(String text) {
        return "<code>" + MarkdownText.html(text) + "</code>";
      }
    };

    abstract String plain(String word);

    abstract String code(String text);
  }

  /** One line of prose. */
  static String sentence(String text) {
    return words(text, Target.MARKDOWN);
  }

  /** One line of prose for the inside of an HTML block, in which Markdown means nothing. */
  static String htmlSentence(String text) {
    return words(text, Target.HTML);
  }

  /** Characters that mean something in HTML, spelled; hidden ones too. */
  static String html(String text) {
    return VisibleText.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** One code span. */
  static String code(String text) {
    String shown = VisibleText.beginning(VisibleText.sentence(text).strip(), LONGEST_SENTENCE);
    if (shown.isEmpty()) {
      return "(empty)";
    }
    String fence = ticks(shown, 1);
    boolean pad = shown.startsWith("`") || shown.endsWith("`");
    return fence + (pad ? " " + shown + " " : shown) + fence;
  }

  /** One code span for a cell of a table: a bar would end the cell, whatever stands around it. */
  static String cell(String text) {
    return code(text.replace("|", "\\u007c"));
  }

  /**
   * A fenced block.
   *
   * @param language of ours, e.g. {@code sql}
   * @param lines without line breaks
   */
  static String fence(String language, List<String> lines) {
    List<String> shown = lines.stream().map(VisibleText::line).toList();
    String text = String.join("\n", shown);
    String fence = ticks(text, 3);
    return fence + language + "\n" + text + "\n" + fence + "\n";
  }

  /**
   * The Markdown of a rule, of which paragraphs, lists, code and nothing else are kept: a rule that
   * comes with a report is as untrusted as the rest of it.
   */
  static String prose(String markdown) {
    StringBuilder out = new StringBuilder();
    StringBuilder open = new StringBuilder();
    List<String> code = new ArrayList<>();
    String fence = "";
    for (String line : VisibleText.cut(markdown.strip(), LONGEST_PROSE).lines().toList()) {
      Matcher fenced = Prose.FENCE.matcher(line);
      if (!fence.isEmpty()) {
        if (fenced.matches() && fenced.group(1).startsWith(fence)) {
          out.append(fence("sql", code)).append('\n');
          code.clear();
          fence = "";
        } else {
          code.add(line);
        }
      } else if (fenced.matches()) {
        end(open, out);
        out.append(out.isEmpty() || out.toString().endsWith("\n\n") ? "" : "\n");
        fence = fenced.group(1);
      } else if (line.isBlank()) {
        end(open, out);
        out.append(out.isEmpty() || out.toString().endsWith("\n\n") ? "" : "\n");
      } else {
        Matcher item = ITEM.matcher(line);
        if (item.matches()) {
          end(open, out);
          String marker = item.group(1);
          out.append(Character.isDigit(marker.charAt(0)) ? marker : "*").append(' ');
          open.append(item.group(2));
        } else {
          open.append(open.isEmpty() ? "" : " ").append(line.strip());
        }
      }
    }
    end(open, out);
    if (!fence.isEmpty()) {
      out.append(fence("sql", code));
    }
    return out.toString().stripTrailing() + "\n";
  }

  /** The same where it goes on in a line: code is kept, and nothing begins a block. */
  static String words(String markdown) {
    return inline(
        VisibleText.cut(markdown.strip(), LONGEST_PROSE)
            .lines()
            .map(String::strip)
            .collect(Collectors.joining(" ")));
  }

  private static void end(StringBuilder open, StringBuilder out) {
    if (!open.isEmpty()) {
      out.append(inline(open.toString())).append('\n');
      open.setLength(0);
    }
  }

  /** Code spans stay; the rest is prose. */
  static String inline(String markdown) {
    return spans(Prose.LINK.matcher(markdown).replaceAll("$1").replace("**", ""));
  }

  /** One line of prose, in which backticks and nothing else mean something. */
  static String spans(String text) {
    StringBuilder out = new StringBuilder();
    Matcher run = BACKTICKS.matcher(text);
    int at = 0;
    while (run.find()) {
      int close = text.indexOf(run.group(), run.end());
      if (close < 0) {
        break;
      }
      String between = text.substring(at, run.start());
      spaced(out, between);
      out.append(code(text.substring(run.end(), close)));
      at = close + run.group().length();
      run.region(at, text.length());
    }
    spaced(out, text.substring(at));
    return out.toString().strip();
  }

  /** The sentence with the blanks around it kept as one; backticks may not touch those before. */
  private static void spaced(StringBuilder out, String between) {
    if (between.isBlank()) {
      out.append(between.isEmpty() && (out.isEmpty() || !endsWithTick(out)) ? "" : " ");
      return;
    }
    String said = sentence(between);
    boolean touches = !out.isEmpty() && endsWithTick(out) && said.startsWith("`");
    out.append(touches || Character.isWhitespace(between.charAt(0)) ? " " : "").append(said);
    boolean ends = Character.isWhitespace(between.charAt(between.length() - 1));
    out.append(ends || said.endsWith("`") ? " " : "");
  }

  private static boolean endsWithTick(StringBuilder out) {
    return out.charAt(out.length() - 1) == '`';
  }

  private static String words(String text, Target target) {
    StringBuilder out = new StringBuilder();
    String shown =
        VisibleText.beginning(
            VisibleText.sentence(text).replace('`', '\'').strip(), LONGEST_SENTENCE);
    for (String word : shown.split(" +")) {
      if (word.isEmpty()) {
        continue;
      }
      boolean first = out.isEmpty();
      out.append(first ? "" : " ");
      if (isPlain(word) && !(first && BLOCK.matcher(word).matches())) {
        out.append(target.plain(word));
        continue;
      }
      Matcher opening = OPENING.matcher(word);
      String before = opening.find() ? word.substring(0, outside(opening.group(), word)) : "";
      String rest = word.substring(before.length());
      Matcher closing = CLOSING.matcher(rest);
      String after = closing.find() ? closing.group() : "";
      String core = rest.substring(0, rest.length() - after.length());
      if (!after.isEmpty() && isOpen(core, after.charAt(0))) {
        core += after.charAt(0);
        after = after.substring(1);
      }
      if (core.isEmpty()) {
        out.append(target.code(word));
      } else if (isPlain(core)) {
        out.append(target.plain(before)).append(target.plain(core)).append(target.plain(after));
      } else if (core.endsWith("(") || unbalanced(core)) {
        out.append(target.code(word));
      } else {
        out.append(target.plain(before)).append(target.code(core)).append(target.plain(after));
      }
    }
    return out.isEmpty() ? target.code("") : out.toString();
  }

  /** How much of what a word begins with is not of it: the quotes of {@code ''::text} are. */
  private static int outside(String opening, String word) {
    for (int i = 0; i < opening.length(); i++) {
      char c = opening.charAt(i);
      int close = c == '(' ? -1 : word.indexOf(c, i + 1);
      // A literal with its type; quotes around a word end with it.
      if (close >= 0 && word.startsWith("::", close + 1)) {
        return i;
      }
    }
    return opening.length();
  }

  /** Whether a quote that the word has in it is closed by the next character. */
  private static boolean isOpen(String core, char next) {
    return (next == '"' || next == '\'') && core.chars().filter(c -> c == next).count() % 2 == 1;
  }

  private static boolean unbalanced(String core) {
    return core.chars().filter(c -> c == '(').count() != core.chars().filter(c -> c == ')').count();
  }

  private static boolean isPlain(String word) {
    return PLAIN.matcher(word).matches() && !LINKED.matcher(word).matches();
  }

  /**
   * A list, and how many more there are than fit in it.
   *
   * @param most items
   */
  static <T> String list(List<T> items, int most, Function<T, String> told) {
    StringBuilder list = new StringBuilder();
    items.stream()
        .limit(most)
        .forEach(item -> list.append("* ").append(told.apply(item)).append('\n'));
    if (items.size() > most) {
      list.append("* and %d more\n".formatted(items.size() - most));
    }
    return list.append('\n').toString();
  }

  /** More backticks than follow each other in the text, and at least so many. */
  static String ticks(String text, int least) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return "`".repeat(Math.max(least, longest + 1));
  }
}
