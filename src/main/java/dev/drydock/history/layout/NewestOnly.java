package dev.drydock.history.layout;

import dev.drydock.history.Version;

/** A tool that asks a database for its newest version alone, and runs what is newer than that. */
abstract sealed class NewestOnly extends Layout
    permits Tern,
        GoPg,
        Postgrator,
        MyBatis,
        GraphileMigrate,
        MaragudkMigrate,
        PostgresShift,
        GolangMigrate {
  NewestOnly() {}

  @Override
  public final boolean runsRenamed(Version now, Version then) {
    return now.compareTo(then) > 0;
  }
}
