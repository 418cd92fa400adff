package dev.drydock.github;

import java.util.regex.Pattern;

/** Text from strangers, made to say nothing but itself in GitHub's Markdown. */
final class Markdown {
  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]()#+!|~$=-]");
  private static final Pattern BACKTICKS = Pattern.compile("`+");
  private static final String NOTHING = "\u200b";

  private Markdown() {}

  /** One line of prose: no markup, no HTML, no mention, no link to an issue or a page. */
  static String prose(String text) {
    String line = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return SPECIAL
        .matcher(line)
        .replaceAll("\\\\$0")
        .replace("@", "@" + NOTHING)
        .replaceAll("#(?=\\d)", "#" + NOTHING)
        .replace("://", ":" + NOTHING + "//")
        .replaceAll("(?i)\\b(www)\\.", "$1" + NOTHING + ".")
        .replaceAll("(?i)\\bGH\\\\?-(?=\\d)", "GH" + NOTHING + "-");
  }

  /** The same inside a table's cell or a sentence, as code. */
  static String code(String text) {
    String line = visible(text).replace("|", "\\|");
    if (line.isBlank()) {
      return "";
    }
    String fence = "`".repeat(longest(line) + 1);
    return line.startsWith("`") || line.endsWith("`")
        ? fence + " " + line + " " + fence
        : fence + line + fence;
  }

  /** A block that nothing in it can end. */
  static String block(String language, String text) {
    String fence = "`".repeat(Math.max(3, longest(text) + 1));
    return fence
        + language
        + "\n"
        + text.lines().map(Markdown::visible).reduce((a, b) -> a + "\n" + b).orElse("")
        + "\n"
        + fence
        + "\n";
  }

  private static int longest(String text) {
    return BACKTICKS.matcher(text).results().mapToInt(run -> run.group().length()).max().orElse(0);
  }

  private static String visible(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean hidden =
                  switch (Character.getType(c)) {
                    case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                        true;
                    default -> false;
                  };
              if (c == '\t' || c == '\n') {
                shown.append(' ');
              } else if (hidden) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }
}
