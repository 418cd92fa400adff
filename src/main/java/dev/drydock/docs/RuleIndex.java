package dev.drydock.docs;

import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;

/** The list of all rules, with a link to the page of each. */
public final class RuleIndex {
  private RuleIndex() {}

  /** The text of {@code docs/rules/README.md}. */
  public static String markdown(RulePack pack) {
    StringBuilder page =
        new StringBuilder(
            """
            # Rules

            Every rule is a file under [`rules/`](../../rules); these pages are made from them. The SQL on a page is run on
            a real server whenever the tests are.

            | rule | severity | what it reports |
            |---|---|---|
            """);
    for (Rule rule : pack.rules()) {
      page.append(
          "| [`%s`](%s.md) | %s | %s |\n"
              .formatted(rule.id(), rule.id(), rule.severity().id(), rule.title()));
    }
    return page.toString();
  }
}
