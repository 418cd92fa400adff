package dev.drydock.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares two schemas by what they mean: identities, storage, order of columns and owners make no
 * difference.
 */
public final class SchemaComparison {
  private SchemaComparison() {}

  /** What one has and the other has not, a line each; empty when both mean the same. */
  public static List<String> differences(Schema one, Schema other) {
    TreeSet<String> first = lines(one);
    TreeSet<String> second = lines(other);
    List<String> differences = new ArrayList<>();
    first.stream()
        .filter(line -> !second.contains(line))
        .forEach(line -> differences.add("- " + line));
    second.stream()
        .filter(line -> !first.contains(line))
        .forEach(line -> differences.add("+ " + line));
    return differences;
  }

  private static TreeSet<String> lines(Schema schema) {
    TreeSet<String> lines = new TreeSet<>();
    schema.objects().forEach(object -> describe(object, lines));
    return lines;
  }

  private static void describe(SchemaObject object, TreeSet<String> lines) {
    switch (object) {
      case Table t -> {
        lines.add(
            "%s %s %s %s %s"
                .formatted(
                    t.kind().label(), t.name(), t.persistence(), t.partitionBound(), t.definition())
                .strip());
        t.parts().forEach(part -> lines.add(described(part, t)));
        t.grants()
            .forEach(
                g ->
                    lines.add(
                        "grant on %s to %s %s".formatted(t.name(), g.grantee(), g.privileges())));
      }
      case Sequence s -> lines.add("sequence %s %s %s".formatted(s.name(), s.type(), s.range()));
      case Type t ->
          lines.add(
              "type %s %s %s %s %s"
                  .formatted(
                      t.name(),
                      t.labels(),
                      t.baseType(),
                      t.constraints(),
                      t.attributes().stream().map(a -> a.name() + " " + a.type()).toList()));
      case Function f ->
          lines.add("function %s(%s) %s".formatted(f.name(), f.arguments(), f.body()));
      case Namespace n -> lines.add("schema %s".formatted(n.name()));
      case Extension e -> lines.add("extension %s".formatted(e.name()));
      case Publication p -> lines.add("publication %s".formatted(p.name()));
      case TablePart unused -> {}
      case Grant unused -> {}
      case GrantTarget unused -> {}
    }
  }

  private static String described(TablePart part, Table table) {
    return switch (part) {
      case Column c ->
          "column %s.%s %s%s default %s %s %s"
              .formatted(
                  table.name(),
                  c.name().local(),
                  c.type().text(),
                  c.notNull() ? " not null" : "",
                  c.defaultValue(),
                  c.identity(),
                  c.generated());
      case Constraint c ->
          // How a NOT NULL is catalogued differs between versions; the column says it.
          c.type() == Constraint.Type.NOT_NULL
              ? "table " + table.name()
              : "constraint %s.%s %s".formatted(table.name(), c.name().local(), c.definition());
      case Index i -> "index %s%s".formatted(i.definition(), i.valid() ? "" : " (invalid)");
      case Trigger t -> "trigger %s %s".formatted(t.definition(), t.enabled());
      case Policy p ->
          "policy %s.%s %s %s".formatted(table.name(), p.name().local(), p.using(), p.check());
    };
  }
}
