package dev.drydock.policy;

import java.util.Locale;

/** A choice of severities for all rules at once; what a user says of a single rule still wins. */
public enum Preset {
  /** Every rule as its file says. */
  RECOMMENDED,
  /** Also the rules that are off because a team has to want them; nothing is mere information. */
  STRICT,
  /** Also the rules about style. */
  ALL;

  private static final String STYLE = "style";

  /** Lower case, as files spell it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity {@code rule} has when nobody says otherwise. */
  public Severity severity(Rule rule) {
    Severity own = rule.severity();
    if (this == RECOMMENDED || own.atLeast(Severity.WARNING)) {
      return own;
    }
    return this == STRICT && own == Severity.OFF && isStyle(rule) ? own : Severity.WARNING;
  }

  /** The severity of what a rule reports and a small table makes harmless. */
  Severity harmless() {
    return this == RECOMMENDED ? Severity.INFO : Severity.WARNING;
  }

  /** Whether the rule is about taste: correct either way. */
  public static boolean isStyle(Rule rule) {
    return rule.tags().contains(STYLE);
  }
}
