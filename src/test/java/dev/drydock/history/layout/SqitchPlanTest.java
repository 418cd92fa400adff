package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import org.junit.jupiter.api.Test;

/** A plan whose lines are not as they were at the base. */
class SqitchPlanTest {
  @Test
  void aPlannedLineIsWhatItKnowsAChangeBy() {
    Tree base = SqitchTest.shop();
    String plan = base.files().get("db/sqitch.plan");
    int orders = plan.indexOf("orders");
    String other = plan.substring(0, orders) + plan.substring(orders).replace("why", "what for");

    History history = base.to(base.with("db/sqitch.plan", other));

    assertThat(Tree.problems(history)).containsExactly("edited db/sqitch.plan:5:1 [orders]");
    assertThat(SqitchTest.details(history))
        .containsExactly(
            "Sqitch knows a change by its line in the plan, note and time included, so it refuses to"
                + " deploy to databases that have it.");
    assertThat(
            base.to(base.with("db/sqitch.plan", plan.replace("> # why", ">\t#  why"))).problems())
        .isEmpty();
  }

  @Test
  void aLineThatIsMovedIsToldOnce() {
    Tree base =
        SqitchTest.planned("a", "b", "c")
            .having("db/deploy/a.sql", "db/deploy/b.sql", "db/deploy/c.sql");

    History history = base.to(base.with("db/sqitch.plan", SqitchTest.plan("a", "c", "b")));

    assertThat(Tree.problems(history)).containsExactly("edited db/sqitch.plan:5:1 [c]");
    assertThat(SqitchTest.details(history).getFirst())
        .startsWith("Its line comes after another one");
  }

  @Test
  void aLineThatIsTakenOutOfThePlanIsToldOnceThoughItsScriptStays() {
    Tree base = SqitchTest.shop();

    History history = base.to(base.with("db/sqitch.plan", SqitchTest.plan("users")));

    assertThat(Tree.problems(history)).containsExactly("deleted db/deploy/orders.sql:1:1 [orders]");
    assertThat(SqitchTest.details(history).getFirst())
        .startsWith("Its file is there, but Sqitch no longer runs it: Sqitch refuses");
  }
}
