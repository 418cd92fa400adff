package dev.drydock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.TestServers;
import dev.drydock.lint.ScriptLint;
import dev.drydock.policy.Policy;
import dev.drydock.policy.RulePack;
import dev.drydock.policy.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where two rules could speak of one thing, one does. */
class SaidOnceTest {
  private final ScriptLint lint =
      new ScriptLint(TestServers.shared(17), Policy.of(RulePack.builtIn(), Map.of()));

  @Test
  void aForeignKeyProvedInTheTransactionThatAddedIt() throws Exception {
    assertThat(
            loud(
                """
                create table customers (id bigint primary key);
                create table orders (id bigint primary key, customer_id bigint)
                """,
                """
                begin;
                alter table orders add constraint orders_customer
                  foreign key (customer_id) references customers (id) not valid;
                alter table orders validate constraint orders_customer;
                commit
                """))
        .containsExactly("validate-in-same-transaction");
  }

  @Test
  void aViewThatGoesWithAColumn() throws Exception {
    assertThat(
            loud(
                """
                create table orders (id bigint primary key, total numeric);
                create view totals as select sum(total) as total from orders
                """,
                "alter table orders drop column total cascade"))
        .containsExactlyInAnyOrder("column-drop", "drop-cascade");
  }

  @Test
  void aDatabaseThatIsNotHere() throws Exception {
    assertThat(loud("", "drop database reporting")).containsExactly("database-drop");
  }

  private List<String> loud(String history, String change) throws Exception {
    return lint.run(List.of(history), List.of(change)).findings().stream()
        .filter(finding -> finding.severity().atLeast(Severity.WARNING))
        .map(finding -> finding.rule().id())
        .toList();
  }
}
