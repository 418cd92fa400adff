package dev.drydock.cli;

import dev.drydock.report.Colours;
import dev.drydock.report.Format;
import dev.drydock.report.Report;
import dev.drydock.report.SuppressedResults;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The reports a user asked for, and where they go. */
final class Reports {
  /** Where readers of a report find what Drydock is. */
  private static final URI HOME = URI.create("https://github.com/drydock-dev/drydock");

  private final Environment environment;
  private final Format format;
  private final Optional<Path> output;
  private final Map<Format, Path> further;

  private Reports(
      Environment environment, Format format, Optional<Path> output, Map<Format, Path> further) {
    this.environment = environment;
    this.format = format;
    this.output = output;
    this.further = further;
  }

  /**
   * Checks the formats before the run, not after it.
   *
   * @param output where the main one goes; standard output when absent
   * @param further by format
   * @throws UsageException when a format does not exist
   */
  static Reports of(
      Environment environment, String format, Optional<Path> output, Map<String, Path> further) {
    Map<Format, Path> others = new LinkedHashMap<>();
    further.forEach((name, file) -> others.put(named(name), environment.directory().resolve(file)));
    return new Reports(
        environment, named(format), output.map(environment.directory()::resolve), others);
  }

  private static Format named(String format) {
    try {
      return Format.of(format);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** Gets the formats ready: to load what writes JSON takes longer than to use it. */
  void prepare() {
    Set<Format> formats = new LinkedHashSet<>(further.keySet());
    formats.add(format);
    formats.forEach(each -> each.render(Report.EMPTY, style(Colours.NONE)));
  }

  /** Writes them all. */
  void write(Report report) throws IOException {
    for (Map.Entry<Format, Path> other : further.entrySet()) {
      write(other.getValue(), other.getKey().render(report, style(Colours.NONE)));
    }
    if (output.isPresent()) {
      write(output.get(), format.render(report, style(Colours.NONE)));
    } else {
      Colours colours = environment.colours() ? Colours.ANSI : Colours.NONE;
      environment.out().print(format.render(report, style(colours)));
      environment.out().flush();
    }
  }

  private Format.Style style(Colours colours) {
    return new Format.Style(
        environment.width(), colours, "drydock", SuppressedResults.KEPT, Optional.of(HOME));
  }

  private static void write(Path file, String text) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.writeString(file, text);
  }
}
