package dev.drydock.engine.postgres.watch;

import dev.drydock.schema.ColumnType;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Table;
import dev.drydock.schema.Type;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the one-letter codes of PostgreSQL's catalogs mean, by the manual's chapter on them. */
final class CatalogCodes {
  private static final Pattern NULL = Pattern.compile("NULL(?:::.*)?");

  /** The length or precision of a type, and its scale, as the server prints them. */
  private static final Pattern MODIFIER = Pattern.compile("\\((\\d+)(?:,\\s*(-?\\d+))?\\)");

  private CatalogCodes() {}

  /** {@code relkind} of {@code pg_class}. */
  static Table.Kind relationKind(String code) {
    return switch (code) {
      case "p" -> Table.Kind.PARTITIONED_TABLE;
      case "v" -> Table.Kind.VIEW;
      case "m" -> Table.Kind.MATERIALIZED_VIEW;
      case "f" -> Table.Kind.FOREIGN_TABLE;
      default -> Table.Kind.TABLE;
    };
  }

  /** {@code relpersistence} of {@code pg_class}. */
  static String persistence(String code) {
    return switch (code) {
      case "u" -> "unlogged";
      case "t" -> "temporary";
      default -> "permanent";
    };
  }

  /** {@code typtype} of {@code pg_type}. */
  static Type.Kind typeKind(String code) {
    return switch (code) {
      case "e" -> Type.Kind.ENUM;
      case "d" -> Type.Kind.DOMAIN;
      case "r" -> Type.Kind.RANGE;
      default -> Type.Kind.COMPOSITE;
    };
  }

  /** {@code typtype} of the {@code pg_type} of a column. */
  static String columnTypeKind(String code) {
    return switch (code) {
      case "e" -> "enum";
      case "d" -> "domain";
      case "c" -> "composite";
      case "r", "m" -> "range";
      default -> "base";
    };
  }

  /**
   * The type of a column.
   *
   * @param declared as {@code format_type} prints it
   * @param base what that is a domain over, in the end; itself when it is none
   * @param kind its {@code typtype}
   */
  static ColumnType columnType(String declared, String base, String kind, String typeId) {
    Matcher modifier = MODIFIER.matcher(base);
    boolean found = modifier.find();
    return new ColumnType(
        declared,
        MODIFIER.matcher(base).replaceFirst(""),
        columnTypeKind(kind),
        typeId,
        found ? Integer.parseInt(modifier.group(1)) : -1,
        found && modifier.group(2) != null ? Integer.parseInt(modifier.group(2)) : -1);
  }

  /** {@code ev_type} of {@code pg_rewrite}, of a rule for writes. */
  static String ruleEvent(String code) {
    return switch (code) {
      case "2" -> "UPDATE";
      case "3" -> "INSERT";
      default -> "DELETE";
    };
  }

  /** {@code contype} of {@code pg_constraint}. */
  static Constraint.Type constraintType(String code) {
    return switch (code) {
      case "p" -> Constraint.Type.PRIMARY_KEY;
      case "u" -> Constraint.Type.UNIQUE;
      case "f" -> Constraint.Type.FOREIGN_KEY;
      case "x" -> Constraint.Type.EXCLUSION;
      case "n" -> Constraint.Type.NOT_NULL;
      default -> Constraint.Type.CHECK;
    };
  }

  /** {@code confdeltype} of {@code pg_constraint}. */
  static String onDelete(String code) {
    return switch (code) {
      case "r" -> "restrict";
      case "c" -> "cascade";
      case "n" -> "set null";
      case "d" -> "set default";
      default -> "no action";
    };
  }

  /** {@code prokind} of {@code pg_proc}. */
  static String functionKind(String code) {
    return switch (code) {
      case "p" -> "procedure";
      case "a" -> "aggregate";
      case "w" -> "window";
      default -> "function";
    };
  }

  /** {@code provolatile} of {@code pg_proc}. */
  static String volatility(String code) {
    return switch (code) {
      case "i" -> "immutable";
      case "s" -> "stable";
      default -> "volatile";
    };
  }

  /** {@code attidentity} of {@code pg_attribute}; empty for a column that is none. */
  static String identity(String code) {
    return switch (code) {
      case "a" -> "always";
      case "d" -> "by default";
      default -> "";
    };
  }

  /** {@code attgenerated} of {@code pg_attribute}; empty for a column that is not. */
  static String generated(String code) {
    return switch (code) {
      case "s" -> "stored";
      case "v" -> "virtual";
      default -> "";
    };
  }

  /** {@code polcmd} of {@code pg_policy}. */
  static String policyCommand(String code) {
    return switch (code) {
      case "r" -> "select";
      case "a" -> "insert";
      case "w" -> "update";
      case "d" -> "delete";
      default -> "all";
    };
  }

  /** What a column gets where nobody gives it a value; to write down NULL says nothing new. */
  static String defaultValue(String expression) {
    return NULL.matcher(expression).matches() ? "" : expression;
  }
}
