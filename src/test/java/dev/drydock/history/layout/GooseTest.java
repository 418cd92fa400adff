package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Transaction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GooseTest {
  private static final String BOTH =
      "-- a comment\n-- +goose Up\ncreate table a ();\n\n-- +goose Down\ndrop table a;\n";

  private static Migration only(String text) {
    return Tree.empty().with("m/1_a.sql", text).history().applied().getFirst();
  }

  @Test
  void annotationsDivideTheFile() {
    Migration migration = only(BOTH);

    assertThat(migration.up().text()).isEqualTo("create table a ();\n\n");
    assertThat(migration.down().orElseThrow().text()).isEqualTo("drop table a;\n");
    assertThat(migration.transaction()).isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void carriageReturnsAndMissingDownAreFine() {
    Migration migration = only("-- +goose Up\r\nselect 1;\r\n");

    assertThat(migration.up().text()).isEqualTo("select 1;\r\n");
    assertThat(migration.down()).isEmpty();
  }

  @Test
  void anAnnotationHasToBeginItsLine() {
    Migration migration =
        only("-- +goose Up\nselect '\n  -- +goose Down\n'; -- +goose Down\nselect 2;\n");

    assertThat(migration.down()).isEmpty();
    assertThat(migration.up().text()).endsWith("select 2;\n");
  }

  @Test
  void numbersAreComparedAsNumbers() {
    History history = Tree.empty().with("m/10_b.sql", BOTH).with("m/00009_a.sql", BOTH).history();

    assertThat(history.layout()).isEqualTo("goose");
    assertThat(Tree.versions(history.applied())).containsExactly("00009", "10");
    assertThat(history.prelude()).startsWith("CREATE TABLE goose_db_version (");
  }

  @Test
  void aFileMayRefuseTheTransaction() {
    assertThat(only("-- +goose NO TRANSACTION\n" + BOTH).transaction()).isEqualTo(Transaction.NONE);
    assertThat(only(BOTH + "-- +goose no transaction\n").transaction()).isEqualTo(Transaction.NONE);
  }

  @Test
  void aSingleBlockWithoutTransactionIsStillOneQuery() {
    String block =
        "-- +goose NO TRANSACTION\n-- +goose Up\n-- why\n-- +goose StatementBegin\n"
            + "select 1; select 2;\n-- +goose StatementEnd\n";

    assertThat(only(block).transaction()).isEqualTo(Transaction.IMPLICIT);
    assertThat(only(block + "select 3;\n").transaction()).isEqualTo(Transaction.NONE);
  }

  private static List<String> filled(History history, Map<String, String> given) {
    Placeholders values = history.placeholders().orElseThrow().with(given);
    return history.applied().stream()
        .filter(Migration::placeholders)
        .flatMap(migration -> values.in(migration.up().text()).stream())
        .map(found -> found.name() + " " + found.value().orElse("?"))
        .toList();
  }

  @Test
  void theEnvironmentGivesValuesAndTheFileStandardOnes() {
    History history =
        Tree.empty()
            .with(
                "m/1_a.sql",
                """
                -- +goose ENVSUB ON
                -- +goose Up
                create role ${OWNER:-app};
                set x = ${Y-1};
                create table $T (a text default '\\$T' check (a > ${OWNER?why}));
                """)
            .with("m/2_b.sql", "-- +goose Up\nselect '${no}';\n")
            .history();

    assertThat(filled(history, Map.of()))
        .containsExactly("OWNER app", "Y 1", "T ?", "T $", "OWNER ?");
    assertThat(filled(history, Map.of("OWNER", "o", "T", "t")))
        .containsExactly("OWNER o", "Y 1", "T t", "T $", "OWNER o");
    assertThat(history.applied()).extracting(Migration::placeholders).containsExactly(true, false);
    assertThat(Tree.empty().with("m/2_b.sql", BOTH).history().placeholders()).isEmpty();
  }

  @Test
  void whatStandsOutsideOfTheEnvironmentIsLeftAsItIs() {
    History history =
        Tree.empty()
            .with(
                "m/1_a.sql",
                """
                -- +goose Up
                select '${before}', $before$a$before$;
                -- +goose ENVSUB ON
                select '${ASKED}';
                -- +goose ENVSUB OFF
                select '${after}', '${NOT:-given}', $$a$$;
                """)
            .history();

    assertThat(filled(history, Map.of())).containsExactly("ASKED ?");
  }

  @Test
  void aDollarSignThatIsNoNamesStopsGooseWhereTheEnvironmentIsAsked() {
    String head = "-- +goose Up\n-- +goose ENVSUB ON\n";
    Tree base = Tree.empty().with("m/1_a.sql", BOTH);

    assertThat(Tree.problems(base.to(base.with("m/2_b.sql", head + "do $$ begin end $$;\n"))))
        .containsExactly("unrunnable m/2_b.sql:3:4 [2]");
    assertThat(Tree.problems(base.to(base.with("m/2_b.sql", head + "select '$X', '$1';\n"))))
        .containsExactly("unrunnable m/2_b.sql:3:15 [2]");
    assertThat(
            Tree.problems(
                base.to(
                    base.with(
                        "m/2_b.sql",
                        head + "select '$X \\$1 $(';\n-- +goose ENVSUB OFF\nselect $$a$$;\n"))))
        .isEmpty();
  }

  @Test
  void aGoMigrationIsEditedWhenItsSqlIs() {
    String code =
        """
        package migrations

        import "github.com/pressly/goose/v2"

        func up(ctx context.Context, tx *sql.Tx) error {
          // create table notes
          if _, err := tx.ExecContext(ctx, `
            -- what is ordered
            create table orders (id bigint primary key);`); err != nil {
            return fmt.Errorf("create table orders: %w", err)
          }
          _, err := tx.ExecContext(ctx, "insert into orders values (1)")
          return err
        }
        """;
    Tree base = Tree.empty().with("m/1_a.sql", BOTH).with("m/2_b.go", code);

    for (String alike :
        List.of(
            code.replace("v2", "v3"),
            code.replace("orders: %w", "the orders: %w"),
            code.replace("// create table notes", "// create table marks"),
            code.replace("            create table", "    create table"))) {
      assertThat(Tree.problems(base.to(base.with("m/2_b.go", alike)))).isEmpty();
    }
    for (String other :
        List.of(
            code.replace("id bigint", "id integer"), code.replace("values (1)", "values (2)"))) {
      assertThat(base.to(base.with("m/2_b.go", other)).problems())
          .extracting(problem -> problem.kind().id() + ": " + problem.detail())
          .containsExactly("edited: goose keeps no checksum and does not run it again there.");
    }
  }

  @Test
  void goMigrationsAreReportedAndTestsOfThemAreNot() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH);
    Tree head =
        Tree.empty().with("m/1_a.sql", BOTH).having("m/2_b.go", "m/2_b_test.go", "m/helpers.go");

    assertThat(Tree.problems(base.to(head))).containsExactly("not-sql m/2_b.go:1:1 [2]");
    assertThat(Tree.problems(head.to(base))).containsExactly("deleted m/2_b.go:1:1 [2]");
    assertThat(Tree.problems(head.to(base.with("m/2_c.sql", BOTH)))).isEmpty();
    assertThat(Tree.problems(head.history())).isEmpty();
    assertThat(head.history().code())
        .extracting(code -> code.file().toString())
        .containsExactly("m/2_b.go");
  }

  @Test
  void onlyTheWayForwardCountsAsEdited() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH);

    assertThat(base.to(base.with("m/1_a.sql", BOTH + "drop table b;\n")).problems()).isEmpty();
    History edited =
        base.to(base.with("m/1_a.sql", BOTH.replace("create table a", "create table b")));
    assertThat(Tree.problems(edited)).containsExactly("edited m/1_a.sql:3:1 [1]");
    assertThat(edited.problems().getFirst().detail())
        .isEqualTo("goose keeps no checksum and does not run it again there.");
  }

  @Test
  void anOlderNumberIsRefused() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH).with("m/3_c.sql", BOTH);

    History history = base.to(base.with("m/2_b.sql", BOTH));

    assertThat(Tree.problems(history)).containsExactly("out-of-order m/2_b.sql:1:1 [2]");
    assertThat(history.problems().getFirst().detail())
        .endsWith(
            "goose refuses to migrate databases that have that one, unless it is run with -allow-missing.");
  }

  @Test
  void aFileWithoutANumberIsIgnored() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH);

    assertThat(Tree.problems(base.to(base.with("m/add_users.sql", BOTH))))
        .containsExactly("ignored m/add_users.sql:1:1 [add_users.sql]");
  }

  @Test
  void markedFilesThatGooseWouldNotRunAreNoHistory() {
    assertThat(
            Tree.empty()
                .with("migrations/1_a/postgres.sql", "-- +goose Up\nselect 1;\n")
                .with("migrations/1_a/sqlite3.sql", "-- +goose Up\nselect 1;\n")
                .histories())
        .isEmpty();
  }

  @Test
  void aFileThatGooseCannotReadIsToldOfWhereItLies() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH);
    Tree head =
        base.with("m/2_plain.sql", "create table b ();\n")
            .with("m/3_open.sql", "-- +goose Up\ncreate table c ()\n-- +goose Down\n")
            .with(
                "m/4_cut.sql",
                "-- +goose Up\nselect 1;\ncreate function f() returns int language plpgsql as $$\nbegin\n  return 1;\nend $$;\n")
            .with("m/5_begun.sql", "-- +goose Up\n-- +goose StatementBegin\nselect 1;\n")
            .with(
                "m/6_fine.sql",
                "-- +goose Up\n-- +goose StatementBegin\ndo $$ begin\nnull;\nend $$;\n-- +goose StatementEnd\nselect 1; -- one\n-- that is all\n");

    History history = base.to(head);

    assertThat(Tree.problems(history))
        .containsExactly(
            "unrunnable m/2_plain.sql:1:1 [2]",
            "unrunnable m/3_open.sql:2:1 [3]",
            "unrunnable m/4_cut.sql:3:1 [4]",
            "unrunnable m/5_begun.sql:2:1 [5]");
    assertThat(history.problems().get(1).detail())
        .isEqualTo("goose stops at it: its last statement has no semicolon at the end of a line.");
  }

  @Test
  void whatDatabasesHaveRunIsNothingThatTheToolDoesNotRead() {
    Tree base = Tree.empty().with("m/1_a.sql", BOTH).with("m/2_plain.sql", "create table b ();\n");

    assertThat(base.to(base.with("m/3_plain.sql", "create table c ();\n")).problems()).isEmpty();
  }
}
