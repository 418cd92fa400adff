package dev.drydock.report;

import dev.drydock.source.LineMap;
import dev.drydock.source.Location;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a comment links to.
 *
 * @param repository the page of the repository, e.g. {@code https://github.com/owner/name}; absent
 *     where files are not linked
 * @param sha the commit whose files are linked; empty with the repository
 * @param rulePages the directory of the rules' pages; absent where they are not linked
 * @param documented ids of the rules that have a page there
 * @param gone files that the commit does not have, so that there is nothing to link to
 * @param moved where the lines of a report are in the commit, by file; where nothing is said, it
 *     has them as the report does
 */
public record Links(
    Optional<URI> repository,
    String sha,
    Optional<URI> rulePages,
    Set<String> documented,
    Set<Path> gone,
    Map<Path, LineMap> moved) {
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40,64}");
  private static final Pattern RULE = Pattern.compile("[a-z0-9-]{1,100}");

  /** For a reader who has the files beside the report. */
  public static final Links NONE = new Links(Optional.empty(), "", Optional.empty(), Set.of());

  public Links {
    Objects.requireNonNull(repository);
    Objects.requireNonNull(rulePages);
    documented = Set.copyOf(documented);
    gone = Set.copyOf(gone);
    moved = Map.copyOf(moved);
    if (repository.isPresent() && !SHA.matcher(sha).matches()) {
      throw new IllegalArgumentException("not the hash of a commit: " + VisibleText.sentence(sha));
    }
  }

  /** To a commit that has every file. */
  public Links(
      Optional<URI> repository, String sha, Optional<URI> rulePages, Set<String> documented) {
    this(repository, sha, rulePages, documented, Set.of(), Map.of());
  }

  /** The same, to a commit that does not have these files. */
  public Links without(Set<Path> files) {
    return new Links(repository, sha, rulePages, documented, files, moved);
  }

  /** The same, to a commit that has the lines of these files elsewhere. */
  public Links moved(Map<Path, LineMap> maps) {
    return new Links(repository, sha, rulePages, documented, gone, maps);
  }

  /**
   * {@code file:line} as Markdown, linked where the repository is known and the lines are there.
   */
  String place(Location location) {
    LineMap map = moved.getOrDefault(location.file(), LineMap.identity());
    boolean there = map.keeps(location.startLine(), location.endLine());
    int first = there ? map.line(location.startLine()).orElseThrow() : location.startLine();
    int last = first + location.endLine() - location.startLine();
    String code = MarkdownText.code(JsonReports.path(location.file()) + ":" + first);
    if (!there
        || repository.isEmpty()
        || gone.contains(location.file())
        || !isInRepository(location.file())) {
      return code;
    }
    String lines = last > first ? "#L%d-L%d".formatted(first, last) : "#L" + first;
    return "[%s](<%s/blob/%s/%s%s>)"
        .formatted(code, repository.get(), sha, escaped(location), lines);
  }

  /** A browser would take {@code ..} out of the address, and end at another page. */
  private static boolean isInRepository(Path file) {
    return !file.isAbsolute() && !file.startsWith("..") && file.equals(file.normalize());
  }

  /** A path may hold anything; in a link none of it means something. */
  private static String escaped(Location location) {
    return ArtifactUri.of(location.file())
        .replace("(", "%28")
        .replace(")", "%29")
        .replace("*", "%2A")
        .replace("~", "%7E")
        .replace("&", "%26")
        .replace("@", "%40");
  }

  /** The page of a rule. */
  Optional<String> rule(String id) {
    return documented.contains(id) && RULE.matcher(id).matches()
        ? rulePages.map(pages -> pages.toString().replaceAll("/$", "") + "/" + id + ".md")
        : Optional.empty();
  }

  /** The id of a rule as Markdown, linked where it has a page. */
  String named(String id) {
    String code = MarkdownText.code(id);
    return rule(id).map(page -> "[" + code + "](<" + page + ">)").orElse(code);
  }
}
