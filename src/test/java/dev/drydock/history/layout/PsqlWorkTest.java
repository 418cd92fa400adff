package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Integrity;
import java.util.List;
import org.junit.jupiter.api.Test;

class PsqlWorkTest {
  private static final String FLYWAY = "db/migration/V2__b.sql";
  private static final Tree BASE = Tree.empty().with("db/migration/V1__a.sql", "select 1;");

  private static List<String> details(Tree base, Tree head) {
    return base.to(head).problems().stream()
        .filter(problem -> problem.kind() == Integrity.Kind.UNRUNNABLE)
        .map(problem -> problem.location().startLine() + " " + problem.detail())
        .toList();
  }

  @Test
  void aToolThatRunsNoPsqlStopsAtItsCommands() {
    for (String sql :
        List.of("select 1;\n\\restrict x\nselect 2;\n", "-- \\a\n\\connect b\n", "\n\\.\n")) {
      assertThat(details(BASE, BASE.with(FLYWAY, sql)))
          .as(sql)
          .containsExactly(
              "2 It has a command of psql's, which begins with a backslash: pg_dump writes some."
                  + " Flyway sends it to the server, which refuses it.");
    }
  }

  @Test
  void backslashesInStringsBodiesAndCommentsAreNone() {
    for (String sql :
        List.of(
            "select '\\d', E'it\\'s \\\\';",
            "do $$ begin perform '\\x'; end $$;",
            "comment on column \"a\\b\" is 'x'; -- \\restrict")) {
      assertThat(details(BASE, BASE.with(FLYWAY, sql))).as(sql).isEmpty();
    }
  }

  @Test
  void rowsBelowACopyAreForPsqlAndFlyway() {
    String copy = "copy public.a (id) from stdin;\n1\\N\n\\.\n\nselect 1;\n";
    Tree dbmate =
        Tree.empty().with("db/migrations/1_a.sql", "-- migrate:up\nselect 1;\n-- migrate:down\n");

    assertThat(details(BASE, BASE.with(FLYWAY, copy))).isEmpty();
    assertThat(
            details(
                dbmate,
                dbmate.with(
                    "db/migrations/2_b.sql", "-- migrate:up\n" + copy + "-- migrate:down\n")))
        .containsExactly(
            "3 It has rows below a `COPY … FROM stdin`, which psql sends as such."
                + " dbmate does not, so that the server refuses them.");
  }

  @Test
  void whoRunsPlainFilesIsNotKnown() {
    Tree base = Tree.empty().with("migrations/1_a.sql", "select 1;");

    assertThat(details(base, base.with("migrations/2_b.sql", "\\restrict x\nselect 1;"))).isEmpty();
  }

  @Test
  void whatDatabasesHaveRunTheToolCanRun() {
    Tree base = BASE.with("db/migration/V1__a.sql", "\\restrict x\nselect 1;\n");

    assertThat(details(base, base.with(FLYWAY, "\\restrict y\n"))).isEmpty();
  }
}
