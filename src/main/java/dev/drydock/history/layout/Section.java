package dev.drydock.history.layout;

import dev.drydock.history.Script;
import dev.drydock.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way forward and the way back that follows it, each below a mark in the same file.
 *
 * @param options what stands on the line of the mark after it
 * @param optionsAt where more options can be put: the end of that line
 */
record Section(String options, int optionsAt, Script up, Optional<Script> down) {

  /**
   * The sections of a file in their order; none where it has no mark for the way forward.
   *
   * @param mark finds the line of a mark, up to but not with what ends the line; its group {@code
   *     up} takes part when it is one for the way forward, and its group {@code options} is what
   *     follows it
   */
  static List<Section> of(SourceFile file, Pattern mark) {
    List<Section> sections = new ArrayList<>();
    List<Mark> marks = marks(file, mark);
    for (int i = 0; i < marks.size(); i++) {
      if (marks.get(i).up()) {
        Optional<Script> down =
            i + 1 < marks.size() && !marks.get(i + 1).up()
                ? Optional.of(script(file, marks, i + 1))
                : Optional.empty();
        Mark up = marks.get(i);
        sections.add(new Section(up.options(), up.end(), script(file, marks, i), down));
      }
    }
    return sections;
  }

  private record Mark(boolean up, String options, int start, int end) {}

  private static List<Mark> marks(SourceFile file, Pattern mark) {
    List<Mark> marks = new ArrayList<>();
    Matcher found = mark.matcher(file.text());
    while (found.find()) {
      marks.add(
          new Mark(
              found.group("up") != null,
              found.group("options").strip(),
              found.start(),
              found.end()));
    }
    return marks;
  }

  private static Script script(SourceFile file, List<Mark> marks, int index) {
    String text = file.text();
    int newline = text.indexOf('\n', marks.get(index).end());
    int start = newline < 0 ? text.length() : newline + 1;
    int end = index + 1 < marks.size() ? marks.get(index + 1).start() : text.length();
    return new Script(file, start, end);
  }

  boolean has(String option) {
    return List.of(options.split("\\s+")).contains(option);
  }

  /** The text of the file with {@code option} added to those of this section. */
  String with(String option) {
    return new StringBuilder(up.file().text()).insert(optionsAt, " " + option).toString();
  }
}
