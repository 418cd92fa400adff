package dev.drydock.policy;

import java.util.Optional;

/**
 * The severities of a rule's findings.
 *
 * @param own what it is when nothing is weighed
 * @param small what it is for small tables
 * @param large what it is for large ones
 */
record Levels(Severity own, Severity small, Severity large) {
  /** What a user says of a rule holds, whatever is weighed. */
  static Levels of(Rule rule, Preset preset, Optional<Severity> chosen) {
    return chosen
        .map(said -> new Levels(said, said, said))
        .orElseGet(
            () -> {
              Severity own = preset.severity(rule);
              return new Levels(
                  own,
                  own.atLeast(preset.harmless()) ? preset.harmless() : own,
                  own == Severity.OFF ? own : Severity.ERROR);
            });
  }

  Severity of(Optional<Weighed> weighed) {
    return weighed
        .map(
            w ->
                switch (w.scale()) {
                  case SMALL -> small;
                  case MEDIUM -> own;
                  case LARGE -> large;
                })
        .orElse(own);
  }
}
