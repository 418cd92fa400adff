package dev.drydock.policy;

import dev.drydock.source.Location;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rule has to say about one thing in the change.
 *
 * @param severity the rule's, or what the user made of it
 * @param location the words to underline
 * @param message one or two sentences that name the object and the effect
 * @param object what it is about, e.g. {@code public.orders}
 * @param statement the text of the statement; empty for a finding about a file or history
 * @param evidence what was seen, a line each
 * @param recipe what to do about this one, Markdown: the part of the rule's that is for its case
 * @param preflight a query to run on production; empty when the rule has none
 * @param suppression present for a finding that is kept and does not count
 * @param weighed the sizes of the tables it is about, when its rule is weighed and they are known
 */
public record Finding(
    Rule rule,
    Severity severity,
    Location location,
    String message,
    String object,
    String statement,
    List<String> evidence,
    List<Related> related,
    String recipe,
    Optional<Fix> fix,
    String preflight,
    Fingerprint fingerprint,
    Optional<Suppression> suppression,
    Optional<Weighed> weighed)
    implements Comparable<Finding> {
  /** By place, then the more severe first, then by rule, object and message. */
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::location)
          .thenComparing(Finding::severity)
          .thenComparing(finding -> finding.rule().id())
          .thenComparing(Finding::object)
          .thenComparing(Finding::message)
          .thenComparing(Finding::fingerprint);

  public Finding {
    Objects.requireNonNull(rule);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(location);
    Objects.requireNonNull(message);
    Objects.requireNonNull(object);
    Objects.requireNonNull(statement);
    evidence = List.copyOf(evidence);
    related = List.copyOf(related);
    Objects.requireNonNull(recipe);
    Objects.requireNonNull(fix);
    Objects.requireNonNull(preflight);
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(suppression);
    Objects.requireNonNull(weighed);
  }

  /** Every place it points to. */
  public Stream<Location> locations() {
    return Stream.of(
            Stream.of(location),
            related.stream().map(Related::location),
            fix.stream().map(Fix::location))
        .flatMap(places -> places);
  }

  /** The same finding, kept and not counted. */
  public Finding suppressed(Suppression by) {
    return with(fingerprint, Optional.of(by));
  }

  /** The same finding under another fingerprint. */
  public Finding under(Fingerprint other) {
    return with(other, suppression);
  }

  private Finding with(Fingerprint newFingerprint, Optional<Suppression> newSuppression) {
    return new Finding(
        rule,
        severity,
        location,
        message,
        object,
        statement,
        evidence,
        related,
        recipe,
        fix,
        preflight,
        newFingerprint,
        newSuppression,
        weighed);
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
