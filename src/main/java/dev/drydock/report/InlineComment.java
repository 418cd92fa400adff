package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import dev.drydock.source.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One review comment about the findings of one place.
 *
 * @param findings those it is about, the worst first; at least one
 * @param file the file it stands at
 * @param startLine the first of its lines, from 1
 * @param endLine the last of its lines
 * @param body Markdown; a suggestion in it replaces exactly those lines
 */
public record InlineComment(
    List<Finding> findings, Path file, int startLine, int endLine, String body) {
  /** Findings of one comment; the summary has what is beyond. */
  public static final int MOST = 20;

  private static final Pattern MARKER =
      Pattern.compile("<!-- drydock:v1 finding=([0-9a-f]{32}) -->");
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40,64}");
  private static final int LONGEST = 60_000;
  private static final int LONGEST_QUOTED = 30_000;
  private static final String TICK = "✅ **";

  public InlineComment {
    findings = List.copyOf(findings);
    Objects.requireNonNull(file);
    Objects.requireNonNull(body);
  }

  /** The comment about {@code findings} of one place, at most {@link #MOST}. */
  public static InlineComment of(Report report, List<Finding> findings, Links links) {
    List<Finding> worstFirst = report.worstFirst(findings).stream().limit(MOST).toList();
    List<Suggestion> suggestions =
        worstFirst.stream()
            .flatMap(finding -> Suggestion.of(report, finding).stream())
            .distinct()
            .toList();
    // Of two, the second would not find what it replaces once the first is taken.
    Optional<Suggestion> suggestion =
        suggestions.size() == 1 ? Optional.of(suggestions.getFirst()) : Optional.empty();
    Path file = worstFirst.getFirst().location().file();
    Body body = new Body(report, links, suggestion);
    Lines lines =
        suggestion
            .map(Lines::of)
            .orElseGet(
                () ->
                    AlikeFindings.together(report, worstFirst).stream()
                        .map(alike -> Lines.of(report, alike.getFirst()))
                        .reduce(Lines::and)
                        .orElseThrow());
    return new InlineComment(
        worstFirst, file, lines.first(), lines.last(), body.markdown(worstFirst));
  }

  /** Whole lines, from 1, the last one included. */
  private record Lines(int first, int last) {
    static Lines of(Suggestion suggestion) {
      return new Lines(suggestion.first(), suggestion.last());
    }

    /** Those it has when nothing else is said there. */
    static Lines of(Report report, Finding finding) {
      Location place = finding.location();
      return Suggestion.of(report, finding)
          .map(Lines::of)
          .orElseGet(() -> new Lines(place.startLine(), Suggestion.lastLine(place)));
    }

    Lines and(Lines other) {
      return new Lines(Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  /**
   * Findings by the line below which GitHub shows what is said about them, the worst place first.
   * Those that say the same of many things in one statement stand at the line of the first.
   */
  public static List<List<Finding>> places(Report report, List<Finding> findings) {
    record Place(Path file, int line) {}
    Map<Place, List<Finding>> places = new LinkedHashMap<>();
    for (List<Finding> alike : AlikeFindings.together(report, report.worstFirst(findings))) {
      Finding first = alike.getFirst();
      places
          .computeIfAbsent(
              new Place(first.location().file(), Lines.of(report, first).last()),
              unused -> new ArrayList<>())
          .addAll(alike);
    }
    return List.copyOf(places.values());
  }

  /** What it says: all about the worst finding, and the others folded. */
  private record Body(Report report, Links links, Optional<Suggestion> suggestion) {

    String markdown(List<Finding> worstFirst) {
      Shortening document = new Shortening();
      document.add(
          worstFirst.stream()
              .map(finding -> marker(finding.fingerprint()) + "\n")
              .collect(Collectors.joining("", "", "\n")));
      List<Integer> sections = new ArrayList<>();
      boolean offered = false;
      Set<List<String>> observed = new HashSet<>();
      for (List<Finding> alike : AlikeFindings.together(report, worstFirst)) {
        Finding finding = alike.getFirst();
        boolean offers = !offered && isSuggested(finding);
        offered |= offers;
        // What is offered has to be seen.
        boolean open = sections.isEmpty() || offers;
        sections.add(
            document.add(
                section(alike, open, offers, observed.add(finding.evidence())),
                headline(finding),
                ""));
      }
      sections.reversed().forEach(section -> document.then(section, 1));
      // Of the worst, at least what it is.
      sections.subList(1, sections.size()).reversed().forEach(one -> document.then(one, 2));
      document.fit(LONGEST);
      return document.text().stripTrailing() + "\n";
    }

    /** Whether what is suggested is the way out of it. */
    private boolean isSuggested(Finding finding) {
      return suggestion.isPresent() && Suggestion.of(report, finding).equals(suggestion);
    }

    private String headline(Finding finding) {
      return "%s **%s** %s\n\n"
          .formatted(
              FindingMarkdown.dot(finding.severity()),
              links.named(finding.rule().id()),
              MarkdownText.sentence(finding.message()));
    }

    /**
     * @param alike a finding, and those of which the same is to be said
     * @param observed whether to say what was observed, which was not said yet
     */
    private String section(List<Finding> alike, boolean open, boolean offers, boolean observed) {
      Finding finding = alike.getFirst();
      FindingMarkdown markdown = new FindingMarkdown(report, links);
      StringBuilder said = new StringBuilder();
      said.append(FindingMarkdown.also(finding, alike.subList(1, alike.size())))
          .append(observed ? markdown.observed(finding) : "")
          .append(markdown.weighed(finding))
          .append(markdown.why(finding));
      if (offers) {
        said.append(suggestion.orElseThrow().block());
      } else if (!isSuggested(finding)) {
        said.append(markdown.fix(finding));
      }
      said.append(markdown.preflight(finding));
      String all = said.toString();
      return open
          ? headline(finding) + all
          : FindingMarkdown.details(finding, false, links.named(finding.rule().id()) + "\n\n" + all)
              // HTML ends at an empty line.
              + "\n";
    }
  }

  /** A hidden line at its beginning, one for each finding. */
  static String marker(Fingerprint fingerprint) {
    String value = fingerprint.value();
    return "<!-- drydock:v1 finding=%s -->"
        .formatted(value.matches("[0-9a-f]{32}") ? value : "0".repeat(32));
  }

  /**
   * The findings that a comment with that text is about, the worst first; none for any other text.
   * Only the lines it begins with count: below them anything may stand.
   */
  public static List<Fingerprint> read(String body) {
    return body.lines()
        .map(line -> MARKER.matcher(line.stripTrailing()))
        .takeWhile(Matcher::matches)
        .map(marker -> new Fingerprint(marker.group(1)))
        .toList();
  }

  private static String withoutMarkers(String body) {
    return body.lines().skip(read(body).size()).collect(Collectors.joining("\n")).strip();
  }

  /** What became of findings that are not there any more. */
  public enum Ending {
    FIXED("fixed"),
    ACCEPTED("accepted"),
    /** Some the one, some the other. */
    BOTH("fixed or accepted");

    private final String word;

    Ending(String word) {
      this.word = word;
    }

    /** Of findings that a report no longer has, or has with a reason why they may stay. */
    public static Ending of(List<Fingerprint> gone, Report report) {
      Set<Fingerprint> suppressed =
          report.suppressed().stream().map(Finding::fingerprint).collect(Collectors.toSet());
      if (suppressed.containsAll(gone)) {
        return ACCEPTED;
      }
      return gone.stream().noneMatch(suppressed::contains) ? FIXED : BOTH;
    }

    private String opening() {
      return TICK + word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) + " in ";
    }
  }

  /** Whether {@link #closed} was said already. */
  public static boolean isClosed(String body) {
    String said = withoutMarkers(body);
    return !read(body).isEmpty()
        && Arrays.stream(Ending.values()).map(Ending::opening).anyMatch(said::startsWith);
  }

  /**
   * A comment that somebody answered, after its findings are gone.
   *
   * @param body the comment as it stands
   * @param sha the commit without the findings
   */
  public static String closed(String body, Ending ending, String sha) {
    requireSha(sha);
    List<Fingerprint> about = read(body);
    if (isClosed(body) || about.isEmpty()) {
      return body;
    }
    // A suggestion would still offer its button.
    String said = Suggestion.withdrawn(withoutMarkers(body));
    String before =
        said.length() > LONGEST_QUOTED
            ? ""
            : "<details><summary>What it said</summary>\n\n" + said + "\n\n</details>\n";
    return about.stream().map(one -> marker(one) + "\n").collect(Collectors.joining())
        + "\n"
        + ending.opening()
        + sha
        + ".**\n\n"
        + before;
  }

  /**
   * What is added to a comment that somebody answered, when some of its findings are gone.
   *
   * @param count how many
   * @param sha the commit without them
   */
  public static String partlyClosed(int count, Ending ending, String sha) {
    requireSha(sha);
    return "\n✅ %s %s in %s.\n"
        .formatted(
            count == 1 ? "Another finding here was" : count + " more findings here were",
            ending.word,
            sha);
  }

  private static void requireSha(String sha) {
    if (!SHA.matcher(sha).matches()) {
      throw new IllegalArgumentException("not the hash of a commit: " + VisibleText.sentence(sha));
    }
  }

  /**
   * A comment that somebody answered and that stays as it is, but for a suggestion that another
   * statement has made a wrong one.
   *
   * @param body the comment as it stands
   * @param now what it would say now
   */
  public static String answered(String body, String now) {
    return Suggestion.offered(body).map(now::contains).orElse(true)
        ? body
        : Suggestion.withdrawn(body);
  }

  /** The same comment where its suggestion would replace other lines than it should. */
  public InlineComment withoutSuggestion() {
    return new InlineComment(findings, file, startLine, endLine, Suggestion.withdrawn(body));
  }
}
