package dev.drydock.cli;

import dev.drydock.engine.postgres.PostgresEngine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the query that asks production how large its tables are. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the query that asks production how large its tables are. With the answer in a file of the repository, what"
          + " grows with a table is information on a small one and an error on a large one.",
      "",
      "The query reads the catalog and no row, changes nothing, and any role may run it on PostgreSQL 13 or newer:",
      "",
      "  drydock stats | psql -v ON_ERROR_STOP=1 -qAtX \"$DATABASE_URL\" > .drydock-sizes.json"
    })
final class StatsCommand implements Callable<Integer> {
  private final Environment environment;

  StatsCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    environment.out().print(PostgresEngine.tableSizesQuery());
    environment.out().flush();
    return ExitStatus.CLEAN.code();
  }
}
