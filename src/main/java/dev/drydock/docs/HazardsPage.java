package dev.drydock.docs;

import dev.drydock.policy.RulePack;
import java.util.stream.Collectors;

/** The hazards of a server, each with the rules that report it. */
public final class HazardsPage {
  private HazardsPage() {}

  /** The text of {@code docs/hazards.md}. */
  public static String markdown(HazardList list, RulePack pack) {
    StringBuilder page =
        new StringBuilder(
            """
            # Hazards

            What can go wrong when PostgreSQL runs a migration, and the rule that says so. *opt-in* and *style* are off until a
            team turns them on. The list is [`hazards.yaml`](hazards.yaml); a test holds it and the rules together, and every
            rule is proved by its examples on a real server.
            """);
    list.categories()
        .forEach(
            (category, hazards) -> {
              page.append(
                  "\n## %s\n\n| hazard | level | what PostgreSQL does | reported by |\n|---|---|---|---|\n"
                      .formatted(category));
              hazards.forEach(hazard -> row(page, hazard, pack));
            });
    return page.toString();
  }

  private static void row(StringBuilder page, HazardList.Hazard hazard, RulePack pack) {
    page.append(
        "| `%s` | %s | %s | %s |\n"
            .formatted(
                hazard.name(),
                hazard.level().id(),
                hazard.what().replace("|", "\\|"),
                hazard.rules(pack).stream()
                    .map(rule -> reported(hazard, rule.id(), rule.severity().id()))
                    .collect(Collectors.joining("; "))));
  }

  private static String reported(HazardList.Hazard hazard, String rule, String severity) {
    String link = "[`%s`](rules/%s.md)".formatted(rule, rule);
    String why = hazard.differs().getOrDefault(rule, "");
    return why.isEmpty() ? link : "%s (%s: %s)".formatted(link, severity, why);
  }
}
