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

  /**
   * The truth of a comparison of two constants.
   *
   * @param order how the left one compares to the right one
   * @param operator as SQL has it
   */
  public static Truth of(int order, String operator) {
    return switch (operator) {
      case "=" -> of(order == 0);
      case "<>", "!=" -> of(order != 0);
      case "<" -> of(order < 0);
      case "<=" -> of(order <= 0);
      case ">" -> of(order > 0);
      case ">=" -> of(order >= 0);
      default -> DEPENDS;
    };
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
