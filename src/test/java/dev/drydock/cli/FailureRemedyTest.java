package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pending migration that fails may do so for what production has and the replay has not. */
@Timeout(300)
class FailureRemedyTest extends InDirectory {
  @Test
  void aSearchPathThatSomethingElseSetsIsNamed() throws IOException {
    assertThat(
            failureOf(
                "create schema app; create table app.orders (id bigint);",
                "alter table orders add column note text;"))
        .contains(
            "ALTER TABLE fails: relation \"orders\" does not exist. Set-up may be what is missing: it is"
                + " there in the schema app, which is not on the search_path: when something else than"
                + " the migrations sets that, do so in a file under `before:` in .drydock.yml (`alter role"
                + " current_user set search_path = app, public`).")
        .doesNotContain("same in production");
  }

  @Test
  void aSchemaThatTheFileItselfPutTheTableIntoIsNamedThoughItWentWithTheTransaction()
      throws IOException {
    assertThat(
            failureOf(
                "create schema app;",
                "create table app.orders (id bigint);\nalter table orders add column note text;"))
        .contains("it is there in the schema app, which is not on the search_path");
  }

  @Test
  void aColumnThatIsMissingIsNotSoughtInOtherSchemas() throws IOException {
    assertThat(
            failureOf(
                "create schema app; create table app.orders (id bigint);",
                "update app.orders set note = '';"))
        .contains("column \"note\" of relation \"orders\" does not exist")
        .doesNotContain("it is there in the schema");
  }

  @Test
  void aFunctionOutOfSightIsNamedToo() throws IOException {
    assertThat(
            failureOf(
                "create schema app; create function app.half(int) returns int language sql return 1;",
                "select half(2);"))
        .contains("function half(integer) does not exist")
        .contains("it is there in the schema app, which is not on the search_path");
  }

  @Test
  void whatASettingOfTheToolPutsIntoAnotherSchemaIsNamed() throws IOException {
    assertThat(
            failureOf("create table orders (id bigint);", "create schema shop; table shop.orders;"))
        .contains(
            "relation \"shop.orders\" does not exist. Set-up may be what is missing: it is there in the"
                + " schema public: when the address of the database or a setting of the tool puts what"
                + " the migrations make into shop (as `?schema=` of Prisma does), do the same in a file"
                + " under `before:` in .drydock.yml (`create schema if not exists shop; alter role"
                + " current_user set search_path = shop`).");
  }

  @Test
  void aConstraintThatIsMissingIsNoTableOutOfSight() throws IOException {
    assertThat(
            failureOf(
                "create schema app; create table app.orders (id bigint);",
                "alter table app.orders drop constraint orders_total;"))
        .contains("constraint \"orders_total\" of relation \"orders\" does not exist")
        .doesNotContain("it is there in the schema");
  }

  @Test
  void aNameThatAnIndexNoLongerFindsIsExplained() throws IOException {
    assertThat(
            failureOf(
                "create table orders (id bigint, code text);",
                "create type part as (number int);"
                    + " create function part_of(text) returns part immutable language sql"
                    + " as $$ select row(length($1))::part $$;"
                    + " create index orders_part on orders (part_of(code));"))
        .contains("type \"part\" does not exist")
        .contains(
            "PostgreSQL 17 and newer look for the names in a function that an index or a materialized"
                + " view calls in pg_catalog alone: where production is older, replay on its version"
                + " (`engine: postgresql@16` in .drydock.yml)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\\i orders.sql | the file it names is not found from here: write what that holds into the migration, or into a copy of it under `stand-ins:`",
        "\\gexec | write what it does as SQL, in a copy of the migration, and name that under `stand-ins:`",
        "\\if :first | give the variable it asks for a value under `placeholders:`",
        "insert into orders values (:first); | when it is a variable of psql, give it a value under `placeholders:`",
      })
  void whatOnlyPsqlCanRunIsNamed(String line, String remedy) throws IOException {
    write("V1__shop.sql", "create table orders (id bigint);\n" + line + "\n");
    write("V2__more.sql", "create table items (id bigint);");
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("V1__shop.sql:2:").contains("remedy: " + remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "shop | no schema on the search_path is there: when something else than the migrations makes it, do so in a file under `before:` in .drydock.yml (`create schema …`)",
        "'{{.Schema}}' | the migration is a template that its tool fills in, its search_path too: render the migrations, and lint what comes out",
      })
  void aSearchPathThatLeadsNowhereIsNamed(String path, String remedy) throws IOException {
    write("1_shop.sql", "set search_path = " + path + ";\ncreate table orders (id bigint);\n");
    write("2_more.sql", "create table items (id bigint);");
    CommandLineRun run = lint("2_more.sql", "1_shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("1_shop.sql:2:").contains("remedy: " + remedy);
  }

  @Test
  void whatOnlyPsqlCanRunIsNoFailureOfAPendingMigration() throws IOException {
    write("1_shop.sql", "create table orders (id bigint);\n");
    write("2_more.sql", "select 'create table items (id bigint)' \\gexec\n");
    CommandLineRun run = lint("2_more.sql", "1_shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out() + run.err())
        .contains(
            "the pending migration 2_more.sql cannot be replayed: \\gexec is a command of psql, which only psql can run");
  }

  @Test
  void rowsThatPsqlLoadsFromAFileAreLeftOut() throws IOException {
    write("1_shop.sql", "create table orders (id bigint primary key);\n");
    write(
        "2_more.sql",
        "\\copy orders from 'orders.csv' csv\n\\c shop\nalter table orders add column note text;\n");
    CommandLineRun run = lint("2_more.sql", "1_shop.sql");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).doesNotContain("migration-fails");
  }

  @Test
  void aSettingOfTheApplicationsSessionsIsNamed() throws IOException {
    assertThat(
            failureOf(
                "create table orders (id bigint);",
                "do $$ begin perform current_setting('app.tenant'); end $$;"))
        .contains(
            "Set-up may be what is missing: the setting app.tenant is made by no migration: when the"
                + " application or the tool makes it in its session, do so in a file under `before:` in"
                + " .drydock.yml (`alter role current_user set app.tenant = '…'`).");
  }

  @Test
  void aNameThatANewerServerGivesByItselfIsExplained() throws IOException {
    assertThat(
            failureOf(
                "create table orders (status_id int not null);",
                "alter table orders rename constraint orders_status_id_not_null to kept;"))
        .contains(
            "it is the name that PostgreSQL 18 and newer give to a NOT NULL, and those before it give"
                + " none: replay on the version that production has (`engine: postgresql@18` in"
                + " .drydock.yml)");
    assertThat(
            failureOf(
                "create table orders (status_id int not null);",
                "alter table orders rename to sales;\n"
                    + "alter table sales rename constraint orders_status_id_not_null to kept;"))
        .contains("it is the name that PostgreSQL 18 and newer give to a NOT NULL");
    assertThat(
            failureOf(
                "create table orders (status_id int not null);",
                "alter table orders drop constraint items_id_not_null;"))
        .doesNotContain("PostgreSQL 18");
  }

  @Test
  void aNameThatAnOlderServerGaveIsExplained() throws IOException {
    String tables =
        "create table owners (id int primary key);"
            + " create table apps (tenant int, id int, primary key (tenant, id));"
            + " create table apis (tenant int, app int, owner int references owners,"
            + " constraint apis_app foreign key (tenant, app) references apps,"
            + " foreign key (tenant, app) references apps);";
    assertThat(failureOf(tables, "alter table apis drop constraint apis_tenant_fkey1;"))
        .contains(
            "PostgreSQL 11 and older name a foreign key by its first column alone, newer ones by all of"
                + " them (apis_tenant_app_fkey here), so that the keys of this table have other names");
    assertThat(failureOf(tables, "alter table apis drop constraint apis_owner_fkey1;"))
        .doesNotContain("PostgreSQL 11");
  }

  @Test
  void aFunctionThatANewerServerHasIsExplained() throws IOException {
    assertThat(failureOf("select 1;", "create table orders (id uuid default uuidv7());"))
        .contains(
            "PostgreSQL 18 and newer have that function: replay on the version that production has"
                + " (`engine: postgresql@18` in .drydock.yml)");
    assertThat(failureOf("select 1;", "create table orders (id uuid default uuid_new());"))
        .doesNotContain("PostgreSQL 18");
  }

  @Test
  void allPlaceholdersWithoutAValueAreNamedAtOnce() throws IOException {
    write("db/migration/V1__shop.sql", "create table ${place}.orders (id ${key});");
    write("db/migration/V2__more.sql", "alter table ${place}.orders owner to ${owner};");
    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err().replaceAll("\\s+", " "))
        .contains("the placeholder ${place} has no value")
        .contains(
            "give each a value in .drydock.yml, as the tool's own configuration does: placeholders:"
                + " {place: …, key: …, owner: …}");
  }

  @Test
  void theMigrationThatAsksForAPlaceholderIsNamed() throws IOException {
    write("migrations/00001_a.sql", "-- +goose Up\nselect 1;\n");
    write("migrations/00002_b.sql", "-- +goose Up\nselect '${NAME}';\n");
    write("migrations/00003_c.sql", "-- +goose ENVSUB ON\n-- +goose Up\nselect '${NAME}';\n");
    CommandLineRun run = run("lint", "--newest", "2");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("drydock: migrations/00003_c.sql:3:9: the placeholder ${NAME}");
  }

  @Test
  void aCollationOfTheOperatingSystemIsStoodInFor() throws IOException {
    write("V1__shop.sql", "create table orders (note text collate \"xx_YY\");");
    write(
        "V2__more.sql",
        "create table items (note text collate \"xx_YY.utf8\", other text collate pg_catalog.\"C.UTF-9\");");
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: collation xx_YY is not among those of Drydock's system: one that sorts by bytes"
                + " took its place")
        .contains("note: collation xx_YY.utf8 is not among")
        .contains("note: collation C.UTF-9 is not among");
    assertThat(
            failureOf(
                "create table orders (note text);",
                "alter table orders alter note type text collate \"Mine\";"))
        .contains("collation \"Mine\" for encoding \"UTF8\" does not exist");
  }

  @Test
  void aMissingCollationIsNoStandInsFault() throws IOException {
    write(
        "V1__shop.sql", "create extension vector; create table t (note text collate \"C.UTF-9\");");
    write("V2__more.sql", "create table items (note text collate \"natural\");");
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: collation C.UTF-9 is not among those of Drydock's system: one that sorts by bytes"
                + " took its place")
        .contains("collation \"natural\" for encoding \"UTF8\" does not exist")
        .doesNotContain("has not all of it");
  }

  @Test
  void whatIsMissingWithoutATraceMayStillBeInProduction() throws IOException {
    assertThat(failureOf("create table t (a text);", "alter table customers add column note text;"))
        .contains("relation \"customers\" does not exist.")
        .contains("What production has and no migration makes belongs into an SQL file");
  }

  @Test
  void whatIsWrongInItselfIsSaidToBeSo() throws IOException {
    assertThat(failureOf("create table t (a text);", "alter table t add column a text;"))
        .contains("column \"a\" of relation \"t\" already exists.")
        .doesNotContain("What production has");
  }

  @Test
  void whatWasMadeForTheReplayIsNotBlamedOnTheMigrationThatMakesIt() throws IOException {
    write("V1__use.sql", "create table shop.orders (id uuid default uuid_generate_v4());\n");
    write("V2__make.sql", "create schema shop;\n");
    write("V3__more.sql", "select 1;\n");
    CommandLineRun run = lint("V3__more.sql", "V1__use.sql", "V2__make.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("schema \"shop\" already exists")
        .contains(
            "\n  remedy: schema shop was made for the replay, because a migration before this one needs it: they"
                + " did not run in this order, so replay a dump of production's schema in their place");
  }

  @Test
  void aBlockOfGooseIsOneQueryWhereTheFileHasNoTransaction() throws IOException {
    write("db/00001_a.sql", "-- +goose Up\ncreate table t (id bigint primary key, a text);\n");
    write(
        "db/00002_b.sql",
        """
        -- +goose NO TRANSACTION
        -- +goose Up
        -- +goose StatementBegin
        select 1;
        create index concurrently t_a on t (a);
        -- +goose StatementEnd
        """);

    assertThat(run("lint", "--newest", "1", "--dir", "db").out().replaceAll("\\s+", " "))
        .contains("because what stands between StatementBegin and StatementEnd is sent as a single")
        .contains("goose: no `StatementBegin` and `StatementEnd` around it")
        .doesNotContain("NO TRANSACTION` at its top");
  }

  @Test
  void aBlockOfGooseInItsTransactionHasToGoWithIt() throws IOException {
    write("db/00001_a.sql", "-- +goose Up\ncreate table t (id bigint primary key, a text);\n");
    String statements = "select 1;\ncreate index concurrently t_a on t (a);\n";
    write(
        "db/00002_b.sql",
        "-- +goose Up\n-- +goose StatementBegin\n%s-- +goose StatementEnd\n".formatted(statements));

    assertThat(run("lint", "--newest", "1", "--dir", "db").out().replaceAll("\\s+", " "))
        .contains(
            "goose: `-- +goose NO TRANSACTION` at its top, and no `StatementBegin` and `StatementEnd`"
                + " around the statement together with others");
    write("db/00002_b.sql", "-- +goose Up\n" + statements);
    assertThat(run("lint", "--newest", "1", "--dir", "db").out().replaceAll("\\s+", " "))
        .contains("goose: `-- +goose NO TRANSACTION` at its top. ")
        .doesNotContain("StatementBegin");
  }

  @Test
  void aTemplateIsNotSaidToFail() throws IOException {
    write("001_a.sql", SHOP);
    write("002_b.sql", "alter table {{ .Schema }}.orders add column total int;\n");

    String markdown = run("lint", "--newest", "1", "--format", "markdown").out();

    assertThat(markdown)
        .startsWith("### ❌ A migration was not judged: 1 error in 1 pending migration\n")
        .contains("**not judged**")
        .doesNotContain("**fails**");
    assertThat(run("lint", "--newest", "1").out())
        .contains("002_b.sql (not judged)")
        .doesNotContain("(fails)");
  }
}
