package dev.drydock.engine.postgres.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.replay.Session;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asks the migrating session itself, through functions that run with the observer's rights, what
 * only it can see before the commit, and keeps what it said of itself last.
 */
final class Probe {
  /**
   * From here on a session can be told to hand in its counters, so that a transaction starts at
   * zero.
   */
  private static final int FLUSHABLE = 15;

  private static final String FLUSH = "pg_catalog.pg_stat_force_next_flush()";

  private final Connection migrating;
  private final int major;
  private final CatalogReader reader;
  private Session session = new Session("0", "0", "0", "");
  private String role = "none";

  /** Whether the counters were handed in when the last transaction ended. */
  private boolean flushed;

  /** Whether the migration may have set a limit that would end a question. */
  private boolean limited;

  /**
   * What the session sees.
   *
   * @param probe settings, and counters and files of the relations that were asked about
   * @param relations the definitions that were asked for, as {@code drydock.relations()} has them
   * @param others what {@code drydock.others()} has of what was asked for
   */
  record Answer(JsonNode probe, String relations, String others) {

    /** The tables of indexes that the schema did not know yet, and that no one asked for. */
    Set<Long> tablesBeside(Set<Long> asked) {
      Set<Long> tables = new TreeSet<>();
      for (JsonNode relation : probe.path("relations")) {
        long table = relation.get(9).asLong();
        if (table != 0 && asked.contains(relation.get(0).asLong()) && !asked.contains(table)) {
          tables.add(table);
        }
      }
      return tables;
    }
  }

  /**
   * @param major version of the server
   */
  Probe(Connection migrating, int major, CatalogReader reader) {
    this.migrating = migrating;
    this.major = major;
    this.reader = reader;
  }

  /** The settings of the session as they were when it was asked last. */
  Session session() {
    return session;
  }

  /** The other role that the migration acted for when it was asked last. */
  Optional<String> actingRole() {
    return role.equals("none") ? Optional.empty() : Optional.of(role);
  }

  /**
   * From now on, limits of the session are lifted before anything is asked. To be called outside a
   * transaction.
   */
  void expectLimits() throws SQLException {
    if (!limited) {
      // Once before there is a limit: what the server has compiled is done in well under one.
      try (Statement statement = migrating.createStatement()) {
        statement.execute(Timeouts.LIFT);
      }
      limited = true;
    }
  }

  /** Whether the server can be told to take the counters, so that they start at zero. */
  boolean handsCountersIn() {
    return major >= FLUSHABLE;
  }

  /** Hands the counters in, unless that was done when the last transaction ended. */
  void handCountersIn() throws SQLException {
    if (handsCountersIn() && !flushed) {
      try (Statement statement = migrating.createStatement()) {
        statement.execute("select " + FLUSH);
      }
    }
    flushed = false;
  }

  /** Asks what a transaction left of the settings, and hands the counters in by the same way. */
  void ended() throws SQLException {
    end("");
  }

  /**
   * Ends the transaction, and asks the same.
   *
   * @throws SQLException when the commit is refused; the transaction is rolled back
   */
  void commit() throws SQLException {
    // In one message, which saves a round trip for each statement that commits by itself.
    end("commit; ");
  }

  private void end(String command) throws SQLException {
    probe(command + ending());
    flushed = true;
  }

  private String ending() {
    return (limited ? Timeouts.LIFT : "")
        + "select drydock.probe('{}')"
        + (handsCountersIn() ? ", " + FLUSH : "");
  }

  /** The probe's words on all relations of the user. */
  JsonNode all() throws SQLException {
    return probe(lifting() + "select drydock.probe(drydock.user_relations())");
  }

  /** Those of the marks of reports that no rollback has taken back. */
  Set<String> standing(Collection<String> marks) throws SQLException {
    try (Statement statement = migrating.createStatement()) {
      statement.execute(
          lifting() + "select drydock.standing('{%s}')".formatted(String.join(",", marks)));
      Array answer = next(statement).getArray(1);
      return answer == null ? Set.of() : Set.of((String[]) answer.getArray());
    }
  }

  /** Oids of the relations of the user. */
  Set<Long> userRelations() throws SQLException {
    Set<Long> oids = new TreeSet<>();
    try (Statement statement = migrating.createStatement()) {
      statement.execute(
          lifting() + "select pg_catalog.unnest(drydock.user_relations())::pg_catalog.int8");
      try (ResultSet answer = rows(statement)) {
        while (answer.next()) {
          oids.add(answer.getLong(1));
        }
      }
    }
    return oids;
  }

  /**
   * Asks all at once.
   *
   * @param mentioned relations whose counters and files are wanted
   * @param touched relations whose definitions are wanted
   * @param others what of schemas, types, functions and extensions is wanted too
   */
  Answer ask(Set<Long> mentioned, Set<Long> touched, OtherObjects others) throws SQLException {
    try (Statement statement = migrating.createStatement()) {
      statement.execute(lifting() + question(mentioned, touched, others));
      return answer(statement);
    }
  }

  /**
   * The same, and {@link #commit()} in the same message.
   *
   * @throws SQLException also when the commit is refused; the transaction is rolled back
   */
  Answer askAndCommit(Set<Long> mentioned, Set<Long> touched, OtherObjects others)
      throws SQLException {
    try (Statement statement = migrating.createStatement()) {
      statement.execute(lifting() + question(mentioned, touched, others) + "; commit; " + ending());
      Answer answer = answer(statement);
      statement.getMoreResults();
      last(statement);
      flushed = true;
      return answer;
    }
  }

  /** What comes before a question in a transaction. */
  String lifting() {
    return limited ? Timeouts.LIFT_HERE : "";
  }

  private static String question(Set<Long> mentioned, Set<Long> touched, OtherObjects others) {
    return "select drydock.probe(%s), %s, %s"
        .formatted(
            array(mentioned),
            touched.isEmpty() ? "'{}'" : "drydock.relations(" + array(touched) + ")",
            others.question());
  }

  private Answer answer(Statement statement) throws SQLException {
    try (ResultSet answer = next(statement)) {
      return new Answer(remember(answer.getString(1)), answer.getString(2), answer.getString(3));
    }
  }

  /**
   * @param script ends with a query whose first column is the probe
   */
  private JsonNode probe(String script) throws SQLException {
    try (Statement statement = migrating.createStatement()) {
      statement.execute(script);
      return last(statement);
    }
  }

  /** What the last query of a script answered. */
  private JsonNode last(Statement statement) throws SQLException {
    return remember(next(statement).getString(1));
  }

  /** The row of the first query from here on. */
  private static ResultSet next(Statement statement) throws SQLException {
    ResultSet answer = rows(statement);
    answer.next();
    return answer;
  }

  /** What the first query from here on answered; a command before it answers nothing. */
  private static ResultSet rows(Statement statement) throws SQLException {
    ResultSet answer = statement.getResultSet();
    while (answer == null) {
      statement.getMoreResults();
      answer = statement.getResultSet();
    }
    return answer;
  }

  /** Takes what {@code drydock.probe()} answered for what the session is now. */
  JsonNode remember(String text) {
    JsonNode probe = reader.parse(text);
    role = probe.path("role").asText();
    session =
        new Session(
            probe.path("lock_timeout").asText(),
            Timeouts.meant(probe.path("statement_timeout").asText()),
            Timeouts.meant(probe.path("idle_timeout").asText()),
            // What Drydock calls itself is not what the migration does.
            probe.path("application_name").asText().replaceFirst("^drydock$", ""));
    return probe;
  }

  static String array(Set<Long> oids) {
    return oids.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'"));
  }
}
