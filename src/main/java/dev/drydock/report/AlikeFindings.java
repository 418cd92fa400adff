package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Related;
import dev.drydock.policy.Severity;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Findings that say the same of many things in one statement: told once, with the others named. */
final class AlikeFindings {
  /** Each of so many is told by itself: its own words are underlined then. */
  private static final int MOST_APART = 2;

  /** What one statement is told of in more ways than these is not compared with all of them. */
  private static final int MOST_KINDS = 100;

  /** What they have in common, where only their objects tell them apart. */
  private record Group(
      Path file,
      int statement,
      String rule,
      Severity severity,
      String recipe,
      List<String> evidence,
      List<Related> related) {}

  private final Map<Path, SourceFile> files;

  private AlikeFindings(Map<Path, SourceFile> files) {
    this.files = files;
  }

  /** The findings in their order, each with those that go with it behind it. */
  static List<List<Finding>> together(Report report, List<Finding> findings) {
    return new AlikeFindings(report.files()).together(findings);
  }

  private List<List<Finding>> together(List<Finding> findings) {
    Map<Group, List<List<Finding>>> groups = new HashMap<>();
    List<List<Finding>> alike = new ArrayList<>();
    for (Finding finding : findings) {
      alike.add(
          group(finding)
              .map(group -> groups.computeIfAbsent(group, unused -> new ArrayList<>()))
              .map(known -> join(known, finding))
              .orElseGet(() -> new ArrayList<>(List.of(finding))));
    }
    List<List<Finding>> told = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      if (alike.get(i).size() <= MOST_APART) {
        told.add(List.of(finding));
      } else if (alike.get(i).getFirst() == finding) {
        told.add(List.copyOf(alike.get(i)));
      }
    }
    return told;
  }

  private static List<Finding> join(List<List<Finding>> known, Finding finding) {
    for (List<Finding> one : known.subList(0, Math.min(MOST_KINDS, known.size()))) {
      if (isSaidOfAnother(one.getFirst(), finding)) {
        one.add(finding);
        return one;
      }
    }
    List<Finding> own = new ArrayList<>(List.of(finding));
    known.add(own);
    return own;
  }

  /** SQL of its own has to be shown. */
  private Optional<Group> group(Finding finding) {
    if (finding.fix().isPresent() || !finding.preflight().isBlank()) {
      return Optional.empty();
    }
    Location place = finding.location();
    OptionalInt statement =
        Optional.ofNullable(files.get(place.file()))
            .map(file -> StatementStart.in(file, finding.statement(), place))
            .orElse(OptionalInt.empty());
    return statement.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Group(
                place.file(),
                statement.getAsInt(),
                finding.rule().id(),
                finding.severity(),
                finding.recipe(),
                finding.evidence(),
                finding.related()));
  }

  /** Whether the two differ in nothing but the name of what they are about. */
  private static boolean isSaidOfAnother(Finding one, Finding other) {
    return !one.object().equals(other.object())
        && qualifier(one.object()).equals(qualifier(other.object()))
        && isSame(one.message(), name(one.object()), other.message(), name(other.object()));
  }

  private static boolean isSame(String one, String name, String other, String otherName) {
    int i = 0;
    int j = 0;
    while (i < one.length() && j < other.length()) {
      if (isWord(one, i, name) && isWord(other, j, otherName)) {
        i += name.length();
        j += otherName.length();
      } else if (one.charAt(i++) != other.charAt(j++)) {
        return false;
      }
    }
    return i == one.length() && j == other.length();
  }

  private static boolean isWord(String text, int at, String word) {
    int end = at + word.length();
    return !word.isEmpty()
        && text.startsWith(word, at)
        && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
        && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
  }

  private static String qualifier(String object) {
    return object.substring(0, object.lastIndexOf('.') + 1);
  }

  private static String name(String object) {
    return object.substring(object.lastIndexOf('.') + 1);
  }

  /** What another one is about, and on which line where that is another one. */
  static String named(Finding first, Finding other) {
    int line = other.location().startLine();
    return line == first.location().startLine()
        ? other.object()
        : "%s (line %d)".formatted(other.object(), line);
  }
}
