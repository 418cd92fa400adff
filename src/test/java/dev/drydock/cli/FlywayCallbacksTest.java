package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Flyway runs after the migrations fails when they take away what it uses. */
@Timeout(300)
class FlywayCallbacksTest extends InDirectory {
  private static final String DIRECTORY = "src/main/resources/db/migration/";

  private CommandLineRun lintedWith(String callback, String change) throws IOException {
    write(
        DIRECTORY + "V1__a.sql",
        """
        CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);
        CREATE TABLE clients (id bigint PRIMARY KEY);
        """);
    write(DIRECTORY + "V2__b.sql", change);
    write(DIRECTORY + "afterMigrate.sql", callback);
    return run("lint", "--newest", "1");
  }

  @Test
  void aColumnThatItUsesIsMissed() throws IOException {
    CommandLineRun run =
        lintedWith(
            "ANALYZE clients;\nUPDATE orders SET note = 'none' WHERE note IS NULL;\n",
            "ALTER TABLE orders DROP COLUMN note;\n");

    assertThat(run.status()).as(run.err() + run.out()).isEqualTo(1);
    assertThat(run.out())
        .contains("error[migration-fails]: UPDATE fails: column \"note\" does not exist.")
        .contains("afterMigrate.sql:2:39")
        .contains("2 | UPDATE orders SET note");
  }

  @Test
  void aTableThatItUsesIsMissed() throws IOException {
    assertThat(lintedWith("ANALYZE clients;\n", "DROP TABLE clients;\n").out())
        .contains("error[migration-fails]: ANALYZE fails: relation \"clients\" does not exist");
  }

  @Test
  void whatItLackedBeforeAndWhatItDoesBesidesAreNotTheChanges() throws IOException {
    CommandLineRun run =
        lintedWith(
            "CREATE INDEX ON orders (total);\nREFRESH MATERIALIZED VIEW of_production;\n",
            "ALTER TABLE orders ADD COLUMN more text;\n");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("no findings in 1 pending migration");
  }
}
