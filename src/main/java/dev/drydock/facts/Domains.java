package dev.drydock.facts;

import dev.drydock.schema.ColumnType;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Type;
import java.util.Optional;

/** What a column has from the domain that is its type. */
final class Domains {
  private Domains() {}

  /** Whether the domain, or one beneath it, refuses values or nulls. */
  static boolean isConstrained(ColumnType type, Schema schema) {
    Optional<Type> domain = of(type, schema);
    while (domain.isPresent()) {
      Type has = domain.get();
      if (has.notNull() || !has.constraints().isEmpty()) {
        return true;
      }
      domain = beneath(has, schema);
    }
    return false;
  }

  /** The default of the domain; of the one beneath it the server takes a copy when it is made. */
  static String defaultValue(ColumnType type, Schema schema) {
    return of(type, schema).map(Type::defaultValue).orElse("");
  }

  private static Optional<Type> of(ColumnType type, Schema schema) {
    return type.kind().equals("domain")
        ? StatementChanges.as(schema.object(type.typeId()), Type.class)
        : Optional.empty();
  }

  private static Optional<Type> beneath(Type domain, Schema schema) {
    return schema
        .objects()
        .filter(Type.class::isInstance)
        .map(Type.class::cast)
        .filter(other -> other.kind() == Type.Kind.DOMAIN)
        .filter(other -> other.name().toString().equals(domain.baseType().replace("\"", "")))
        .findFirst();
  }
}
