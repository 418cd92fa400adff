package dev.drydock.github;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import java.util.ArrayList;
import java.util.List;

/** Findings as the lines of a log that the runner makes annotations of. */
public final class WorkflowCommands {
  /** The runner drops what goes beyond, of each kind. */
  private static final int MOST = 10;

  private static final int LONGEST = 4000;

  private WorkflowCommands() {}

  /** The worst ten errors and ten warnings; what is for information is in the log anyway. */
  public static List<String> of(List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    for (Severity severity : List.of(Severity.ERROR, Severity.WARNING)) {
      Comments.worstFirst(findings).stream()
          .filter(finding -> finding.severity() == severity)
          .limit(MOST)
          .forEach(finding -> lines.add(line(finding)));
    }
    return List.copyOf(lines);
  }

  private static String line(Finding finding) {
    Lines lines = Lines.of(finding.location());
    String message = finding.message();
    return "::%s file=%s,line=%d,endLine=%d,title=%s::%s"
        .formatted(
            finding.severity().id(),
            property(CheckRun.path(finding)),
            lines.first(),
            lines.last(),
            property(finding.rule().id()),
            data(message.length() > LONGEST ? message.substring(0, LONGEST) : message));
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
