package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.source.Location;
import dev.drydock.sql.Statement.Kind;
import dev.drydock.sql.Substitution.UnknownPlaceholderException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementsTest {

  private static final Path FILE = Path.of("m", "1.sql");

  @Test
  void aStatementBeginsAtItsFirstKeyword() {
    String text =
        """
        -- CreateTable
        CREATE TABLE "User" (
            "id" SERIAL NOT NULL
        );

        /* CreateIndex */ CREATE INDEX i ON "User" ("id") ;
        """;

    assertThat(Migrations.statements(text).list())
        .extracting(Statement::index, Statement::start, Statement::location, Statement::text)
        .containsExactly(
            tuple(
                0,
                15,
                new Location(FILE, 2, 1, 4, 2),
                "CREATE TABLE \"User\" (\n    \"id\" SERIAL NOT NULL\n)"),
            tuple(1, 84, new Location(FILE, 6, 19, 6, 50), "CREATE INDEX i ON \"User\" (\"id\")"));
  }

  @Test
  void aSectionOfAFileKeepsThePositionsOfTheFile() {
    String text = "-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n-- +goose StatementEnd\n";
    Migration migration = Migrations.section(text, "-- +goose Up\n");

    Statement statement = Statements.of(migration, Optional.empty()).list().get(0);

    assertThat(statement.location()).isEqualTo(new Location(FILE, 3, 1, 3, 9));
    assertThat(text.substring(statement.start())).startsWith("SELECT 1");
  }

  @Test
  void rowsAreKeptApartFromTheStatement() {
    Statement copy = Migrations.statements("COPY t FROM stdin;\n1\n2\n\\.\n").list().get(0);

    assertThat(copy.kind()).isEqualTo(Kind.COPY);
    assertThat(copy.text()).isEqualTo("COPY t FROM stdin");
    assertThat(copy.copyData()).isEqualTo("1\n2\n");
  }

  @Test
  void psqlCommandsAreNotSentToTheServer() {
    Statements statements = Migrations.statements("\\set x 1\nDROP INDEX CONCURRENTLY i;;\n");

    assertThat(statements.list()).extracting(Statement::kind).containsExactly(Kind.META, Kind.SQL);
    assertThat(statements.sent()).isEqualTo(1);
    assertThat(statements.list().get(0).transactionControl()).isEqualTo(TransactionControl.NONE);
  }

  @Test
  void transactionControlIsRead() {
    assertThat(Migrations.statements("BEGIN; SELECT 1; COMMIT AND CHAIN;").list())
        .extracting(Statement::transactionControl)
        .containsExactly(
            TransactionControl.BEGIN, TransactionControl.NONE, TransactionControl.CHAIN);
  }

  @Test
  void placeholdersAreFilledInForTheServerAlone() {
    Statement statement =
        Statements.of(
                Migrations.of("-- ${a}\nSELECT ${a};"),
                Optional.of(new Placeholders.Braced(Map.of("a", "1 + 1"))))
            .list()
            .get(0);

    assertThat(statement.text()).isEqualTo("SELECT ${a}");
    assertThat(statement.sql().sql()).isEqualTo("SELECT 1 + 1");
  }

  @Test
  void withoutPlaceholdersSuchTextIsLeftAlone() {
    assertThat(Migrations.statements("SELECT '${a}';").list().get(0).sql())
        .isEqualTo(Substitution.none("SELECT '${a}'"));
  }

  @Test
  void aPlaceholderWithoutValueIsRefusedAtItsPlaceInTheFile() {
    String text = "-- +goose Up\nSELECT 1;\n-- ${nope}\n";

    assertThatThrownBy(
            () ->
                Statements.of(
                    Migrations.section(text, "-- +goose Up\n"),
                    Optional.of(new Placeholders.Braced(Map.of()))))
        .isInstanceOfSatisfying(
            UnknownPlaceholderException.class,
            e -> assertThat(text.substring(e.offset())).startsWith("${nope}"));
  }

  @Test
  void aWordIsFoundByWhereItBeginsAndAQualifiedNameWhole() {
    String text = "\nSELECT '\uD83D\uDE00' FROM s.\"my t\" . c,\r\n  nope";
    Statement statement = Statements.of(Migrations.of(text), Optional.empty()).list().get(0);
    String sql = statement.text();

    assertThat(statement.locationAt(0)).isEqualTo(new Location(FILE, 2, 1, 2, 7));
    assertThat(statement.locationAt(sql.indexOf("'"))).isEqualTo(new Location(FILE, 2, 8, 2, 12));
    assertThat(statement.locationAt(sql.indexOf("s.")))
        .as("a dot with spaces is none of the name's, as people write it")
        .isEqualTo(new Location(FILE, 2, 18, 2, 26));
    assertThat(statement.locationAt(sql.indexOf("nope"))).isEqualTo(new Location(FILE, 3, 3, 3, 7));
    assertThat(statement.locationAt(sql.length())).isEqualTo(new Location(FILE, 3, 6, 3, 7));
    assertThat(statement.locationAt(-5)).isEqualTo(new Location(FILE, 2, 1, 2, 7));
  }

  @Test
  void aWordInTheBodyOfAFunctionIsFoundToo() {
    String text = "create function f() returns int language sql as $$ select nope $$";
    Statement statement = Statements.of(Migrations.of(text), Optional.empty()).list().get(0);

    assertThat(statement.locationAt(text.indexOf("nope")))
        .isEqualTo(new Location(FILE, 1, 59, 1, 63));
  }

  @Test
  void nothingIsNoStatement() {
    assertThat(Migrations.statements("").list()).isEmpty();
    assertThat(Migrations.statements(" -- nothing\n;").list()).isEmpty();
    assertThat(Migrations.statements("").directives()).isEqualTo(List.of());
  }

  @Test
  void whatPsqlIsToldToSetIsFilledInFromThereOn() {
    String text =
        """
        select :owner;
        \\set ON_ERROR_STOP on
        \\set owner app
        \\set note 'it''s ' :x
        \\set parts 'a b' c 'd''e'
        alter table t owner to :owner;
        alter table :"owner" add column n text default :'parts';
        -- :owner
        do $$ begin raise notice ':owner'; perform a[1:owner]; end $$;
        select ':owner', x::owner, :note, :ownership;
        """;

    assertThat(Migrations.statements(text).list())
        .filteredOn(statement -> statement.kind() == Kind.SQL)
        .extracting(statement -> statement.sql().sql())
        .containsExactly(
            "select :owner",
            "alter table t owner to app",
            "alter table \"app\" add column n text default 'a bcd''e'",
            "do $$ begin raise notice ':owner'; perform a[1:owner]; end $$",
            "select ':owner', x::owner, :note, :ownership");
  }

  private static List<String> run(String text) {
    return Migrations.statements(text).list().stream()
        .map(statement -> statement.sql().sql())
        .toList();
  }

  @Test
  void psqlRunsOneBranch() {
    for (String[] condition :
        List.of(
            new String[] {"1", "a"},
            new String[] {"tru", "a"},
            new String[] {"ON", "a"},
            new String[] {"0", "b"},
            new String[] {"perhaps", "b"},
            new String[] {"", "b"},
            new String[] {":yes", "a"},
            new String[] {":'no'", "b"},
            new String[] {":{?yes}", "a"},
            new String[] {":{?nothing}", "b"})) {
      assertThat(
              run(
                  "\\set yes true\n\\set no off\n\\if "
                      + condition[0]
                      + "\nselect 'a';\n\\else\nselect 'b';\n\\endif\nselect 'c';\n"))
          .as(condition[0])
          .containsExactly(
              "\\set yes true", "\\set no off", "select '" + condition[1] + "'", "select 'c'");
    }
  }

  @Test
  void branchesMayBeInBranchesAndCommandsInOneLine() {
    assertThat(
            run(
                """
                \\if :{?owner} \\else \\set owner 'app' \\endif
                \\if false
                  \\if true
                    select 1;
                  \\elif true
                    select 2;
                  \\endif
                  \\set owner other
                \\elif 1
                  alter table t owner to :owner;
                \\elif true
                  select 3;
                \\else
                  select 4;
                \\endif
                select 5;
                """))
        .containsExactly("\\set owner 'app'", "alter table t owner to app", "select 5");
  }

  @Test
  void aConditionOnWhatIsNotKnownStays() {
    assertThat(run("select 1 as n \\gset\n\\if :n\nselect 2;\n\\endif\n"))
        .containsExactly("select 1 as n", "\\gset", "\\if :n", "select 2");
  }

  @Test
  void nothingIsRunAfterTheEndOfAScript() {
    assertThat(run("select 1;\n\\q\nselect 2;\n")).containsExactly("select 1", "\\q");
  }
}
