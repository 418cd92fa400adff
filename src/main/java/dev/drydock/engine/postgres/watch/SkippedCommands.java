package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Cause;
import dev.drydock.schema.Function;
import dev.drydock.sql.BlockDecisions;
import dev.drydock.sql.BlockStatements;
import dev.drydock.sql.Comments;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the commands that stand in a DO block and that it did not come to: those of a branch it did
 * not take, or of a loop that had nothing to do.
 *
 * <p>The server tells where in the block a command ran that defines something. A data change is
 * known by the lock that it takes even if it finds no row.
 *
 * <p>What a block decides by the schema alone it decides as it would in production, and what it
 * passes over then is passed over there too.
 */
public final class SkippedCommands {
  /** They tell of rows, or of who and where one is; production may answer otherwise. */
  private static final Set<String> OF_PRODUCTION =
      Set.of(
          "reltuples",
          "relpages",
          "n_live_tup",
          "pg_relation_size",
          "pg_table_size",
          "pg_total_relation_size",
          "pg_database_size",
          "last_value",
          "current_setting",
          "current_database",
          "current_user",
          "session_user",
          "current_role",
          "now",
          "current_date",
          "current_timestamp",
          "clock_timestamp",
          "pg_is_in_recovery");

  private static final Set<String> OF_SERVER = Set.of("pg_catalog", "information_schema");

  private static final Set<String> BEFORE_TABLE = Set.of("from", "join", "table");

  private final Statement statement;
  private final Said said;
  private final Delta delta;
  private final List<BlockStatements.Writing> definitions;

  /** Where the branches and loops begin in which something ran. */
  private final Set<Integer> entered;

  private SkippedCommands(Statement statement, Said said, Delta delta) {
    this.statement = statement;
    this.said = said;
    this.delta = delta;
    String text = statement.text();
    this.definitions =
        NestedSource.isAsItRuns(text) ? BlockStatements.definitions(text) : List.of();
    this.entered =
        definitions.stream()
            .filter(this::ran)
            .flatMap(one -> BlockDecisions.around(text, one.start()).stream())
            .collect(Collectors.toSet());
  }

  /** Those of a statement that went through; of a data change those alone that leave no row out. */
  public static List<Cause> by(Statement statement, Said said, Delta delta) {
    if (!statement.syntax().command().equals("DO")) {
      return List.of();
    }
    SkippedCommands commands = new SkippedCommands(statement, said, delta);
    String text = statement.text();
    return Stream.of(
            commands.definitions.stream().filter(one -> !commands.ran(one)),
            BlockStatements.of(text).stream()
                .filter(BlockStatements.Writing::changesAllRows)
                .filter(commands::leftAlone),
            BlockStatements.of(text, "TRUNCATE").stream().filter(commands::leftAlone))
        .flatMap(found -> found)
        .filter(commands::isDecidedInProduction)
        .map(one -> NestedWork.cause(statement, one))
        .toList();
  }

  /** Whether something around it asks for what a replay does not know. */
  private boolean isDecidedInProduction(BlockStatements.Writing command) {
    List<String> decisions = BlockDecisions.before(statement.text(), command.start(), entered);
    Set<String> tables =
        delta.before().tables().map(table -> table.name().local()).collect(Collectors.toSet());
    Set<String> functions =
        delta
            .before()
            .objects(Function.class)
            .filter(function -> asksForRows(function, tables))
            .map(function -> function.name().local())
            .collect(Collectors.toSet());
    for (int i = 0; i < decisions.size(); i++) {
      String word = decisions.get(i);
      String next = i + 1 < decisions.size() ? decisions.get(i + 1) : "";
      if ((OF_PRODUCTION.contains(word) && !isCatalog(decisions, i))
          || (next.equals("(") && functions.contains(word))
          || (tables.contains(word) && isTable(decisions, i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean asksForRows(Function function, Set<String> tables) {
    Set<String> words = Mention.words(Comments.without(function.body()));
    return words.stream().anyMatch(word -> OF_PRODUCTION.contains(word) || tables.contains(word));
  }

  /** Whether it is the database that all of the information schema is about. */
  private static boolean isCatalog(List<String> words, int index) {
    return words.get(index).equals("current_database")
        && words.stream().anyMatch(word -> word.endsWith("_catalog") && !word.startsWith("pg_"));
  }

  private static boolean isTable(List<String> words, int index) {
    boolean qualified = index > 1 && words.get(index - 1).equals(".");
    if (qualified && OF_SERVER.contains(words.get(index - 2))) {
      return false;
    }
    int before = qualified ? index - 3 : index - 1;
    return before >= 0 && BEFORE_TABLE.contains(words.get(before));
  }

  private boolean ran(BlockStatements.Writing definition) {
    int line = line(definition);
    List<BlockStatements.Writing> others =
        definitions.stream()
            .filter(other -> other.start() != definition.start() && line(other) == line)
            .toList();
    return said.cameTo()
        .filter(context -> context.function().isEmpty() && context.line() == line)
        .anyMatch(
            context -> has(context, definition) || others.stream().noneMatch(o -> has(context, o)));
  }

  private int line(BlockStatements.Writing definition) {
    return NestedSource.line(statement.text(), definition.start());
  }

  /** Of two on a line the text tells which it was; an EXECUTE may have run several. */
  private static boolean has(DdlEvent.Context context, BlockStatements.Writing definition) {
    return context.sql().isEmpty() || plain(context.sql()).contains(plain(definition.sql()));
  }

  private static String plain(String sql) {
    return Comments.without(sql).strip().replaceAll("\\s+", " ");
  }

  /** Whether it is certain that nothing has locked the table it names as such a change does. */
  private boolean leftAlone(BlockStatements.Writing change) {
    List<Long> named =
        delta
            .before()
            .tables()
            .filter(table -> table.name().local().equals(change.table()))
            .map(table -> Long.parseLong(table.id()))
            .toList();
    return delta.oneTransaction()
        && !BlockDecisions.mayBeUndone(statement.text(), change.end())
        && !named.isEmpty()
        && named.stream().noneMatch(id -> delta.writing().contains(id) || mayHaveEmptied(id));
  }

  private boolean mayHaveEmptied(long id) {
    LockMode taken = delta.locks().get(id);
    return taken != null && taken.compareTo(LockMode.ROW_EXCLUSIVE) >= 0;
  }
}
