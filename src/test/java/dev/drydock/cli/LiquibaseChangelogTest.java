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
}
