package dev.drydock.cli;

import dev.drydock.report.Colours;
import dev.drydock.report.Format;
import dev.drydock.report.Report;
import dev.drydock.report.SuppressedResults;
import dev.drydock.source.Checkout;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The reports a user asked for, and where they go. */
final class Reports {
  private final Environment environment;
  private final Format format;
  private final Optional<OutputFile> output;
  private final List<Further> further;

  /** A report beside the main one. */
  private record Further(Format format, OutputFile file) {}

  private Reports(
      Environment environment, Format format, Optional<OutputFile> output, List<Further> further) {
    this.environment = environment;
    this.format = format;
    this.output = output;
    this.further = further;
  }

  /**
   * Checks formats and files before the run, not after it.
   *
   * @param output where the main one goes; standard output when absent
   * @param further a format, {@code =} and a file each
   * @throws UsageException when a format does not exist, a file could not be written, or two
   *     reports would go to the same
   */
  static Reports of(
      Environment environment, String format, Optional<Path> output, List<String> further) {
    Format main = named(format);
    Set<Path> taken = new HashSet<>();
    Optional<OutputFile> file = output.map(path -> file(environment, path, taken));
    List<Further> others = new ArrayList<>();
    for (String report : further) {
      int equals = report.indexOf('=');
      if (equals < 0 || equals == report.length() - 1) {
        throw new UsageException(
            "--report is FORMAT=FILE, such as json=drydock.json, not `%s`".formatted(report));
      }
      Format named = named(report.substring(0, equals));
      others.add(new Further(named, file(environment, path(report.substring(equals + 1)), taken)));
    }
    return new Reports(environment, main, file, others);
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new UsageException("`%s` is not a path".formatted(file));
    }
  }

  private static OutputFile file(Environment environment, Path path, Set<Path> taken) {
    Path file = environment.directory().resolve(path);
    if (!taken.add(file.normalize())) {
      throw new UsageException(
          "two reports would be written to %s: name a file for each".formatted(path));
    }
    return OutputFile.checked(file, Checkout.top(environment.directory()));
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
    Set<Format> formats = EnumSet.of(format);
    further.forEach(other -> formats.add(other.format()));
    formats.forEach(each -> each.render(Report.EMPTY, style(Colours.NONE)));
  }

  /** Writes them all; why there is no verdict is said besides where no reader is told. */
  void write(Report report) throws IOException {
    boolean read = format == Format.TEXT && output.isEmpty();
    boolean nothing = !report.complete() && report.histories().isEmpty();
    if (!read || nothing) {
      report.unjudged().forEach(environment::say);
    }
    for (Further other : further) {
      other.file().write(other.format().render(report, style(Colours.NONE)));
    }
    if (output.isPresent()) {
      output.get().write(format.render(report, style(Colours.NONE)));
    } else if (!read || !nothing) {
      environment.out().print(format.render(report, style(environment.colours())));
      environment.out().flush();
    }
  }

  private Format.Style style(Colours colours) {
    return new Format.Style(
        environment.width(), colours, "drydock", SuppressedResults.KEPT, Optional.of(Drydock.HOME));
  }
}
