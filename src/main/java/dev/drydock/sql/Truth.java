package dev.drydock.sql;

/** What a condition comes to when no row has been looked at. */
public enum Truth {
  ALWAYS,
  NEVER,
  /** It depends on the row, or nobody can tell. */
  DEPENDS;

  public static Truth of(boolean value) {
    return value ? ALWAYS : NEVER;
  }

  public Truth not() {
    return this == DEPENDS ? this : of(this == NEVER);
  }

  public Truth or(Truth other) {
    if (this == ALWAYS || other == ALWAYS) {
      return ALWAYS;
    }
    return this == NEVER && other == NEVER ? NEVER : DEPENDS;
  }

  public Truth and(Truth other) {
    return not().or(other.not()).not();
  }
}
