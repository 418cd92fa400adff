package dev.drydock.engine.postgres.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of what the server says in JSON; what is missing or null is empty. */
final class JsonFields {
  private JsonFields() {}

  /** What the server prints on several lines, on one. */
  static String line(JsonNode node, String field) {
    return PrintedExpression.inOneLine(text(node, field));
  }

  static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? "" : value.asText();
  }

  /** An oid that means nothing when it is zero. */
  static String reference(JsonNode node, String field) {
    String value = text(node, field);
    return value.equals("0") ? "" : value;
  }

  static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    if (array != null && !array.isNull()) {
      array.forEach(element -> strings.add(element.isNull() ? "" : element.asText()));
    }
    return strings;
  }
}
