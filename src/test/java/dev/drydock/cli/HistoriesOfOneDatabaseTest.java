package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two series of migrations for one database, of which one needs what the other makes. */
@Timeout(300)
class HistoriesOfOneDatabaseTest extends InDirectory {
  private static final String KIND = "create type orderkind as enum ('buy', 'sell');\n";

  @BeforeEach
  void theSecondNeedsTheFirst() {
    write("a/V1__kind.sql", KIND);
    write("a/V2__tags.sql", "create table tags (id bigint primary key);\n");
    write("b/V1__orders.sql", "create table orders (id bigint primary key, kind orderkind);\n");
    write("b/V2__note.sql", "alter table orders add column note text;\n");
  }

  private CommandLineRun newest() {
    return run("lint", "--newest", "1", "--dir", "a", "--dir", "b");
  }

  @Test
  void theFileOfTheOtherThatMakesWhatIsMissingIsNamed() throws IOException {
    CommandLineRun run = newest();

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "a/V1__kind.sql makes it, which is of another history: when both are for one database,"
                + " name that file under `before:` in .drydock.yml");

    write(".drydock.yml", "before: [a/V1__kind.sql]\n");
    CommandLineRun followed = newest();
    assertThat(followed.status()).as(followed.err() + followed.out()).isZero();
    assertThat(followed.out()).contains("no findings in 2 pending migrations; 2 applied");
  }

  @Test
  void itIsNamedForANewMigrationToo() {
    CommandLineRun run = run("lint", "--newest", "2", "--dir", "a", "--dir", "b");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "type \"orderkind\" does not exist",
            "Set-up may be what is missing: a/V1__kind.sql makes it, which is of another history");
  }

  @Test
  void aCopyThatRunsBeforeTheOriginalIsNamed() throws IOException {
    write("kind.sql", KIND);
    write(".drydock.yml", "before: [kind.sql]\n");
    CommandLineRun run = newest();

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("type \"orderkind\" already exists")
        .contains(
            "kind.sql made it, which `before:` in .drydock.yml runs before the migrations of each"
                + " history: when it is a copy of a migration, name the migration itself there");
  }
}
