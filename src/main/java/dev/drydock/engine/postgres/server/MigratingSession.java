package dev.drydock.engine.postgres.server;

import dev.drydock.replay.ReplayPlan;
import dev.drydock.sql.PsqlCommand;
import dev.drydock.sql.Statement;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** The session that runs migrations, one statement at a time as psql sends them. */
public final class MigratingSession implements AutoCloseable {
  private static final int MOST_CALLS = 2;

  private static final Pattern COPY_OUT =
      Pattern.compile("\\bto\\s+stdout\\b", Pattern.CASE_INSENSITIVE);

  private final Connection connection;
  private final java.sql.Statement statement;
  private final ReplayPlan plan;
  private final Watchdog watchdog;

  /** What the migrations call the database they are in, once one has said so. */
  private String database = "";

  /** A statement was ended because it passed a limit. */
  public static final class LimitPassed extends SQLException {
    private static final long serialVersionUID = 1;

    LimitPassed(String limit, SQLException cause) {
      super(limit, "57014", cause);
    }

    /** The failure, told as what it is where an answer was too long to be read. */
    public static SQLException in(SQLException failure) {
      return failure.getCause() instanceof UnixSocketFactory.AnswerTooLong flood
          ? new LimitPassed(flood.getMessage(), failure)
          : failure;
    }
  }

  private MigratingSession(
      Connection connection, java.sql.Statement statement, ReplayPlan plan, Watchdog watchdog) {
    this.connection = connection;
    this.statement = statement;
    this.plan = plan;
    this.watchdog = watchdog;
  }

  /** Connects as the migrating role. */
  public static MigratingSession open(
      Server server, String database, ReplayPlan plan, Watchdog watchdog) throws SQLException {
    Connection connection = server.connectMigrator(database);
    java.sql.Statement statement = connection.createStatement();
    // The driver would read {braces} as its own escapes.
    statement.setEscapeProcessing(false);
    MigratingSession session = new MigratingSession(connection, statement, plan, watchdog);
    session.reset();
    return session;
  }

  public Connection connection() {
    return connection;
  }

  /** The statement object whose warnings are those of the last statement run. */
  public java.sql.Statement last() {
    return statement;
  }

  int backend() throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  /**
   * Forgets role and settings, as between two migrations: in production each may run in a session
   * of its own, so none may rely on what an earlier one has set. What the tool sets in each of its
   * sessions is set anew.
   */
  public void reset() throws SQLException {
    run(resetting());
  }

  /** The SQL of {@link #reset()}. */
  public String resetting() {
    return "reset session authorization; reset all; %s; %s"
        .formatted(settingZone(plan.timeZone()), plan.session());
  }

  /**
   * In an offset by its name, such as UTC+3, the server would read the sign the other way round.
   */
  private static String settingZone(ZoneId zone) {
    return ZoneId.getAvailableZoneIds().contains(zone.getId())
        ? "set timezone to '%s'".formatted(zone.getId())
        : "set time zone interval '%s' hour to minute"
            .formatted(
                DateTimeFormatter.ofPattern("xxx")
                    .format(zone.getRules().getOffset(Instant.EPOCH)));
  }

  /** Runs one of Drydock's own commands. */
  public void run(String sql) throws SQLException {
    statement.execute(sql);
    statement.clearWarnings();
  }

  /**
   * Runs a statement of a migration.
   *
   * @throws LimitPassed when it was ended because it took too long or too much space
   */
  public void run(Statement migrating, Duration limit) throws SQLException {
    send(() -> execute(migrating), limit);
  }

  /**
   * Runs a statement of a migration, or what takes its place, and asks a question right after it:
   * in the same message where one can be added to it.
   *
   * @param instead the SQL to run, when it is not that of the statement; what the server says to it
   *     is kept all the same
   * @param question a query, or a script that ends with one
   * @return the first column of its first row
   * @throws LimitPassed when the statement was ended because it took too long or too much space
   */
  public String runAndAsk(
      Statement migrating, Optional<String> instead, String question, Duration limit)
      throws SQLException {
    if (instead.isEmpty() && (migrating.kind() != Statement.Kind.SQL || isCopyOut(migrating))) {
      run(migrating, limit);
      return ask(question);
    }
    String sql = instead.orElseGet(() -> StandInSql.of(migrating, connection));
    send(() -> statement.execute(sql + "\n;\n" + question), limit);
    return lastAnswer(statement);
  }

  /**
   * What the last query of a script of Drydock's own answers, in the first column of its first row.
   */
  public String ask(String question) throws SQLException {
    try (java.sql.Statement asking = connection.createStatement()) {
      asking.setEscapeProcessing(false);
      asking.execute(question);
      return lastAnswer(asking);
    }
  }

  /**
   * What a question of a migration's answers, in the first column of its first row; empty where
   * that is null or there is none.
   *
   * @throws LimitPassed when it was ended because it took too long or too much space
   */
  public String ask(String question, Duration limit) throws SQLException {
    send(() -> statement.execute(question), limit);
    try (ResultSet answer = statement.getResultSet()) {
      String text = answer != null && answer.next() ? answer.getString(1) : null;
      return text == null ? "" : text;
    }
  }

  /** What the last query of a message answered: there may be others, one that a rule adds too. */
  private static String lastAnswer(java.sql.Statement asked) throws SQLException {
    ResultSet last = asked.getResultSet();
    // To the driver a CALL looks like the end; of these the message may have one, and one of ours.
    for (int ends = 0; ends <= MOST_CALLS; ) {
      if (asked.getMoreResults(java.sql.Statement.KEEP_CURRENT_RESULT)) {
        last = asked.getResultSet();
      } else if (asked.getUpdateCount() == -1) {
        ends++;
      }
    }
    last.next();
    return last.getString(1);
  }

  /**
   * Tries a command in the open transaction, and takes back what it did.
   *
   * @return why it was refused
   */
  public Optional<SQLException> attempt(String command, Duration limit) throws SQLException {
    try (java.sql.Statement attempting = connection.createStatement()) {
      attempting.setEscapeProcessing(false);
      attempting.execute("savepoint drydock_attempt");
      Optional<SQLException> refusal = Optional.empty();
      try {
        send(() -> attempting.execute(command), limit);
      } catch (SQLException e) {
        refusal = Optional.of(e);
      }
      attempting.execute("rollback to savepoint drydock_attempt");
      attempting.execute("release savepoint drydock_attempt");
      return refusal;
    }
  }

  /**
   * Runs a script of several statements in one round trip.
   *
   * @throws LimitPassed when it was ended because it took too long or too much space
   */
  public void run(String script, Duration limit) throws SQLException {
    send(() -> run(script), limit);
  }

  /** Something that is sent to the server. */
  private interface Sending {
    void send() throws SQLException;
  }

  /** Something that is sent to the server and answered. */
  public interface Asking<T> {
    T ask() throws SQLException;
  }

  private void send(Sending sending, Duration limit) throws SQLException {
    watched(
        () -> {
          sending.send();
          return true;
        },
        limit);
  }

  /**
   * Sends what runs a migration's code in this session without being a statement of it, as a commit
   * runs the triggers that wait for it.
   *
   * @throws LimitPassed when it was ended because it took too long or too much space
   */
  public <T> T watched(Asking<T> asking, Duration limit) throws SQLException {
    watchdog.watch(backend(), limit);
    T answer = null;
    SQLException failure = null;
    try {
      answer = asking.ask();
    } catch (SQLException e) {
      failure = e;
    }
    Optional<String> passed = watchdog.done();
    if (passed.isPresent()) {
      throw new LimitPassed(passed.get(), failure);
    }
    if (failure != null) {
      throw LimitPassed.in(failure);
    }
    return answer;
  }

  private void execute(Statement migrating) throws SQLException {
    switch (migrating.kind()) {
      case SQL -> {
        String sql = StandInSql.of(migrating, connection);
        if (isCopyOut(migrating)) {
          copyOut(sql);
        } else {
          statement.execute(sql);
        }
      }
      case COPY -> {
        try {
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(migrating.sql().sql(), new StringReader(migrating.copyData()));
        } catch (IOException e) {
          throw new SQLException(
              "the rows of COPY could not be sent: " + e.getMessage(), "08006", e);
        }
      }
      case META -> command(migrating.sql().sql());
    }
  }

  /** A connection to another database is one to this here, unless there are several. */
  private void command(String command) throws SQLException {
    Optional<String> connects = PsqlCommand.connects(command);
    boolean other = connects.filter(name -> !name.isEmpty() && !name.equals(database)).isPresent();
    if (connects.isPresent() && (!other || database.isEmpty())) {
      database = other ? connects.get() : database;
      reset();
    } else if (!PsqlCommand.isHarmless(command)) {
      throw new SQLException(
          "%s is a command of psql, which only psql can run".formatted(command.split("\\s", 2)[0]),
          "42601");
    }
  }

  /** Whether the driver wants to be asked in another way for what the statement answers. */
  private static boolean isCopyOut(Statement migrating) {
    return migrating.syntax().command().equals("COPY") && COPY_OUT.matcher(migrating.text()).find();
  }

  private void copyOut(String sql) throws SQLException {
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(sql, OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new SQLException("the rows of COPY could not be read: " + e.getMessage(), "08006", e);
    }
  }

  public boolean inTransaction() throws SQLException {
    return state() != TransactionState.IDLE;
  }

  /** Whether a transaction is open in which statements can still be run. */
  public boolean isSound() throws SQLException {
    return state() == TransactionState.OPEN;
  }

  private TransactionState state() throws SQLException {
    return connection.unwrap(BaseConnection.class).getTransactionState();
  }

  /** Whether the connection still stands after a failure. */
  public boolean isUsable() {
    try {
      return !connection.isClosed() && connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
