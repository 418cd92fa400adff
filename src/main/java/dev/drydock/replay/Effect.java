package dev.drydock.replay;

import dev.drydock.schema.SchemaChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One thing a statement did to the database. */
public sealed interface Effect {

  /** The command inside the statement that did it; empty when the statement itself did. */
  Optional<Cause> cause();

  /** A lock it took, or made stronger than the one held before. */
  record LockTaken(Lock lock, Optional<Cause> cause) implements Effect {
    public LockTaken {
      Objects.requireNonNull(lock);
      Objects.requireNonNull(cause);
    }
  }

  /**
   * A relation whose rows or entries were written to a new file.
   *
   * @param reason what the engine gives as reason, e.g. {@code column type}, {@code default}; empty
   *     when it gives none
   */
  record TableRewritten(Relation relation, Lock lock, String reason, Optional<Cause> cause)
      implements Effect {
    public TableRewritten {
      Objects.requireNonNull(relation);
      Objects.requireNonNull(lock);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(cause);
    }
  }

  /**
   * A table all of whose rows were read.
   *
   * @param lock the strongest lock held on it meanwhile
   */
  record TableScanned(Relation relation, Lock lock, ScanReason reason, Optional<Cause> cause)
      implements Effect {
    public TableScanned {
      Objects.requireNonNull(relation);
      Objects.requireNonNull(lock);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(cause);
    }
  }

  /** An object created, dropped, renamed or altered. */
  record SchemaChanged(SchemaChange change, Optional<Cause> cause) implements Effect {
    public SchemaChanged {
      Objects.requireNonNull(change);
      Objects.requireNonNull(cause);
    }
  }

  /**
   * Work on rows that a block or function did while it held a lock it had taken itself; the first
   * such work of the statement.
   *
   * @param held the locks it had taken on tables that keep reads and writes away
   * @param count how many commands of the statement did such work
   */
  record WorkedUnderLock(Relation relation, List<Lock> held, long count, Optional<Cause> cause)
      implements Effect {
    public WorkedUnderLock {
      Objects.requireNonNull(relation);
      held = List.copyOf(held);
      Objects.requireNonNull(cause);
    }
  }

  /**
   * Tables of production that commands inside a block or function closed one after the other, each
   * while the ones before it stayed closed; the most at once.
   *
   * @param held the locks on them, which keep reads and writes away
   * @param commands how many commands took those locks
   */
  record TablesClosed(List<Lock> held, long commands, Optional<Cause> cause) implements Effect {
    public TablesClosed {
      held = List.copyOf(held);
      Objects.requireNonNull(cause);
    }
  }

  /** Rows written; the counts are those of the replay, where tables are nearly empty. */
  record RowsChanged(
      Relation relation, long inserted, long updated, long deleted, Optional<Cause> cause)
      implements Effect {
    public RowsChanged {
      Objects.requireNonNull(relation);
      Objects.requireNonNull(cause);
    }
  }
}
