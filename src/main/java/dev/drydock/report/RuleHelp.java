package dev.drydock.report;

import dev.drydock.policy.Rule;
import java.util.ArrayList;
import java.util.List;

/** What a code scanning page shows beside an alert about its rule. */
final class RuleHelp {
  private static final int LINE = 100;

  private RuleHelp() {}

  /** Why, what to do, and the examples as fenced SQL. */
  static String markdown(Rule rule) {
    List<String> parts = new ArrayList<>();
    section(parts, "Why", rule.why());
    section(parts, "What to do", rule.fix());
    if (!rule.preflight().isBlank()) {
      section(parts, "Ask production first", fenced(rule.preflight()));
    }
    for (Rule.Example example : rule.examples()) {
      parts.add("## Example: " + example.name().strip());
      migrations(parts, "Production has", example.history());
      migrations(parts, "Reported", example.bad());
      migrations(parts, "Not reported", example.good());
    }
    if (!rule.references().isEmpty()) {
      StringBuilder list = new StringBuilder();
      for (String reference : rule.references()) {
        list.append("* <").append(reference.strip()).append(">\n");
      }
      section(parts, "References", list.toString());
    }
    return parts.isEmpty() ? rule.title() : String.join("\n\n", parts);
  }

  /** Why and what to do, without markup. */
  static String text(Rule rule) {
    List<String> lines = new ArrayList<>(Prose.lines(rule.why(), LINE));
    if (!rule.fix().isBlank()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(Prose.lines(rule.fix(), LINE));
    }
    return lines.isEmpty() ? rule.title() : String.join("\n", lines);
  }

  private static void section(List<String> parts, String heading, String body) {
    if (!body.isBlank()) {
      parts.add("## " + heading);
      parts.add(body.strip());
    }
  }

  private static void migrations(List<String> parts, String heading, List<String> scripts) {
    if (!scripts.isEmpty()) {
      parts.add(heading + ":");
      for (String script : scripts) {
        parts.add(fenced(script));
      }
    }
  }

  /** The fence is longer than any in the code. */
  private static String fenced(String sql) {
    String fence = MarkdownText.ticks(sql, 3);
    return fence + "sql\n" + sql.stripTrailing() + "\n" + fence;
  }
}
