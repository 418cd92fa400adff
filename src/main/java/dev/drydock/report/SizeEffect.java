package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Weighed;
import java.util.Optional;

/** What the sizes of tables made of a finding, in words. */
final class SizeEffect {
  private SizeEffect() {}

  /** Absent where they changed nothing. */
  static Optional<String> of(Finding finding) {
    return finding
        .weighed()
        .filter(weighed -> weighed.otherwise() != finding.severity())
        .map(
            weighed ->
                "%s instead of %s: %s"
                    .formatted(finding.severity().id(), weighed.otherwise().id(), why(weighed)));
  }

  private static String why(Weighed weighed) {
    boolean one = weighed.tables().size() == 1;
    return switch (weighed.scale()) {
      case SMALL ->
          (one ? "the table is small." : "the tables are small.")
              + " The locks still have to be got: behind a long transaction, everybody who comes"
              + " later waits too.";
      case MEDIUM, LARGE -> one ? "the table is large." : "a table is large.";
    };
  }
}
