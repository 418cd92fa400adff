package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changelogs of Liquibase's on a server: what is not SQL in them, and what is rewritten. */
@Timeout(300)
class LiquibaseChangelogTest extends InDirectory {
  private static final String MASTER =
      """
      <databaseChangeLog>
        <changeSet id="1" author="ann"><createTable tableName="orders"/></changeSet>
        <changeSet id="2" author="ann"><addColumn tableName="orders"/></changeSet>
        <include file="orders.sql" relativeToChangelogFile="true"/>
      </databaseChangeLog>
      """;

  private static final String ORDERS =
      """
      --liquibase formatted sql
      --changeset ann:3
      ALTER TABLE orders ADD COLUMN note text;
      --changeset ann:4
      CREATE TABLE notes (id bigint);
      """;

  @Test
  void sqlTakesThePlaceOfAllChangesetsOfAFileThatAreNot() {
    write("db/master.xml", MASTER);
    write("db/orders.sql", ORDERS);
    CommandLineRun missing = run("lint", "--newest", "1");

    assertThat(missing.status()).isEqualTo(3);
    assertThat(missing.err())
        .contains(
            "db/orders.sql:3:1: the applied migration db/orders.sql does not replay",
            "remedy: db/master.xml is not SQL and was passed over: when it makes what is"
                + " missing, write what it does as SQL and name that file under `stand-ins:` in .drydock.yml"
                + " (`db/master.xml: path/to/file.sql`).");

    write("stand-in.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);\n");
    write(".drydock.yml", "stand-ins:\n  db/master.xml: stand-in.sql\n");
    CommandLineRun found = run("lint", "--newest", "1");

    assertThat(found.err()).doesNotContain("does not replay");
    assertThat(found.status()).isZero();
    assertThat(found.out()).contains("2 applied migrations replayed");
  }

  @Test
  void whatMayFailIsUndoneAndTheNextOneIsRun() {
    String applied =
        """
        --liquibase formatted sql
        --changeset a:1
        create table orders (id bigint primary key);
        --changeset a:2 failOnError:false
        create table lost (id bigint primary key);
        drop index nothing;
        --changeset a:3
        create table notes (id bigint primary key);
        """;
    write("db/orders.sql", applied);
    CommandLineRun base = run("lint", "--newest", "1");

    assertThat(base.status()).as(base.err() + base.out()).isZero();
    assertThat(base.out()).contains("2 applied migrations replayed");

    write("db/orders.sql", applied + "--changeset a:4\nalter table lost add column note text;\n");
    CommandLineRun pending = run("lint", "--newest", "3");

    assertThat(pending.status()).isEqualTo(1);
    assertThat(pending.out().replaceAll("\\s+", " "))
        .contains(
            "relation \"lost\" does not exist",
            "a:2 of db/orders.sql failed (index \"nothing\" does not exist) and was undone: its tool"
                + " is told to go on after it")
        .doesNotContain("DROP INDEX fails");
  }

  @Test
  void aChangesetThatProductionPassedOverMayBeLeftOut() {
    String sql =
        """
        --liquibase formatted sql
        --changeset a:1
        create table orders (id bigint primary key);
        --changeset a:2%s
        alter table orders drop column note;
        --changeset a:3
        create index orders_id on orders (id);
        """;
    write("db/orders.sql", sql.formatted(""));
    String remedy =
        "remedy: the changeset has preconditions, of which the replay asks no more than the catalog answers: when production passed";
    assertThat(run("lint", "--newest", "1").err())
        .contains("does not replay")
        .doesNotContain(remedy);

    write(
        "db/orders.sql",
        sql.formatted(
            "\n--preconditions onFail:MARK_RAN\n--precondition-sql-check expectedResult:1 select count(*) from orders"));
    assertThat(run("lint", "--newest", "1").err())
        .contains(
            remedy
                + " over it, leave it out of a copy of its file and name that under `stand-ins:` in .drydock.yml"
                + " (`db/orders.sql: path/to/copy.sql`).\n  Otherwise: ");
  }

  @Test
  void whereManyChangelogsAreNotSqlADumpIsAskedFor() {
    StringBuilder master = new StringBuilder("databaseChangeLog:\n");
    for (int i = 1; i <= 4; i++) {
      write(
          "db/" + i + ".yaml",
          "databaseChangeLog:\n- changeSet:\n    id: 1\n    author: a\n    changes:\n    - createTable: {tableName: t}\n");
      master.append("- include: {file: %d.yaml}\n".formatted(i));
    }
    write("db/master.yaml", master + "- include: {file: orders.sql}\n");
    write("db/orders.sql", ORDERS);

    assertThat(run("lint", "--newest", "1").err())
        .contains(
            "db/4.yaml (and 3 more before it) is not SQL",
            " Where many are not SQL, lint the new files by themselves, on a dump of the schema that production"
                + " has: `drydock lint FILE --applied schema.sql`.\n  Otherwise: ");
  }

  @Test
  void aDumpMayStandForAllThatIsApplied() {
    write(
        "schema.sql",
        """
        SELECT pg_catalog.set_config('search_path', '', false);
        CREATE TABLE public.databasechangelog (id varchar(255) NOT NULL);
        CREATE TABLE public.orders (id bigint PRIMARY KEY);
        """);
    write("new.sql", "--liquibase formatted sql\n--changeset a:1\nALTER TABLE orders ADD x int;\n");
    CommandLineRun run = lint("new.sql", "schema.sql");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("1 applied migration replayed");
  }

  @Test
  void theOnlyNewChangesetOfAFileIsRewrittenToRunOutsideATransaction() throws IOException {
    write(
        "orders.sql",
        """
        --liquibase formatted sql
        --changeset ann:1
        CREATE TABLE orders (id bigint PRIMARY KEY);
        """);
    write(
        "index.sql",
        """
        --liquibase formatted sql
        --changeset ann:2 labels:x
        CREATE INDEX orders_id ON orders (id);
        --rollback DROP INDEX orders_id;
        """);
    CommandLineRun fix = run("fix", "index.sql", "--applied", "orders.sql");

    assertThat(fix.status()).as(fix.err() + fix.out()).isZero();
    assertThat(Files.readString(directory.resolve("index.sql")))
        .isEqualTo(
            """
            --liquibase formatted sql
            --changeset ann:2 labels:x runInTransaction:false
            CREATE INDEX CONCURRENTLY orders_id ON orders (id);
            --rollback DROP INDEX orders_id;
            """);
  }

  @Test
  void whatACatalogAnswersIsAskedBeforeAChangesetIsRun() {
    String check =
        "--preconditions onFail:MARK_RAN\n--precondition-sql-check expectedResult:%s select count(*) from information_schema.tables where table_name = 'orders'\n";
    write(
        "db/orders.sql",
        "--liquibase formatted sql\n--changeset a:1\n"
            + check.formatted("0")
            + "create table orders (id bigint primary key);\n--changeset a:2\n"
            + check.formatted("0")
            + "create table orders (id bigint primary key);\n--changeset a:3\n"
            + check.formatted("1")
            + "alter table orders add column note text not null;\n--changeset a:4\n"
            + "--preconditions onFail:CONTINUE\n--precondition-table-exists table:Parcels schema:public\n"
            + "drop table parcels;\n");
    CommandLineRun run = run("lint", "--newest", "2");

    assertThat(run.out()).contains("error[required-column]", "2 applied migrations replayed");
    assertThat(run.out()).doesNotContain("migration-fails");
    assertThat(run.err() + run.out()).contains("a:4 of db/orders.sql was not run: what it is told");
  }

  @Test
  void whatRowsAnswerIsSaidToBeOpen() {
    write(
        "db/orders.sql",
        "--liquibase formatted sql\n--changeset a:1\ncreate table orders (id bigint primary key);\n"
            + "--changeset a:2\n--preconditions onFail:MARK_RAN\n"
            + "--precondition-sql-check expectedResult:1 select count(*) from orders where id = 5\n"
            + "alter table orders add column note text;\n");
    CommandLineRun run = run("lint", "--newest", "1");

    assertThat((run.err() + run.out()).replaceAll("\\s+", " "))
        .contains(
            "a:2 of db/orders.sql was run as if what it is told to ask before held: production's rows answer that");
  }
}
