package dev.drydock.facts.mapping;

import dev.drydock.facts.MigrationFacts;
import dev.drydock.facts.StatementFacts;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing a rule is asked about, and what a finding about it needs.
 *
 * @param each the kind, as rules name it: {@code lock}, {@code column}, {@code migration}, …
 * @param facts the record bound to a variable of that name
 * @param object what it is about, in words that stay the same from run to run; part of the
 *     fingerprint
 * @param location where a finding points
 * @param whole the statement it stands in, when there is one
 * @param file the file it points into, when that is at hand
 * @param text the statement it stands in, else what identifies the place; part of the fingerprint
 * @param statement the statement it belongs to
 * @param migration the migration it belongs to
 * @param evidence what was seen, a line each
 * @param related other places that belong to it
 */
public record Subject(
    String each,
    Object facts,
    String object,
    Location location,
    Optional<Location> whole,
    Optional<SourceFile> file,
    String text,
    Optional<StatementFacts> statement,
    Optional<MigrationFacts> migration,
    List<String> evidence,
    List<Place> related) {

  /**
   * Another place worth a look.
   *
   * @param message what is there, in a few words
   */
  public record Place(Location location, String message) {
    public Place {
      Objects.requireNonNull(location);
      Objects.requireNonNull(message);
    }
  }

  public Subject {
    Objects.requireNonNull(each);
    Objects.requireNonNull(facts);
    Objects.requireNonNull(object);
    Objects.requireNonNull(location);
    Objects.requireNonNull(whole);
    Objects.requireNonNull(file);
    Objects.requireNonNull(text);
    Objects.requireNonNull(statement);
    Objects.requireNonNull(migration);
    evidence = List.copyOf(evidence);
    related = List.copyOf(related);
  }

  /** The same, of which something else was seen. */
  Subject with(List<String> otherEvidence) {
    return new Subject(
        each,
        facts,
        object,
        location,
        whole,
        file,
        text,
        statement,
        migration,
        otherEvidence,
        related);
  }

  /**
   * One of the change as a whole, whose finding points into the statement that brought it about.
   */
  static Subject broughtAboutBy(
      Statement statement,
      String each,
      Object facts,
      String object,
      Location location,
      List<String> evidence) {
    return new Subject(
        each,
        facts,
        object,
        location,
        Optional.empty(),
        Optional.of(statement.migration().file()),
        statement.text(),
        Optional.empty(),
        Optional.empty(),
        evidence,
        List.of());
  }
}
