package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.replay.SequenceBehind;
import dev.drydock.schema.Name;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks which sequences the change leaves at their beginning, where the table has numbers that they
 * come to yet: those it makes, and those it sets back.
 *
 * <p>In a replay no sequence has given a number to the generated rows. Those of production have,
 * and so one that has not begun is moved on a little before the change: then it shows when it was
 * set back.
 */
final class Numbering {
  /** Without one of these words no sequence is set back. */
  private static final Pattern SETS_BACK =
      Pattern.compile("\\b(restart|setval)\\b", Pattern.CASE_INSENSITIVE);

  /** The number of the rows in production says where it ends up; one generated row does not. */
  private static final Pattern SETS_TO_COUNT =
      Pattern.compile("\\bsetval\\b[^;]*\\bcount\\s*\\(", Pattern.CASE_INSENSITIVE);

  /** The columns that sequences number, of those alone that refuse a number twice. */
  private static final String NUMBERED =
      """
      select s.oid::text as sequence, n.nspname, s.relname, u.relid::text as relation, a.attname,
        q.seqmin, q.seqmax, q.seqincrement
      from (
        select d.objid as seqid, d.refobjid as relid, d.refobjsubid as attnum
        from pg_depend d
        where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
          and d.deptype = 'i' and d.refobjsubid > 0
        union
        select d.refobjid, f.adrelid, f.adnum
        from pg_depend d
        join pg_attrdef f on f.oid = d.objid
        where d.classid = 'pg_attrdef'::regclass and d.refclassid = 'pg_class'::regclass
          and pg_get_expr(f.adbin, f.adrelid) ~ '^nextval\\([^()]*\\)$'
      ) u
      join pg_class s on s.oid = u.seqid and s.relkind = 'S'
      join pg_namespace n on n.oid = s.relnamespace
      join pg_sequence q on q.seqrelid = s.oid and q.seqincrement > 0
      join pg_attribute a on a.attrelid = u.relid and a.attnum = u.attnum
        and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
      where exists (
        select from pg_index i
        where i.indrelid = u.relid and i.indisunique and i.indisvalid and i.indpred is null
          and i.indnkeyatts = 1 and i.indkey[0] = u.attnum)
      order by 2, 3, 4, 5
      """;

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final CanaryRows canaries;
  private final GuardedWork guarded;

  /** The next number of each sequence that production has, where the change may set it back. */
  private final Map<String, Long> before = new HashMap<>();

  private boolean counted;

  private record Use(
      String sequence,
      String name,
      String table,
      String column,
      long least,
      long greatest,
      long step) {
    private long next(long last, boolean called) {
      return called ? last + step : last;
    }
  }

  private record Position(long last, boolean called) {}

  Numbering(CanaryRows canaries, GuardedWork guarded) {
    this.canaries = canaries;
    this.guarded = guarded;
  }

  /**
   * To be called when the generated rows are there and the change has not begun.
   *
   * @param change the text of the pending migrations
   */
  void before(String change) throws SQLException {
    counted = SETS_TO_COUNT.matcher(change).find();
    if (counted || !SETS_BACK.matcher(change).find()) {
      return;
    }
    // One that the migrating role may not touch it cannot set back either.
    guarded.run(
        LIMIT,
        statement -> {
          for (Use use : uses(statement, use -> canaries.stand(use.table()))) {
            if (position(statement, use).last() == use.least()) {
              statement.execute(
                  "select pg_catalog.setval(%s::oid::regclass, %d)"
                      .formatted(
                          use.sequence(), Math.min(use.greatest(), use.least() + 2 * use.step())));
            }
            Position now = position(statement, use);
            before.put(use.sequence(), use.next(now.last(), now.called()));
          }
        });
  }

  /**
   * The sequences that are behind at the end.
   *
   * @param base the schema when the change had not begun
   * @param end the schema now
   */
  List<SequenceBehind> after(Schema base, Schema end) throws SQLException {
    Set<String> made =
        end.objects()
            .filter(object -> object instanceof Sequence && base.object(object.id()).isEmpty())
            .map(object -> object.id())
            .collect(Collectors.toSet());
    // A query that looked for the greatest number may not have found the row it should have.
    if (counted || canaries.wereTaken() || (made.isEmpty() && before.isEmpty())) {
      return List.of();
    }
    List<SequenceBehind> behind = new ArrayList<>();
    // What the role may not read at the end cannot be told of.
    guarded.run(
        LIMIT,
        statement -> {
          for (Use use :
              uses(
                  statement,
                  use ->
                      (made.contains(use.sequence()) || before.containsKey(use.sequence()))
                          && isOfProduction(use.table(), base, end))) {
            Position now = position(statement, use);
            long next = use.next(now.last(), now.called());
            boolean setBack = before.getOrDefault(use.sequence(), Long.MAX_VALUE) > next;
            if (now.last() == use.least() && setBack && isTaken(statement, end, use, next)) {
              behind.add(new SequenceBehind(use.sequence(), use.table(), use.column(), next));
            }
          }
        });
    return behind;
  }

  /** Whether production has the table, or one whose place it takes. */
  private static boolean isOfProduction(String table, Schema base, Schema end) {
    return base.table(table).isPresent()
        || end.table(table).map(Table::name).flatMap(base::table).isPresent();
  }

  private static List<Use> uses(Statement statement, Predicate<Use> wanted) throws SQLException {
    List<Use> uses = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(NUMBERED)) {
      while (rows.next()) {
        uses.add(
            new Use(
                rows.getString("sequence"),
                Quoted.name(new Name(rows.getString("nspname"), rows.getString("relname"))),
                rows.getString("relation"),
                rows.getString("attname"),
                rows.getLong("seqmin"),
                rows.getLong("seqmax"),
                rows.getLong("seqincrement")));
      }
    }
    return uses.stream().filter(wanted).toList();
  }

  private static Position position(Statement statement, Use use) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("select last_value, is_called from " + use.name())) {
      row.next();
      return new Position(row.getLong(1), row.getBoolean(2));
    }
  }

  private static boolean isTaken(Statement statement, Schema end, Use use, long next)
      throws SQLException {
    String table = Quoted.name(end.table(use.table()).orElseThrow().name());
    try (ResultSet row =
        statement.executeQuery(
            "select exists (select from %s where %s >= %d)"
                .formatted(table, Quoted.name(use.column()), next))) {
      return row.next() && row.getBoolean(1);
    }
  }
}
