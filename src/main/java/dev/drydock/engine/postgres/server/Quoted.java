package dev.drydock.engine.postgres.server;

import dev.drydock.schema.Name;

/** Names and constants as SQL takes them, whatever is in them. */
public final class Quoted {
  private Quoted() {}

  public static String name(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }

  /** With its schema in front. */
  public static String name(Name qualified) {
    return name(qualified.schema()) + "." + name(qualified.local());
  }

  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
