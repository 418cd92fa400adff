package dev.drydock.schema;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one object between two snapshots.
 *
 * @param before absent for one that was created
 * @param after absent for one that was dropped
 * @param withTable whether its whole table came or went with it
 */
public record SchemaChange(
    Event event, Optional<SchemaObject> before, Optional<SchemaObject> after, boolean withTable) {

  /** What happened; an object that was both renamed and altered has two changes. */
  public enum Event {
    CREATED,
    DROPPED,
    RENAMED,
    ALTERED;

    /** Lower case, as rules spell it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public SchemaChange {
    Objects.requireNonNull(event);
    Objects.requireNonNull(before);
    Objects.requireNonNull(after);
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("a change of nothing");
    }
  }

  /** The object as it was, when it is of that type. */
  public <T extends SchemaObject> Optional<T> before(Class<T> type) {
    return before.filter(type::isInstance).map(type::cast);
  }

  /** The object as it is, when it is of that type. */
  public <T extends SchemaObject> Optional<T> after(Class<T> type) {
    return after.filter(type::isInstance).map(type::cast);
  }

  /** The object as it is now or, when it is gone, as it was. */
  public SchemaObject object() {
    return after.or(() -> before).orElseThrow();
  }
}
