package dev.drydock.engine.postgres;

import static java.util.Locale.ROOT;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.schema.Column;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Table;
import dev.drydock.schema.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values for the columns of a generated row, as SQL.
 *
 * <p>The same type gets the same value everywhere, so that foreign keys between generated rows
 * hold, also those that the change adds. Numbers are small enough to be multiplied, and odd enough
 * not to be somebody's id.
 */
final class CanaryValues {
  /** How many ways there are to fill a row; the later ones give up more. */
  static final int VARIANTS = 5;

  private static final String NUMBER = "19937";

  /**
   * None is the name of a schema or role there: a block may put what it reads into the commands
   * that it makes, as one for every tenant's schema does.
   */
  private static final List<String> TEXTS =
      List.of("canary", "https://example.org/drydock", "drydock@example.org", "", "0");

  private static final List<String> NUMBERS = List.of(NUMBER, "1", "0", "10", "1");

  /** Of a longer text the match would go deeper than the stack. */
  private static final Pattern LITERAL = Pattern.compile("'((?:[^']|''){0,1000})'");

  private final Schema schema;
  private final Table table;
  private final int variant;
  private final Map<String, String> keys;

  private CanaryValues(Schema schema, Table table, int variant) {
    this.schema = schema;
    this.table = table;
    this.variant = variant;
    this.keys = PartitionValues.of(table, schema);
  }

  /**
   * An INSERT of one row.
   *
   * @param variant from 0 to {@link #VARIANTS} - 1
   */
  static String insert(Schema schema, Table table, int variant) {
    CanaryValues values = new CanaryValues(schema, table, variant);
    List<String> columns = new ArrayList<>();
    List<String> row = new ArrayList<>();
    for (Column column : table.columns()) {
      if (!column.generated().isEmpty()) {
        continue;
      }
      values
          .value(column)
          .ifPresent(
              value -> {
                columns.add(Quoted.name(column.name().local()));
                row.add(value);
              });
    }
    String into = "insert into " + Quoted.name(table.name());
    return columns.isEmpty()
        ? into + " default values"
        : "%s (%s) overriding system value values (%s)"
            .formatted(into, String.join(", ", columns), String.join(", ", row));
  }

  /** The SQL of the value; empty to leave it to the column's default. */
  private Optional<String> value(Column column) {
    String key = keys.get(column.name().local());
    if (key != null) {
      return Optional.of(key);
    }
    // A row that is its own parent would keep a recursive query from ever ending.
    if (!column.notNull() && pointsToItself(column)) {
      return Optional.of("null");
    }
    boolean needed = column.notNull() && !column.hasDefault();
    // The last two variants leave out all that may be left out.
    if (variant >= VARIANTS - 2 && !needed) {
      return Optional.empty();
    }
    return literal(column).or(() -> needed ? Optional.of("default") : Optional.empty());
  }

  private boolean pointsToItself(Column column) {
    return table
        .foreignKeys()
        .filter(key -> key.referencedTable().equals(table.id()))
        .anyMatch(key -> key.columns().contains(column.name().local()));
  }

  private Optional<String> literal(Column column) {
    String type = column.type().text();
    if (type.endsWith("[]")) {
      return Optional.of("'{}'");
    }
    if (column.type().kind().equals("enum")) {
      return label(column.type().typeId());
    }
    if (column.type().kind().equals("range")) {
      return Optional.of(type.contains("multirange") ? "'{}'" : "'empty'");
    }
    // The type of an extension is named with the schema that the extension was made in.
    String base = column.type().base();
    return switch (base.substring(base.lastIndexOf('.') + 1)) {
      case "smallint", "integer", "bigint", "oid" -> Optional.of(number(column));
      case "numeric", "real", "double precision" ->
          Optional.of(column.type().length() >= 0 ? "1" : number(column));
      case "money" -> Optional.of("1");
      case "boolean" -> Optional.of(variant == 1 ? "true" : "false");
      case "text", "character varying", "character", "citext", "name", "\"char\"" ->
          Optional.of(text(column));
      case "uuid" -> Optional.of("'00000000-0000-4000-8000-000000019937'");
      case "json", "jsonb" -> Optional.of(variant == 1 ? "'[]'" : "'{}'");
      case "bytea" -> Optional.of("'drydock'");
      case "date" -> Optional.of("'2001-02-03'");
      case "timestamp without time zone", "timestamp with time zone" ->
          Optional.of("'2001-02-03 04:05:06+00'");
      case "time without time zone", "time with time zone" -> Optional.of("'04:05:06'");
      case "interval" -> Optional.of("'1 day'");
      case "inet", "cidr" -> Optional.of("'192.0.2.1'");
      case "macaddr", "macaddr8" -> Optional.of("'00:00:5e:00:53:01'");
      case "tsvector", "tsquery", "hstore" -> Optional.of("''");
      case "ltree", "lquery", "ltxtquery" -> Optional.of("'drydock'");
      case "xml" -> Optional.of("'<drydock/>'");
      case "jsonpath" -> Optional.of("'$'");
      case "point" -> Optional.of("'(0,0)'");
      case "lseg", "box", "path", "polygon" -> Optional.of("'((0,0),(1,1))'");
      case "line" -> Optional.of("'{1,1,0}'");
      case "circle" -> Optional.of("'((0,0),1)'");
      case "cube" -> Optional.of("'(0)'");
      case "vector", "halfvec" ->
          Optional.of("'[1" + ",1".repeat(Math.max(1, column.type().length()) - 1) + "]'");
      case "sparsevec" -> Optional.of("'{}/" + Math.max(1, column.type().length()) + "'");
      case "pg_lsn" -> Optional.of("'0/0'");
      case "xid", "xid8", "cid", "regclass", "regproc", "regtype", "regrole", "regnamespace" ->
          Optional.of("'0'");
      case "txid_snapshot", "pg_snapshot" -> Optional.of("'1:1:'");
      case "bit", "bit varying" ->
          Optional.of("B'" + "0".repeat(Math.max(1, column.type().length())) + "'");
      default -> Optional.empty();
    };
  }

  private Optional<String> label(String typeId) {
    return schema
        .object(typeId, Type.class)
        .map(Type::labels)
        .filter(labels -> !labels.isEmpty())
        .map(labels -> Quoted.literal(labels.getFirst()));
  }

  private String number(Column column) {
    return allowed(column).filter(value -> value.matches("-?\\d+")).orElse(NUMBERS.get(variant));
  }

  private String text(Column column) {
    String written = TEXTS.get(variant);
    String value = allowed(column).orElse(isUpper(column) ? written.toUpperCase(ROOT) : written);
    int most = column.type().length();
    return Quoted.literal(most >= 0 && value.length() > most ? value.substring(0, most) : value);
  }

  private boolean isUpper(Column column) {
    return table.constraints().stream()
        .filter(constraint -> constraint.type() == Constraint.Type.CHECK)
        .filter(constraint -> constraint.columns().contains(column.name().local()))
        .anyMatch(constraint -> constraint.expression().contains("upper("));
  }

  /** A check that compares the column with literals usually lists what it allows. */
  private Optional<String> allowed(Column column) {
    for (Constraint constraint : table.constraints()) {
      if (constraint.type() == Constraint.Type.CHECK
          && constraint.columns().contains(column.name().local())) {
        Matcher literal = LITERAL.matcher(constraint.expression());
        if (constraint.expression().contains("=") && literal.find()) {
          return Optional.of(literal.group(1).replace("''", "'"));
        }
      }
    }
    return Optional.empty();
  }
}
