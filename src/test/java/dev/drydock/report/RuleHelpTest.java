package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleHelpTest {
  @Test
  void theMarkdownHasWhyFixExamplesAndReferences() {
    assertThat(RuleHelp.markdown(SampleRules.BLOCKING_INDEX_BUILD))
        .startsWith("## Why\n\nA plain `CREATE INDEX` reads the whole table")
        .contains("\n\n## What to do\n\nBuild the index with `CONCURRENTLY`")
        .contains(
            """
            ## Example: index on a table that is already in use

            Production has:

            ```sql
            create table orders (id bigint primary key, customer_id bigint);
            ```

            Reported:

            ```sql
            -- FINDING: takes a SHARE lock on public.orders
            create index orders_customer_id_idx on orders (customer_id);
            ```

            Not reported:

            ```sql
            create index concurrently orders_customer_id_idx on orders (customer_id);
            ```
            """)
        .endsWith(
            "## References\n\n* <https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY>");
  }

  @Test
  void aFenceIsLongerThanTheOnesInTheCode() {
    assertThat(RuleHelp.markdown(rule("", "", "select '```', '````';")))
        .endsWith("`````sql\nselect '```', '````';\n`````");
  }

  @Test
  void aRuleThatSaysNothingIsShownWithItsTitle() {
    assertThat(RuleHelp.text(rule("", "", ""))).isEqualTo("A title");
    assertThat(RuleHelp.text(rule("Because.", "Do.", ""))).isEqualTo("Because.\n\nDo.");
  }

  static Rule rule(String why, String fix, String bad) {
    return new Rule(
        "bad",
        "A title",
        Severity.ERROR,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "lock",
        "true",
        "",
        Map.of(),
        "",
        why,
        List.of(new Rule.Recipe("", fix)),
        List.of(),
        "",
        List.of(),
        bad.isEmpty()
            ? List.of()
            : List.of(new Rule.Example("e", List.of(), List.of(bad), List.of(), true)));
  }
}
