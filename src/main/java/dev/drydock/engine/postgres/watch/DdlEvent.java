package dev.drydock.engine.postgres.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an event trigger of the observer reported.
 *
 * @param tag command tag
 * @param type kind of the object, e.g. {@code index}; empty for a rewrite
 * @param identity the object as the server writes it; empty for a rewrite
 * @param catalog oid of the catalog the object is in, 0 when the server does not say
 * @param object oid of the object, 0 when the server does not say
 * @param part number of the column it is about, 0 for the whole object
 * @param reason why a table is rewritten, as PostgreSQL's bit set; 0 otherwise
 * @param transaction number of the transaction it happened in: a procedure may begin several
 * @param context where in a block or function the command stands; absent for the statement itself
 * @param mark what the report left behind until a rollback takes it back with what was done; empty
 *     for one from outside blocks and functions
 * @param held the locks held when a nested command had ended
 * @param writing the relations on which ROW EXCLUSIVE was among them
 * @param counted what the counters of those relations said then
 */
record DdlEvent(
    Kind kind,
    String tag,
    String type,
    String identity,
    long catalog,
    long object,
    int part,
    int reason,
    String transaction,
    Optional<Context> context,
    String mark,
    Map<Long, LockMode> held,
    Set<Long> writing,
    Map<Long, Counts> counted) {
  /** Which trigger reported it, by the word that the observer has for it. */
  enum Kind {
    COMMAND,
    DROP,
    REWRITE,
    /** No more than that a command inside a block or function begins. */
    START,
    /** No more than that it has run. */
    RAN;

    boolean tellsOfWork() {
      return this != START && this != RAN;
    }
  }

  /** Oid of {@code pg_class}. */
  static final long RELATIONS = 1259;

  /** Oid of {@code pg_namespace}. */
  static final long SCHEMAS = 2615;

  /**
   * Oids of {@code pg_publication}, {@code pg_publication_rel} and {@code
   * pg_publication_namespace}.
   */
  static final Set<Long> PUBLICATIONS = Set.of(6104L, 6106L, 6237L);

  /** Oids of {@code pg_type}, {@code pg_proc}, {@code pg_namespace} and {@code pg_extension}. */
  static final Set<Long> OTHERS = Set.of(1247L, 1255L, SCHEMAS, 3079L);

  /**
   * Oids of {@code pg_attrdef}, {@code pg_constraint}, {@code pg_rewrite}, {@code pg_trigger} and
   * {@code pg_policy}.
   */
  private static final Set<Long> HANGING_ON_A_TABLE = Set.of(2604L, 2606L, 2618L, 2620L, 3256L);

  private static final String NAME = "(?:\"(?:[^\"]|\"\")*\"|[^\".]+)";

  /** How the identity of what hangs on a table ends or, that of a default, is. */
  private static final Pattern ON_TABLE =
      Pattern.compile(" on (?:%1$s\\.)?(%1$s)$|^for (?:%1$s\\.)?(%1$s)\\.%1$s$".formatted(NAME));

  /** The message every notice of the observer has. */
  private static final String MESSAGE = "DRYDOCK";

  /** How PostgreSQL names its functions; no migration can make one in that schema. */
  private static final String SPEAKER = "PL/pgSQL function drydock.on_";

  private static final Pattern FRAME = Pattern.compile("PL/pgSQL function (.+?) line (\\d+) at .*");

  /** Of a function whose body is SQL it is said which of its statements ran. */
  private static final Pattern SQL_FRAME =
      Pattern.compile("SQL function \"(.+)\" statement (\\d+)");

  private static final String BLOCK = "inline_code_block";
  private static final String STATEMENT = "SQL statement \"";

  /**
   * A place in the source text of a block or function.
   *
   * @param function its signature; of one in SQL its name alone; empty for a DO block
   * @param line from 1, counted from the character after the opening quote; of a function in SQL
   *     the number of the statement
   * @param sql the command that ran there; empty when the server does not say
   */
  record Context(String function, int line, String sql) {}

  /** Whether a notice is the observer's; a migration may raise one with the same words. */
  static boolean isFrom(ServerErrorMessage notice) {
    return MESSAGE.equals(notice.getMessage())
        && notice.getWhere() != null
        && notice.getWhere().startsWith(SPEAKER);
  }

  static DdlEvent of(JsonNode detail) {
    Map<Long, LockMode> held = new LinkedHashMap<>();
    Set<Long> writing = new HashSet<>();
    Map<Long, Counts> counted = new HashMap<>();
    for (JsonNode lock : detail.path("locks")) {
      long relation = lock.get(0).asLong();
      LockMode mode = LockMode.ofCatalog(lock.get(1).asText());
      held.merge(relation, mode, LockMode::stronger);
      if (mode == LockMode.ROW_EXCLUSIVE) {
        writing.add(relation);
      }
      counted.put(relation, Counts.of(lock, 2));
    }
    return new DdlEvent(
        Kind.valueOf(detail.path("event").asText().toUpperCase(Locale.ROOT)),
        detail.path("tag").asText(),
        detail.path("type").asText(""),
        detail.path("identity").asText(""),
        detail.path("class").asLong(),
        detail.path("object").asLong(),
        detail.path("part").asInt(),
        detail.path("reason").asInt(),
        detail.path("transaction").asText(""),
        context(detail.path("context").asText("")),
        detail.path("mark").asText(""),
        held,
        writing,
        counted);
  }

  /**
   * Reads PostgreSQL's call stack, innermost first: the observer's own function, the SQL it was
   * called for, the function that ran it, and so on outwards. What the migration's author wrote is
   * the outermost.
   */
  private static Optional<Context> context(String stack) {
    int ownLine = stack.indexOf('\n');
    if (ownLine < 0) {
      return Optional.empty();
    }
    String rest = stack.substring(ownLine + 1);
    List<String> lines = new ArrayList<>(rest.lines().toList());
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher frame = FRAME.matcher(lines.get(i));
      if (frame.matches()) {
        String function = frame.group(1).equals(BLOCK) ? "" : frame.group(1);
        return Optional.of(
            new Context(function, Integer.parseInt(frame.group(2)), statementBefore(lines, i)));
      }
      Matcher sql = SQL_FRAME.matcher(lines.get(i));
      if (sql.matches()) {
        return Optional.of(new Context(sql.group(1), Integer.parseInt(sql.group(2)), ""));
      }
    }
    return Optional.empty();
  }

  private static String statementBefore(List<String> lines, int frame) {
    int start = frame - 1;
    while (start >= 0 && !lines.get(start).startsWith(STATEMENT)) {
      start--;
    }
    if (start < 0) {
      return "";
    }
    String text = String.join("\n", lines.subList(start, frame)).substring(STATEMENT.length());
    int end = text.lastIndexOf('"');
    return end < 0 ? text : text.substring(0, end);
  }

  /** Whether it is about the object that has that id as a relation. */
  boolean isOf(String relation) {
    return String.valueOf(object).equals(relation);
  }

  /** Whether a command inside the statement reported it, and not the statement itself. */
  boolean isNested() {
    return context.isPresent();
  }

  /** Whether it is about what belongs to a table, whose oid the server does not say. */
  boolean hangsOnTable() {
    return HANGING_ON_A_TABLE.contains(catalog);
  }

  /** The local name of the table that the object hangs on; empty when that cannot be told. */
  Optional<String> table() {
    Matcher matcher = ON_TABLE.matcher(identity);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return Optional.of(
        name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name);
  }

  /** The id that the schema has for the object. */
  String schemaId() {
    if (catalog == RELATIONS) {
      return part > 0 ? object + "." + part : String.valueOf(object);
    }
    String kind =
        switch (type) {
          case "table constraint" -> "constraint";
          case "procedure", "aggregate" -> "function";
          default -> type;
        };
    return kind + ":" + object;
  }

  /**
   * PostgreSQL's reasons for a rewrite, from the documentation of
   * pg_event_trigger_table_rewrite_reason().
   */
  String reasonText() {
    List<String> reasons = new ArrayList<>();
    if ((reason & 1) != 0) {
      reasons.add("persistence");
    }
    if ((reason & 2) != 0) {
      reasons.add("default");
    }
    if ((reason & 4) != 0) {
      reasons.add("column type");
    }
    if ((reason & 8) != 0) {
      reasons.add("access method");
    }
    return String.join(" and ", reasons);
  }
}
