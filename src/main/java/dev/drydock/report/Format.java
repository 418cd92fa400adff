package dev.drydock.report;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A way to write a report. */
public enum Format {
  TEXT,
  JSON,
  SARIF,
  MARKDOWN;

  /**
   * What a format has to know beside the report; each takes what concerns it.
   *
   * @param width cells of the terminal that text is wrapped for
   * @param colours of text
   * @param category keeps the SARIF apart from other analyses of a commit in code scanning, and has
   *     to be the same on a pull request and on the branch it is for; empty for none
   * @param suppressed what becomes of suppressed findings in SARIF
   * @param home the page of the project, which SARIF links to
   */
  public record Style(
      int width,
      Colours colours,
      String category,
      SuppressedResults suppressed,
      Optional<URI> home) {
    /** Text of 100 cells without colours; SARIF with everything and no category. */
    public static final Style PLAIN =
        new Style(100, Colours.NONE, "", SuppressedResults.KEPT, Optional.empty());

    public Style {
      Objects.requireNonNull(colours);
      Objects.requireNonNull(category);
      Objects.requireNonNull(suppressed);
      Objects.requireNonNull(home);
    }
  }

  /** The format of that name. */
  public static Format of(String id) {
    for (Format format : values()) {
      if (format.id().equals(id)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "there is no format %s; there are %s"
            .formatted(
                VisibleText.sentence(id),
                Arrays.stream(values()).map(Format::id).collect(Collectors.joining(", "))));
  }

  /** Lower case, as users spell it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The whole document, its last line ended. */
  public String render(Report report, Style style) {
    return switch (this) {
      case TEXT -> TextReport.render(report, style.width(), style.colours());
      case JSON -> JsonReports.render(report);
      case SARIF -> SarifReport.render(report, style);
      case MARKDOWN -> SummaryComment.render(report, CommentContext.PLAIN, SummaryComment.COMMENT);
    };
  }
}
