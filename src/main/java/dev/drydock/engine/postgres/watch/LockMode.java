package dev.drydock.engine.postgres.watch;

import dev.drydock.replay.Lock;
import dev.drydock.replay.Relation;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * PostgreSQL's table-level lock modes, from weakest to strongest, and which of them conflict.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES">Table-level
 *     locks</a>
 */
enum LockMode {
  ACCESS_SHARE,
  ROW_SHARE,
  ROW_EXCLUSIVE,
  SHARE_UPDATE_EXCLUSIVE,
  SHARE,
  SHARE_ROW_EXCLUSIVE,
  EXCLUSIVE,
  ACCESS_EXCLUSIVE;

  /** The mode as {@code pg_locks.mode} spells it, e.g. {@code AccessExclusiveLock}. */
  static LockMode ofCatalog(String name) {
    StringBuilder words = new StringBuilder();
    for (char c : name.substring(0, name.length() - "Lock".length()).toCharArray()) {
      if (Character.isUpperCase(c) && !words.isEmpty()) {
        words.append('_');
      }
      words.append(Character.toUpperCase(c));
    }
    return valueOf(words.toString());
  }

  private final String sql = name().replace('_', ' ').toUpperCase(Locale.ROOT);

  /** As SQL spells it, e.g. {@code ACCESS EXCLUSIVE}. */
  String sql() {
    return sql;
  }

  static LockMode stronger(LockMode one, LockMode other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  boolean conflictsWith(LockMode other) {
    return conflicts().contains(other);
  }

  private Set<LockMode> conflicts() {
    return switch (this) {
      case ACCESS_SHARE -> EnumSet.of(ACCESS_EXCLUSIVE);
      case ROW_SHARE -> EnumSet.of(EXCLUSIVE, ACCESS_EXCLUSIVE);
      case ROW_EXCLUSIVE -> EnumSet.of(SHARE, SHARE_ROW_EXCLUSIVE, EXCLUSIVE, ACCESS_EXCLUSIVE);
      case SHARE_UPDATE_EXCLUSIVE -> EnumSet.range(SHARE_UPDATE_EXCLUSIVE, ACCESS_EXCLUSIVE);
      case SHARE ->
          EnumSet.of(
              ROW_EXCLUSIVE,
              SHARE_UPDATE_EXCLUSIVE,
              SHARE_ROW_EXCLUSIVE,
              EXCLUSIVE,
              ACCESS_EXCLUSIVE);
      case SHARE_ROW_EXCLUSIVE -> EnumSet.range(ROW_EXCLUSIVE, ACCESS_EXCLUSIVE);
      case EXCLUSIVE -> EnumSet.range(ROW_SHARE, ACCESS_EXCLUSIVE);
      case ACCESS_EXCLUSIVE -> EnumSet.allOf(LockMode.class);
    };
  }

  /** A plain SELECT takes ACCESS SHARE; INSERT, UPDATE and DELETE take ROW EXCLUSIVE. */
  Lock on(Relation relation) {
    return new Lock(relation, sql(), conflictsWith(ACCESS_SHARE), conflictsWith(ROW_EXCLUSIVE));
  }
}
