package dev.drydock.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Markdown of a rule as lines for a terminal: paragraphs and list items are wrapped, code stays
 * as it is.
 */
final class Prose {
  private static final Pattern ITEM = Pattern.compile("^(\\s*)([-*+]|\\d{1,9}[.)])\\s+(.*)$");
  static final Pattern FENCE = Pattern.compile("^\\s*(`{3,}|~{3,}).*$");
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+");
  static final Pattern LINK = Pattern.compile("!?\\[([^\\]\\[]*)\\]\\(([^()\\s]*)\\)");
  private static final Pattern AUTOLINK = Pattern.compile("<(https?://[^<>\\s]*)>");
  private static final String CODE_INDENT = "    ";

  private final int width;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();

  /** What stands before the first line of the open paragraph, and as blanks before the others. */
  private String lead = "";

  private Prose(int width) {
    this.width = width;
  }

  /** All of {@code markdown}. */
  static List<String> lines(String markdown, int width) {
    Prose prose = new Prose(width);
    prose.read(markdown.lines().toList());
    return prose.lines;
  }

  /** {@code markdown} up to its first blank line. */
  static String firstParagraph(String markdown) {
    StringBuilder paragraph = new StringBuilder();
    for (String line : markdown.strip().lines().toList()) {
      if (line.isBlank()) {
        break;
      }
      paragraph.append(line).append('\n');
    }
    return paragraph.toString().strip();
  }

  /** The same, with the list that it leads to where one follows. */
  static String firstStep(String markdown) {
    String first = firstParagraph(markdown);
    String next = firstParagraph(markdown.strip().substring(first.length()));
    return next.lines().findFirst().filter(line -> ITEM.matcher(line).matches()).isPresent()
        ? first + "\n\n" + next
        : first;
  }

  /** One paragraph without markup or line breaks. */
  static String plain(String markdown) {
    return inline(markdown.strip().replaceAll("\\s+", " "));
  }

  /** Words on lines of at most {@code width} cells; a longer word gets a line of its own. */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (String word : text.split(" +")) {
      int cells = DisplayWidth.of(word);
      if (!line.isEmpty() && used + 1 + cells > width) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      if (!line.isEmpty()) {
        line.append(' ');
        used++;
      }
      line.append(word);
      used += cells;
    }
    lines.add(line.toString());
    return lines;
  }

  private void read(List<String> source) {
    String fence = "";
    for (String raw : source) {
      String line = VisibleText.line(raw.replace("\t", CODE_INDENT));
      Matcher fenced = FENCE.matcher(line);
      if (!fence.isEmpty()) {
        if (fenced.matches() && fenced.group(1).startsWith(fence)) {
          fence = "";
        } else {
          lines.add(CODE_INDENT + line);
        }
      } else if (fenced.matches()) {
        endParagraph();
        fence = fenced.group(1);
      } else if (line.isBlank()) {
        endParagraph();
        lead = "";
        blankLine();
      } else if (words.isEmpty() && line.startsWith(CODE_INDENT) && lead.isEmpty()) {
        lines.add(line);
      } else {
        readText(line);
      }
    }
    endParagraph();
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
  }

  private void readText(String line) {
    Matcher item = ITEM.matcher(line);
    if (item.matches()) {
      endParagraph();
      // One level of blanks is kept, so that a nested list looks nested.
      lead = (item.group(1).isEmpty() ? "" : "  ") + item.group(2) + " ";
      words.append(item.group(3));
    } else {
      words
          .append(words.isEmpty() ? "" : " ")
          .append(HEADING.matcher(line.strip()).replaceFirst(""));
    }
  }

  private void endParagraph() {
    if (words.isEmpty()) {
      return;
    }
    String before = lead;
    for (String line : wrapped(inline(words.toString()), width - lead.length())) {
      lines.add(before + line);
      before = " ".repeat(lead.length());
    }
    words.setLength(0);
  }

  private void blankLine() {
    if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
      lines.add("");
    }
  }

  private static String inline(String text) {
    String linked = LINK.matcher(text).replaceAll("$1 ($2)");
    return AUTOLINK.matcher(linked).replaceAll("$1").replace("**", "");
  }
}
