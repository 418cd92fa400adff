package dev.drydock.history.layout;

import dev.drydock.history.Version;
import java.util.Optional;

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

  @Override
  public String whenEdited() {
    return "%s keeps no checksum and does not run it again there".formatted(tool());
  }

  @Override
  public String whenRenamed() {
    return "%s goes by the newest number alone, so databases that ran it under the old one run it again if they are below the new one"
        .formatted(tool());
  }

  @Override
  public Optional<String> whenLowered() {
    return Optional.of(
        "%s goes by the newest number alone, so databases that ran it do not run it again, and those past the new number that have not run it never do"
            .formatted(tool()));
  }

  @Override
  public String whenOlder() {
    return "%s keeps only the newest number, so databases that have that one never run it"
        .formatted(tool());
  }
}
