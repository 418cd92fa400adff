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
  void anIndexBuiltInTheTransactionThatClosedItsTable() throws Exception {
    assertThat(
            loud(
                "create table orders (id bigint primary key)",
                """
                begin;
                alter table orders add column note text;
                create index orders_note on orders (note);
                commit
                """))
        .containsExactly("blocking-index-build");
  }

  @Test
  void aForeignKeyCheckedInTheTransactionThatClosedItsTable() throws Exception {
    assertThat(
            loud(
                """
                create table customers (id bigint primary key);
                create table orders (id bigint primary key, customer_id bigint)
                """,
                """
                begin;
                alter table orders add column note text;
                alter table orders add foreign key (customer_id) references customers (id);
                commit
                """))
        .containsOnlyOnce("blocking-table-scan")
        .doesNotContain("work-under-exclusive-lock");
  }

  @Test
  void aConstraintCheckedInABlock() throws Exception {
    assertThat(
            loud(
                "create table orders (id bigint primary key, total numeric)",
                """
                do $$
                begin
                  alter table orders add constraint positive check (total > 0) not valid;
                  alter table orders validate constraint positive;
                end $$
                """))
        .containsExactly("validate-in-same-transaction");
  }

  @Test
  void tablesThatABlockCloses() throws Exception {
    assertThat(
            loud(
                """
                create table orders (id bigint primary key);
                create table refunds (id bigint primary key);
                """,
                """
                begin;
                do $$
                begin
                  alter table orders add column note text;
                  alter table refunds add column note text;
                end $$;
                alter table orders add column more text;
                commit;
                """))
        .containsExactly("wide-lock-window");
  }

  @Test
  void tablesThatLockTableCloses() throws Exception {
    assertThat(
            loud(
                """
                create table orders (id bigint primary key);
                create table refunds (id bigint primary key)
                """,
                "begin; lock table orders; lock table refunds; commit"))
        .containsExactly("explicit-lock", "explicit-lock");
  }

  @Test
  void aPrimaryKeyThatBuildsItsIndexAndMakesItsColumnNotNull() throws Exception {
    assertThat(
            loud(
                "create table orders (id bigint, note text)",
                "alter table orders add primary key (id)"))
        .containsExactly("constraint-index-build");
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
  void theReplicaIdentityOfAPublishedTable() throws Exception {
    assertThat(
            loud(
                """
                create table orders (id bigint primary key);
                create publication everything for table orders
                """,
                "alter table orders replica identity nothing"))
        .containsExactly("refused-writes");
  }

  @Test
  void aRequiredColumnUnderANameThatTheChangeWroteElsewhere() throws Exception {
    assertThat(
            lint
                .run(
                    List.of(
                        """
                        create table cards (id bigint primary key);
                        create table citizens (id bigint primary key, name text)
                        """),
                    List.of(
                        """
                        insert into cards (id) values (1);
                        alter table citizens drop column id;
                        alter table citizens add column id bigint primary key
                        """))
                .findings()
                .stream()
                .map(finding -> finding.rule().id()))
        .contains("required-column")
        .doesNotContain("fails-on-generated-row", "fails-on-any-row");
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
