package dev.drydock.cli;

import dev.drydock.report.Format;
import java.util.Arrays;
import java.util.Iterator;

/** What an option may be, for its description. */
final class Candidates {
  private Candidates() {}

  /** Ids of the layouts, in the order of the alphabet. */
  static final class Layouts implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return dev.drydock.history.layout.Layouts.ids().stream().sorted().iterator();
    }
  }

  /** Ids of the formats. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Format.values()).map(Format::id).iterator();
    }
  }
}
