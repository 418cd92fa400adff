package dev.drydock.docs;

import dev.drydock.policy.Rule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page of a rule, rendered from its file. */
public final class RulePage {
  private RulePage() {}

  /** The page as Markdown. */
  public static String markdown(Rule rule) {
    StringBuilder page = new StringBuilder();
    page.append("# `%s`\n\n".formatted(rule.id()));
    page.append("%s.\n\n".formatted(rule.title()));
    page.append("| severity | engines | tags | asked about |\n|---|---|---|---|\n");
    page.append(
        "| %s | %s | %s | each %s |\n\n"
            .formatted(
                rule.severity().id(),
                String.join(", ", rule.engines()),
                rule.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(" ")),
                rule.each()));
    page.append("## Why\n\n%s\n\n".formatted(rule.why()));
    page.append("## What to do\n\n%s\n\n".formatted(rule.fix()));
    for (Rule.Example example : rule.examples()) {
      page.append("## Example: %s\n\n".formatted(example.name()));
      scripts(page, "Production has", example.history());
      scripts(page, "Reported", example.bad());
      scripts(page, "Not reported", example.good());
    }
    if (!rule.options().isEmpty()) {
      page.append("## Options\n\n| option | default |\n|---|---|\n");
      rule.options().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              option ->
                  page.append("| `%s` | `%s` |\n".formatted(option.getKey(), option.getValue())));
      page.append("\n");
    }
    if (!rule.weigh().isEmpty()) {
      page.append(
          ("## Weighed by size\n\nWhere [sizes of production's tables](../configuration.md#table-sizes)"
                  + " are known, a small one makes it an `info` and a large one an `error`:\n\n"
                  + "```cel\n%s\n```\n\n")
              .formatted(rule.weigh()));
    }
    if (!rule.preflight().isEmpty()) {
      page.append("## Ask production first\n\n```sql\n%s\n```\n\n".formatted(rule.preflight()));
    }
    if (!rule.aliases().isEmpty()) {
      page.append(
          "## Known elsewhere as\n\n%s\n\n"
              .formatted(
                  rule.aliases().stream()
                      .map(alias -> "`" + alias + "`")
                      .collect(Collectors.joining(", "))));
    }
    if (!rule.references().isEmpty()) {
      page.append("## References\n\n");
      rule.references().forEach(reference -> page.append("* <%s>\n".formatted(reference)));
      page.append("\n");
    }
    page.append("## Condition\n\n```cel\n%s\n```\n".formatted(rule.when()));
    return page.toString();
  }

  private static void scripts(StringBuilder page, String label, List<String> scripts) {
    if (scripts.isEmpty()) {
      return;
    }
    page.append("%s:\n\n".formatted(label));
    for (String script : scripts) {
      page.append("```sql\n%s\n```\n\n".formatted(script.strip()));
    }
  }
}
