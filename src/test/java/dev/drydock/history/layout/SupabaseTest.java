package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Transaction;
import dev.drydock.history.discovery.Search;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SupabaseTest {
  private static final String DIR = "supabase/migrations/";

  @Test
  void theDigitsAreTheVersionAndAreComparedAsText() {
    History history =
        Tree.empty()
            .having("supabase/config.toml", DIR + "9_b.sql", DIR + "20240131120000_add_notes.sql")
            .history();

    assertThat(history.layout()).isEqualTo("supabase");
    assertThat(history.directory()).isEqualTo(Path.of("supabase/migrations"));
    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Tree.versions(history.applied())).containsExactly("20240131120000", "9");
    assertThat(history.applied().getFirst().description()).isEqualTo("add notes");
    assertThat(history.applied().getFirst().transaction()).isEqualTo(Transaction.DIVIDED);
    assertThat(history.prelude()).contains("create table auth.users (");
  }

  @Test
  void aProjectBelowTheRootIsOneToo() {
    History history = Tree.empty().having("apps/web/" + DIR + "20240131120000_a.sql").history();

    assertThat(history.layout()).isEqualTo("supabase");
    assertThat(history.directory()).isEqualTo(Path.of("apps/web/supabase/migrations"));
  }

  @Test
  void whatTheCliSkipsAndWhatItRefusesIsTold() {
    Tree base = Tree.empty().having(DIR + "20240131120000_a.sql", DIR + "20240231120000_b.sql");

    assertThat(
            Tree.problems(
                base.to(base.having(DIR + "c.sql", DIR + "20240201000000_d.sql", DIR + "x_e.sql"))))
        .containsExactly(
            "out-of-order supabase/migrations/20240201000000_d.sql:1:1 [20240201000000]",
            "ignored supabase/migrations/c.sql:1:1 [c.sql]",
            "ignored supabase/migrations/x_e.sql:1:1 [x_e.sql]");
  }

  @Test
  void theSchemaThatAProjectDeclaresIsNoHistory() {
    for (String schemas : new String[] {"supabase/schemas/", "schemas/"}) {
      Tree tree =
          Tree.empty()
              .having(DIR + "20240131120000_a.sql", schemas + "010_a.sql", schemas + "020_b.sql");

      assertThat(tree.history().layout()).isEqualTo("supabase");
      assertThat(tree.found(Search.everywhere().in(Path.of(schemas))).histories()).hasSize(1);
    }
    assertThat(
            Tree.empty()
                .having(
                    DIR + "20240131120000_a.sql", "api/schemas/010_a.sql", "api/schemas/020_b.sql")
                .histories())
        .hasSize(2);
  }

  @Test
  void whatDrizzleWritesIntoAProjectMeetsTheProjectsDatabase() {
    History history =
        Tree.empty()
            .having(DIR + "0000_a.sql")
            .with(DIR + "meta/_journal.json", "{\"entries\": [{\"tag\": \"0000_a\"}]}")
            .history();

    assertThat(history.layout()).isEqualTo("supabase");
  }
}
