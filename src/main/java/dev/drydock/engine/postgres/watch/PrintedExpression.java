package dev.drydock.engine.postgres.watch;

/** An expression as the server prints it, which puts a query or a CASE in it on several lines. */
final class PrintedExpression {
  private PrintedExpression() {}

  /**
   * With a blank in place of each line break and the blanks around it; constants and names in
   * quotes stay as they are.
   */
  static String inOneLine(String expression) {
    if (expression.indexOf('\n') < 0) {
      return expression;
    }
    StringBuilder line = new StringBuilder(expression.length());
    char quote = 0;
    boolean skipsBlanks = false;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (quote == 0 && c == '\n') {
        line.setLength(line.toString().stripTrailing().length());
        line.append(' ');
        skipsBlanks = true;
        continue;
      }
      if (skipsBlanks && c == ' ') {
        continue;
      }
      skipsBlanks = false;
      // One that is doubled inside closes and opens again.
      if (quote == 0 ? c == '\'' || c == '"' : c == quote) {
        quote = quote == 0 ? c : 0;
      }
      line.append(c);
    }
    return line.toString();
  }
}
