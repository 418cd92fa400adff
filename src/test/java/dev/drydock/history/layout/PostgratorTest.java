package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PostgratorTest {

  @Test
  void aPairOfFilesIsAMigrationAndItsWayBack() {
    History history =
        Tree.empty()
            .having("db/m/010.do.sql", "db/m/010.undo.sql", "db/m/9.do.add-it.sql")
            .having("db/m/9.undo.add-it.sql")
            .history();

    assertThat(history.layout()).isEqualTo("postgrator");
    assertThat(Tree.versions(history.applied())).containsExactly("9", "010");
    Migration nine = history.applied().getFirst();
    assertThat(nine.description()).isEqualTo("add it");
    assertThat(nine.down().orElseThrow().file().path())
        .isEqualTo(Path.of("db/m/9.undo.add-it.sql"));
    assertThat(nine.transaction()).isEqualTo(Transaction.IMPLICIT);
    assertThat(history.prelude()).startsWith("CREATE TABLE schemaversion (");
  }

  @Test
  void whatItRunsLateOrNotAtAllIsTold() {
    Tree base = Tree.empty().having("m/001.do.a.sql", "m/005.do.c.sql");

    History history =
        base.to(
            base.having("m/003.do.b.sql", "m/006.do.d.js", "m/007_e.sql", "m/005.do.f.sql")
                .with("m/001.do.a.sql", "select 1;"));

    assertThat(Tree.problems(history))
        .containsExactly(
            "edited m/001.do.a.sql:1:1 [001]",
            "out-of-order m/003.do.b.sql:1:1 [003]",
            "duplicate-version m/005.do.f.sql:1:1 [005]",
            "not-sql m/006.do.d.js:1:1 [006]",
            "ignored m/007_e.sql:1:1 [007_e.sql]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "Postgrator compares checksums and refuses to migrate databases that ran it, unless validateChecksums is off.");
  }
}
