package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Transaction;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import dev.drydock.source.ChangeSet;
import org.junit.jupiter.api.Test;

class DrizzleTest {
  private static final Tree PROJECT =
      Tree.empty()
          .with("drizzle/0000_a.sql", "select 1;")
          .with("drizzle/0001_b.sql", "select 2;")
          .with("drizzle/meta/_journal.json", journal("0000_a 100", "0001_b 200"));

  private static String journal(String... entries) {
    StringBuilder json = new StringBuilder("{\"dialect\": \"postgresql\", \"entries\": [");
    for (int i = 0; i < entries.length; i++) {
      String[] parts = entries[i].split(" ");
      json.append(i == 0 ? "" : ",")
          .append("{\"idx\": %d, \"when\": %s, \"tag\": \"%s\"}".formatted(i, parts[1], parts[0]));
    }
    return json.append("]}").toString();
  }

  @Test
  void theJournalSaysWhichFilesThereAreAndInWhichOrder() {
    History history =
        PROJECT.with("drizzle/meta/_journal.json", journal("0001_b 200", "0000_a 300")).history();

    assertThat(history.layout()).isEqualTo("drizzle");
    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Tree.versions(history.applied())).containsExactly("0001", "0000");
    assertThat(history.applied().getFirst().description()).isEqualTo("b");
    assertThat(history.applied().getFirst().transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(history.prelude()).contains("CREATE TABLE drizzle.__drizzle_migrations (");
  }

  @Test
  void whatTheJournalDoesNotListIsIgnored() {
    History history = PROJECT.to(PROJECT.having("drizzle/0002_c.sql"));

    assertThat(history.pending()).isEmpty();
    assertThat(Tree.problems(history))
        .containsExactly("ignored drizzle/0002_c.sql:1:1 [0002_c.sql]");
  }

  /** The migrator asks for the newest time in its table and runs what is dated after it. */
  @Test
  void whatTheJournalDatesBeforeTheNewestAppliedIsNeverRun() {
    Tree head =
        PROJECT
            .having("drizzle/0002_c.sql")
            .with("drizzle/meta/_journal.json", journal("0000_a 100", "0001_b 200", "0002_c 150"));

    History history = PROJECT.to(head);

    assertThat(Tree.problems(history))
        .containsExactly("out-of-order drizzle/0002_c.sql:1:1 [0002]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "The newest migration at the base is 0001: databases that have that one never run what the"
                + " journal dates before it, without a word, and new ones do; generate it anew.");
  }

  @Test
  void twoFilesOfOneNumberAreBothRun() {
    Tree head =
        PROJECT
            .having("drizzle/0001_c.sql")
            .with("drizzle/meta/_journal.json", journal("0000_a 100", "0001_b 200", "0001_c 250"));

    History history = PROJECT.to(head);

    assertThat(Tree.paths(history.pending())).containsExactly("drizzle/0001_c.sql");
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void whatTheBaseListsIsAppliedThoughTheHeadNoLongerDoes() {
    Tree head =
        PROJECT
            .without("drizzle/0001_b.sql")
            .having("drizzle/0001_c.sql")
            .with("drizzle/meta/_journal.json", journal("0000_a 100", "0001_c 300"));

    History history = PROJECT.to(head);

    assertThat(Tree.paths(history.applied()))
        .containsExactly("drizzle/0000_a.sql", "drizzle/0001_b.sql");
    assertThat(Tree.paths(history.pending())).containsExactly("drizzle/0001_c.sql");
    assertThat(Tree.problems(history)).containsExactly("deleted drizzle/0001_b.sql:1:1 [0001]");
  }

  @Test
  void anEntryThatGoesWhileItsFileStaysIsADeletedMigration() {
    Tree head = PROJECT.with("drizzle/meta/_journal.json", journal("0000_a 100"));

    History history = PROJECT.to(head);

    assertThat(Tree.paths(history.applied()))
        .containsExactly("drizzle/0000_a.sql", "drizzle/0001_b.sql");
    assertThat(Tree.problems(history)).containsExactly("deleted drizzle/0001_b.sql:1:1 [0001]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "Its file is there, but Drizzle no longer runs it: new databases are built without it.");
  }

  @Test
  void anEntryThatComesBackToAFileIsANewMigrationOfItsTime() {
    Tree base =
        PROJECT
            .with("drizzle/0002_c.sql", "select 3;")
            .with("drizzle/meta/_journal.json", journal("0000_a 100", "0002_c 300"));
    String late = journal("0000_a 100", "0001_b 200", "0002_c 300");
    String newest = journal("0000_a 100", "0002_c 300", "0001_b 400");

    // Nothing but the journal differs.
    History skipped =
        new HistoryFinder(Search.everywhere().touched())
            .in(new ChangeSet(base.tree(), base.with("drizzle/meta/_journal.json", late).tree()))
            .histories()
            .getFirst();
    History run = base.to(base.with("drizzle/meta/_journal.json", newest));

    assertThat(Tree.paths(skipped.applied()))
        .containsExactly("drizzle/0000_a.sql", "drizzle/0002_c.sql");
    assertThat(Tree.paths(skipped.pending())).containsExactly("drizzle/0001_b.sql");
    assertThat(Tree.problems(skipped))
        .containsExactly("out-of-order drizzle/0001_b.sql:1:1 [0001]");
    assertThat(Tree.paths(run.pending())).containsExactly("drizzle/0001_b.sql");
    assertThat(run.problems()).isEmpty();
  }

  @Test
  void fromVersionOneOnEachMigrationHasADirectoryWithASnapshot() {
    Tree base =
        Tree.empty()
            .with("drizzle/20250101000000_a/migration.sql", "select 1;")
            .with("drizzle/20250101000000_a/snapshot.json", "{\"dialect\": \"postgres\"}");
    Tree head =
        base.with("drizzle/20250202000000_b/migration.sql", "select 2;")
            .with("drizzle/20250202000000_b/snapshot.json", "{\"dialect\": \"postgres\"}");

    History history = base.to(head);

    assertThat(history.layout()).isEqualTo("drizzle");
    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Tree.versions(history.applied())).containsExactly("20250101000000_a");
    assertThat(Tree.versions(history.pending())).containsExactly("20250202000000_b");
    assertThat(history.pending().getFirst().transaction()).isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void theDialectOfAnotherDatabaseIsReadAsThat() {
    Tree tree =
        PROJECT.with(
            "drizzle/meta/_journal.json",
            journal("0000_a 100", "0001_b 200").replace("postgresql", "sqlite"));

    assertThat(tree.history().dialect()).isEqualTo(Dialect.SQLITE);
  }

  @Test
  void bothKindsAreFoundWhereTheUserSaysThatItIsDrizzle() {
    Search asked = Search.everywhere().as(Layouts.byId("drizzle").orElseThrow());
    Tree bare = Tree.empty().having("a/0000_a.sql", "b/20250101000000_a/migration.sql");

    assertThat(bare.found(asked).histories())
        .extracting(history -> history.directory() + " " + Tree.versions(history.applied()))
        .containsExactly("a [0000]", "b [20250101000000_a]");
  }
}
