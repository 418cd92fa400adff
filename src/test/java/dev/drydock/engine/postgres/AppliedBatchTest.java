package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.Migrations;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.replay.Replay;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ScriptedMigration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applied migrations that share a message leave what they leave one by one. */
class AppliedBatchTest {
  @Test
  void eachRunsOnceAndInOrderWhateverStandsBetweenThem() throws Exception {
    assertThat(
            finds(
                "select where (select string_agg(n::text, ',' order by at) from done) = '1,2,3,4,5,6'",
                "create table done (at serial, n int);",
                "insert into done (n) values (1); insert into done (n) values (2);",
                "create index concurrently on done (n);",
                "insert into done (n) values (3);",
                // Nothing made the role: it is made, and the migration begun anew.
                "insert into done (n) values (4); grant select on done to nobody_made_me;",
                "begin; insert into done (n) values (5); commit;",
                "vacuum done;",
                "insert into done (n) values (6);"))
        .isTrue();
  }

  @Test
  void aFailureIsOfTheMigrationThatFailed() {
    ReplayException failure =
        failure(
            "create table a (n int); insert into a values (1);",
            "insert into a values (2);",
            "insert into a values (3);\ninsert into missing values (4);",
            "insert into a values (5);");

    assertThat(failure.getMessage()).contains("3.sql does not replay", "\"missing\"");
    assertThat(failure.location()).get().hasToString("3.sql:2:13");
  }

  @Test
  void whatFailsOnlyAtItsCommitTakesNoOtherWithIt() {
    ReplayException failure =
        failure(
            "create table a (n int primary key deferrable initially deferred);",
            "insert into a values (1);",
            "insert into a values (1);",
            "create table b ();");

    assertThat(failure.getMessage()).contains("3.sql does not replay", "duplicate key");
  }

  @Test
  void aSyntaxErrorIsToldOfItsOwnMigration() {
    ReplayException failure =
        failure("create table a ();", "create table b ();", "create tabel c ();");

    assertThat(failure.location()).get().hasToString("3.sql:1:8");
  }

  @Test
  void whatOneSetsIsNotThereForTheNext() throws Exception {
    assertThat(
            finds(
                "select from seen, pg_tables where waits = '0' and schemaname = 'public' and tablename = 'b'",
                "create schema s; set search_path = s; set lock_timeout = '7s'; create table a ();",
                "create table b ();",
                "create table seen as select current_setting('lock_timeout') as waits;"))
        .isTrue();
  }

  @Test
  void anIndexBuiltBesideOthersIsTheSameWhenItIsSentWithOthers() throws Exception {
    String build = "create  unique index\n CONCURRENTLY other on a (n);";

    assertThat(AppliedBatch.suits(scripted("1.sql", Transaction.NONE, build))).isTrue();
    assertThat(
            finds(
                "select where (select string_agg(format('%s %s', indexrelid::regclass, indisvalid), ',' order by indexrelid)"
                    + " from pg_index where indrelid = 'a'::regclass) = 'kept t,other t'",
                "create table a (n int);",
                "CREATE INDEX CONCURRENTLY kept ON a (n);",
                build,
                "create index concurrently if not exists gone on a (n);",
                "drop index concurrently gone;",
                "create table b ();"))
        .isTrue();
  }

  @Test
  void aPartitionThatIsDetachedBesideOthersKeepsItsCheck() throws Exception {
    assertThat(
            finds(
                "select from pg_constraint where conrelid = 'events_2024'::regclass and contype = 'c'",
                "create table events (at date) partition by range (at);",
                "create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');",
                "alter table events detach partition events_2024 concurrently;",
                "create table later ();"))
        .isTrue();
  }

  @Test
  void anIndexThatItsToolWouldHaveBuiltInATransactionStillFails() {
    ReplayException failure =
        catchThrowableOfType(
            ReplayException.class,
            () ->
                finds(
                    Transaction.PER_MIGRATION,
                    "select",
                    "create table a (n int);",
                    "create index concurrently on a (n);"));

    assertThat(failure.getMessage())
        .contains("2.sql does not replay", "CONCURRENTLY cannot run inside a transaction block");
  }

  @Test
  void whatAFileBeginsInThePlaceOfItsToolsTransactionIsCommitted() throws Exception {
    assertThat(
            finds(
                Transaction.PER_MIGRATION,
                "select from a having count(*) = 2",
                "create table a (n int);",
                "insert into a values (1); commit; begin; insert into a values (2);"))
        .isTrue();
  }

  private static ReplayException failure(String... applied) {
    return catchThrowableOfType(ReplayException.class, () -> finds("select", applied));
  }

  private static boolean finds(String query, String... applied) throws ReplayException {
    return finds(Transaction.IMPLICIT, query, applied);
  }

  private static boolean finds(Transaction transaction, String query, String... applied)
      throws ReplayException {
    List<ScriptedMigration> all = new ArrayList<>();
    for (String sql : applied) {
      Migration migration = Migrations.migration((all.size() + 1) + ".sql", transaction, sql);
      all.add(new ScriptedMigration(migration, Migrations.statements(migration)));
    }
    try (Replay replay = TestServers.shared(17).open(TestServers.PLAN)) {
      replay.apply(all);
      return replay.finds(query);
    }
  }

  private static ScriptedMigration scripted(String file, Transaction transaction, String sql) {
    Migration migration = Migrations.migration(file, transaction, sql);
    return new ScriptedMigration(migration, Migrations.statements(migration));
  }
}
