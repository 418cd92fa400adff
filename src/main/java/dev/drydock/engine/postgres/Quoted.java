package dev.drydock.engine.postgres;

import dev.drydock.schema.Name;

/** Names and constants as SQL takes them, whatever is in them. */
final class Quoted {
  private Quoted() {}

  static String name(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }

  /** With its schema in front. */
  static String name(Name qualified) {
    return name(qualified.schema()) + "." + name(qualified.local());
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
