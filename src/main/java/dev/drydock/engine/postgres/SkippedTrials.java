package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.watch.Observer;
import dev.drydock.replay.Cause;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Table;
import dev.drydock.sql.Mention;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tries the commands that a block did not come to, each by itself in a transaction that is rolled
 * back. One that the server refuses, or that does nothing, is for another state of the database
 * than the one production is taken to be in, and is not told.
 */
final class SkippedTrials {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Set<String> WRITING = Set.of("UPDATE", "DELETE", "MERGE", "TRUNCATE");

  private final GuardedWork guarded;
  private final Observer observer;

  SkippedTrials(GuardedWork guarded, Observer observer) {
    this.guarded = guarded;
    this.observer = observer;
  }

  /**
   * The observations, with what remains of the commands that they passed over, and of those taken
   * back.
   *
   * @throws SQLException when the server is gone
   */
  List<Observation> tried(List<Observation> observations) throws SQLException {
    List<Observation> known = new ArrayList<>(observations);
    for (int i = 0; i < known.size(); i++) {
      Observation observation = known.get(i);
      if (!observation.skipped().isEmpty() || !observation.reverted().isEmpty()) {
        known.set(
            i,
            observation.withUnkept(
                possible(observation.skipped()),
                observation.reverted().stream().filter(this::isAboutProduction).toList()));
      }
    }
    return List.copyOf(known);
  }

  private List<Cause> possible(List<Cause> skipped) throws SQLException {
    List<Cause> possible = new ArrayList<>();
    if (skipped.isEmpty()) {
      return possible;
    }
    guarded.run(
        LIMIT,
        statement -> {
          statement.getConnection().setAutoCommit(false);
          statement.setEscapeProcessing(false);
          for (Cause command : skipped) {
            if (isAboutProduction(command) && does(statement, command)) {
              possible.add(command);
            }
            statement.getConnection().rollback();
          }
        });
    return possible;
  }

  /** What the change itself makes keeps nobody waiting. */
  private boolean isAboutProduction(Cause command) {
    Set<String> words = Mention.words(command.sql());
    return observer
        .schema()
        .base()
        .objects()
        .flatMap(
            object ->
                object instanceof Table table
                    ? Stream.concat(Stream.of(object), table.indexes().stream())
                    : Stream.of(object))
        .anyMatch(object -> Mention.mayBe(object.name().local(), words));
  }

  private boolean does(Statement statement, Cause command) throws SQLException {
    statement.clearWarnings();
    try {
      statement.execute(command.sql());
    } catch (SQLException e) {
      return false;
    }
    return WRITING.contains(command.command()) || !observer.said(statement).events().isEmpty();
  }
}
