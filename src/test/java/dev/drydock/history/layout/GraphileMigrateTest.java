package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphileMigrateTest {
  private static final String HEADER = "--! Previous: -\n--! Hash: sha1:0\n\n";

  private static Tree committed() {
    return Tree.empty()
        .with("migrations/committed/000001.sql", HEADER + "select 1;\n")
        .with(
            "migrations/committed/000002-add-index.sql",
            HEADER + "--! no-transaction\ncreate index concurrently i on a (b);\n");
  }

  @Test
  void whatIsCommittedIsRunInTheOrderOfItsNumbers() {
    History history =
        committed()
            .having("migrations/current/1-now.sql", "migrations/current/2-then.sql")
            .having("migrations/initial_schema.sql")
            .history();

    assertThat(history.layout()).isEqualTo("graphile-migrate");
    assertThat(history.directory()).isEqualTo(Path.of("migrations/committed"));
    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Tree.versions(history.applied())).containsExactly("000001", "000002");
    assertThat(history.applied().getLast().description()).isEqualTo("add index");
    assertThat(history.applied())
        .extracting(migration -> migration.transaction())
        .containsExactly(Transaction.PER_MIGRATION, Transaction.IMPLICIT);
    assertThat(history.prelude()).startsWith("CREATE SCHEMA graphile_migrate;");
  }

  @Test
  void whatRunsAfterAResetComesBeforeTheFirstMigration() {
    History history =
        committed()
            .having("migrations/roles.sql", "migrations/schema/initial.sql", "migrations/watch.sql")
            .having("migrations/more.sql", "migrations/10-watch.sql", "migrations/shadow.sql")
            .with(
                ".gmrc",
                """
                {
                  /* afterReset: actions that aren't
                     "afterReset": ["watch.sql"] */
                  "afterReset": [
                    "!roles.sql", // it's for the superuser
                    {"_": "command", "command": "[ \\"$CI\\" ] && psql -f watch.sql"},
                    {"_": "sql", "file": "schema/initial.sql"},
                    {"_": "sql", "file": "shadow.sql", "shadow": true},
                    {"_": "sql", "file": "gone.sql"},
                    'more.sql',
                  ],
                  "afterCurrent": ["10-watch.sql"]
                }
                """)
            .history();

    assertThat(history.directory()).isEqualTo(Path.of("migrations/committed"));
    assertThat(history.callbacks())
        .extracting(callback -> callback.event() + " " + callback.file().path())
        .containsExactly(
            "newDatabase migrations/roles.sql",
            "newDatabase migrations/schema/initial.sql",
            "newDatabase migrations/more.sql");
  }

  @Test
  void whatAChangeHasRunAfterAResetIsNotTrusted() {
    Tree base =
        committed()
            .having("migrations/roles.sql", "migrations/seed.sql")
            .with(".gmrc", "{\"afterReset\": [\"roles.sql\"]}");
    Tree head = base.with("migrations/committed/000003.sql", HEADER + "select 3;\n");

    assertThat(base.to(head).altered()).isEmpty();
    assertThat(base.to(head.with("migrations/roles.sql", "select 1;\n")).altered())
        .containsExactly("migrations/roles.sql");
    assertThat(
            base.to(head.with(".gmrc", "{\"afterReset\": [\"roles.sql\", \"seed.sql\"]}"))
                .altered())
        .containsExactly("migrations/seed.sql");
  }

  @Test
  void aHeaderMayBeAsLongAsSomebodyLikes() {
    String headers = HEADER.strip() + "\n" + "--! Message: x\n".repeat(20_000);
    History history =
        Tree.empty()
            .with("migrations/committed/000001.sql", headers + "\n--! no-transaction\nselect 1;\n")
            .history();

    assertThat(history.applied().getFirst().transaction()).isEqualTo(Transaction.IMPLICIT);
  }

  @Test
  void placeholdersBeginWithAColon() {
    History history =
        committed()
            .with(
                ".gmrc",
                """
                {
                  // "placeholders" of the roles
                  "placeholders": {":DATABASE_VISITOR": "!ENV", ":SCHEMA": "app"}
                }
                """)
            .history();

    assertThat(history.placeholders())
        .contains(
            new Placeholders.Colon(
                Map.of(
                    "DATABASE_NAME", "database_name",
                    "DATABASE_OWNER", "database_owner",
                    "DATABASE_VISITOR", "database_visitor",
                    "SCHEMA", "app")));
  }

  @Test
  void eachSessionBeginsWithTheSettings() {
    Tree tree =
        committed()
            .with(
                "migrations/.gmrc",
                """
                {
                  "pgSettings": {
                    // "role": "nobody",
                    "search_path": "app_public,public"
                  },
                  "other": {"lock_timeout": "1"}
                }
                """);

    assertThat(tree.history().session())
        .isEqualToIgnoringNewLines(
            "SELECT pg_catalog.set_config('search_path', 'app_public,public', false);");
    assertThat(committed().history().session()).isEmpty();
  }

  @Test
  void whatItRefusesIsTold() {
    Tree base = committed();

    History history =
        base.to(
            base.with("migrations/committed/000001.sql", HEADER + "select 2;\n")
                .having("migrations/committed/000002-other.sql", "migrations/committed/x.sql"));

    assertThat(Tree.problems(history))
        .containsExactly(
            "edited migrations/committed/000001.sql:4:1 [000001]",
            "duplicate-version migrations/committed/000002-other.sql:1:1 [000002]",
            "ignored migrations/committed/x.sql:1:1 [x.sql]");
    assertThat(history.problems().getLast())
        .extracting(Integrity::detail)
        .asString()
        .endsWith("in the name: graphile-migrate passes over it.");
  }

  @Test
  void anotherWordBehindItsNumberIsNoOtherMigration() {
    Tree base = committed();
    String text = base.files().get("migrations/committed/000001.sql");
    History history =
        base.to(
            base.without("migrations/committed/000001.sql")
                .with("migrations/committed/000001-first.sql", text));

    assertThat(history.problems()).isEmpty();
    assertThat(history.pending()).isEmpty();
  }

  @Test
  void whatIsNotCommittedYetIsNoHistory() {
    Tree tree =
        Tree.empty()
            .with(".gmrc", "{}")
            .with("migrations/afterReset.sql", "create role app;\n")
            .with("migrations/current.sql", "create table t ();\n");

    assertThat(tree.histories()).isEmpty();
    assertThat(tree.found().passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            "migrations is where graphile-migrate has what is not committed yet, which it runs nowhere but where that is developed (--dir migrations lints it)");
    assertThat(tree.without(".gmrc").histories()).hasSize(1);
  }

  @Test
  void partsOfWhatIsNotCommittedYetAreNoHistoryEither() {
    Tree tree =
        Tree.empty()
            .with(".gmrc.js", "module.exports = {};")
            .with("migrations/current/1-a.sql", "create table t ();\n")
            .with("migrations/current/2-b.sql", "create table u ();\n");

    assertThat(tree.histories()).isEmpty();
  }
}
