package dev.drydock.lint;

import dev.drydock.facts.mapping.TableSizes;
import dev.drydock.policy.PolicyException;
import dev.drydock.policy.YamlNode;
import dev.drydock.policy.YamlReader;
import dev.drydock.schema.Name;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what the query of {@code drydock stats} prints, strictly. */
final class TableSizesReader {
  private static final List<String> KEYS = List.of("version", "captured", "server", "tables");
  private static final List<String> TABLE_KEYS = List.of("schema", "table", "rows", "bytes");
  private static final long VERSION = 1;

  private TableSizesReader() {}

  /**
   * The sizes in a file.
   *
   * @param file its name, for messages
   * @throws PolicyException with line and column, when it is not what the query prints
   */
  static TableSizes read(String file, String text) {
    YamlNode.Mapping root =
        mapping(YamlReader.readJson(file, text), KEYS, "the file of table sizes");
    YamlNode version = value(root, "version");
    if (number(version, "version") != VERSION) {
      throw new PolicyException(
          version.mark(),
          "`version` is not %d; make the file anew with the query of `drydock stats`"
              .formatted(VERSION));
    }
    // It is there for people, who may want to know which server was asked.
    text(root, "server");
    Map<Name, TableSizes.Size> byName = new HashMap<>();
    for (YamlNode item : YamlReader.items(value(root, "tables"), "`tables`")) {
      YamlNode.Mapping table = mapping(item, TABLE_KEYS, "a table");
      Name name = new Name(text(table, "schema"), text(table, "table"));
      if (byName.put(name, size(table)) != null) {
        throw new PolicyException(table.mark(), "the table is there twice");
      }
    }
    return new TableSizes(captured(root), byName);
  }

  private static TableSizes.Size size(YamlNode.Mapping table) {
    YamlNode rows = value(table, "rows");
    return new TableSizes.Size(
        isNull(rows) ? -1 : number(rows, "rows"), number(value(table, "bytes"), "bytes"));
  }

  private static Instant captured(YamlNode.Mapping root) {
    try {
      return Instant.parse(text(root, "captured"));
    } catch (DateTimeException e) {
      throw new PolicyException(
          value(root, "captured").mark(), "`captured` is a time such as 2026-01-31T12:00:00Z");
    }
  }

  private static YamlNode.Mapping mapping(YamlNode node, List<String> keys, String what) {
    YamlNode.Mapping mapping = YamlReader.mapping(node, what);
    YamlReader.onlyKeys(mapping, keys, what);
    for (String key : keys) {
      if (!mapping.entries().containsKey(key)) {
        throw new PolicyException(mapping.mark(), "%s needs the key `%s`".formatted(what, key));
      }
    }
    return mapping;
  }

  private static YamlNode value(YamlNode.Mapping mapping, String key) {
    return mapping.entries().get(key).value();
  }

  private static String text(YamlNode.Mapping mapping, String key) {
    YamlNode node = value(mapping, key);
    if (node instanceof YamlNode.Scalar scalar && !scalar.plain()) {
      return scalar.value();
    }
    throw new PolicyException(node.mark(), "`%s` is a text".formatted(key));
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.plain() && scalar.value().isEmpty();
  }

  private static long number(YamlNode node, String key) {
    if (node instanceof YamlNode.Scalar scalar && scalar.plain() && !isNull(node)) {
      return YamlReader.number(node, key, 0);
    }
    throw new PolicyException(node.mark(), "`%s` is a whole number".formatted(key));
  }
}
