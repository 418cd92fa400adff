package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefineryTest {
  private static final String CARGO =
      "[dependencies]\nrefinery = { version = \"0.8\", features = [\"tokio-postgres\"] }\n";
  private static final Tree CRATE = Tree.empty().with("Cargo.toml", CARGO);

  @Test
  void bothKindsGoForwardInTheOrderOfTheirNumbers() {
    History history =
        CRATE
            .having("migrations/V1__a.sql", "migrations/V10__d.sql", "migrations/V2__b_b.sql")
            .having("migrations/U3__c.sql")
            .history();

    assertThat(history.layout()).isEqualTo("refinery");
    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Tree.versions(history.applied())).containsExactly("1", "2", "U3", "10");
    assertThat(history.applied().get(1).description()).isEqualTo("b b");
    assertThat(history.applied()).allMatch(migration -> migration.down().isEmpty());
    assertThat(history.applied().getFirst().transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(history.prelude())
        .startsWith("CREATE TABLE IF NOT EXISTS refinery_schema_history (");
  }

  @Test
  void withoutTheCrateSuchNamesAreFlyways() {
    assertThat(Tree.empty().having("migrations/V1__a.sql").history().layout()).isEqualTo("flyway");
  }

  @Test
  void theSettingsOfItsProgramTellItAndTheDatabase() {
    Tree tree = Tree.empty().having("migrations/V1__a.sql");
    History sqlite =
        tree.with("refinery.toml", "[main]\ndb_type = \"Sqlite\"\ndb_path = \"a.db\"\n").history();

    assertThat(sqlite.layout()).isEqualTo("refinery");
    assertThat(sqlite.dialect()).isEqualTo(Dialect.SQLITE);
    assertThat(tree.with("refinery.toml", "[main]\ndb_type = \"Postgres\"\n").history().dialect())
        .isEqualTo(Dialect.POSTGRESQL);
  }

  @Test
  void whatLiesBelowIsPartOfIt() {
    History history =
        CRATE
            .having("migrations/V1__a.sql", "migrations/two/V2__b.sql")
            .having("migrations/two/more/V3__c.sql")
            .history();

    assertThat(Tree.versions(history.applied())).containsExactly("1", "2", "3");
  }

  @Test
  void atTheRootNothingBelowIsPartOfIt() {
    Tree base = CRATE.having("V1__a.sql");

    assertThat(base.to(base.having("V2__b.sql", "queries/all.sql")).problems()).isEmpty();
  }

  @Test
  void directoriesBesideEachOtherAreHistoriesOfTheirOwn() {
    List<History> histories =
        CRATE.having("a/migrations/V1__a.sql", "b/migrations/V1__a.sql").histories();

    assertThat(histories)
        .extracting(history -> history.layout() + " " + history.directory())
        .containsExactly("refinery a/migrations", "refinery b/migrations");
  }

  @Test
  void theCrateSaysTheDatabase() {
    Tree tree = Tree.empty().having("migrations/V1__a.sql");

    assertThat(
            tree.with("Cargo.toml", CARGO.replace("tokio-postgres", "rusqlite"))
                .history()
                .dialect())
        .isEqualTo(Dialect.SQLITE);
    assertThat(
            tree.with("Cargo.toml", CARGO.replace("tokio-postgres", "mysql_async"))
                .history()
                .dialect())
        .isEqualTo(Dialect.MYSQL);
  }

  @Test
  void whatItRefusesIsTold() {
    Tree base =
        CRATE.having(
            "migrations/V1__a.sql",
            "migrations/V2__b.sql",
            "migrations/V3__c.sql",
            "migrations/V9__i.sql");
    Tree head =
        base.without("migrations/V1__a.sql")
            .without("migrations/V2__b.sql")
            .with("migrations/V3__c.sql", "select 1;")
            .having("migrations/V2__bb.sql", "migrations/U4__d.sql", "migrations/V5__e.sql")
            .having("migrations/V6__f.rs", "migrations/V9__j.sql", "migrations/V10__k-l.sql");

    History history = base.to(head);

    assertThat(Tree.problems(history))
        .containsExactly(
            "ignored migrations/V10__k-l.sql:1:1 [V10__k-l.sql]",
            "deleted migrations/V1__a.sql:1:1 [1]",
            "renamed migrations/V2__bb.sql:1:1 [2]",
            "edited migrations/V3__c.sql:1:1 [3]",
            "out-of-order migrations/V5__e.sql:1:1 [5]",
            "not-sql migrations/V6__f.rs:1:1 [6]",
            "duplicate-version migrations/V9__j.sql:1:1 [9]");
    assertThat(history.problems())
        .extracting(Integrity::detail)
        .contains(
            "refinery compares checksums and refuses to migrate databases that ran it, unless set_abort_divergent is off.",
            "The newest migration at the base is 9: refinery refuses to migrate databases that have that one, or never runs it there where set_abort_missing is off; it runs a late one whose name begins with U in place of V.",
            "migrations/V9__i.sql has the same version: refinery takes one for the other edited, never runs it, or fails on the key of its table.");
  }
}
