package dev.drydock.facts.mapping;

import dev.drydock.schema.ColumnType;
import dev.drydock.schema.Schema;
import dev.drydock.schema.Type;
import java.util.Optional;
import java.util.stream.Stream;

/** What a column has from the domain that is its type. */
final class Domains {
  private Domains() {}

  /** Whether the domain, or one beneath it, refuses values or nulls. */
  static boolean isConstrained(ColumnType type, Schema schema) {
    return of(type, schema).stream()
        .flatMap(domain -> withThoseBeneath(domain, schema))
        .anyMatch(domain -> domain.notNull() || !domain.constraints().isEmpty());
  }

  /** The default of the domain; of the one beneath it the server takes a copy when it is made. */
  static String defaultValue(ColumnType type, Schema schema) {
    return of(type, schema).map(Type::defaultValue).orElse("");
  }

  private static Optional<Type> of(ColumnType type, Schema schema) {
    return type.kind().equals("domain")
        ? schema.object(type.typeId(), Type.class)
        : Optional.empty();
  }

  /** The domain, the one it is of, and so on. */
  static Stream<Type> withThoseBeneath(Type domain, Schema schema) {
    return Stream.iterate(
            Optional.of(domain), Optional::isPresent, last -> beneath(last.get(), schema))
        .flatMap(Optional::stream);
  }

  private static Optional<Type> beneath(Type domain, Schema schema) {
    return schema
        .objects(Type.class)
        .filter(other -> other.kind() == Type.Kind.DOMAIN)
        .filter(other -> other.name().toString().equals(domain.baseType().replace("\"", "")))
        .findFirst();
  }
}
