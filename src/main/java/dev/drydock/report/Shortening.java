package dev.drydock.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A document of parts, each of which can be told at less length: what matters least is shortened
 * first, and only by as much as a limit asks for.
 */
final class Shortening {
  private final List<Part> parts = new ArrayList<>();

  /**
   * One part.
   *
   * @param forms from the longest to the shortest, each complete in itself
   */
  private static final class Part {
    private final List<String> forms;
    private int at;

    Part(List<String> forms) {
      this.forms = List.copyOf(forms);
    }

    String text() {
      return forms.get(at);
    }
  }

  /** A step: that part, from its present form to the next. */
  private record Step(Part part, int to) {}

  private final List<Step> steps = new ArrayList<>();

  /** Adds a part at the end of the document; without further forms it is never shortened. */
  int add(String... forms) {
    parts.add(new Part(List.of(forms)));
    return parts.size() - 1;
  }

  /** Says what is shortened next, after all that was said before. */
  void then(int part, int form) {
    Part one = parts.get(part);
    steps.add(new Step(one, Math.min(form, one.forms.size() - 1)));
  }

  /**
   * Shortens until all fit.
   *
   * @return whether anything was
   */
  boolean fit(int limit) {
    int length = parts.stream().mapToInt(part -> part.text().length()).sum();
    boolean shortened = false;
    for (Step step : steps) {
      if (length <= limit) {
        break;
      }
      if (step.to() > step.part().at) {
        length -= step.part().text().length();
        step.part().at = step.to();
        length += step.part().text().length();
        shortened = true;
      }
    }
    return shortened;
  }

  /** The form a part is in now, from 0. */
  int form(int part) {
    return parts.get(part).at;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.text()));
    return text.toString();
  }
}
