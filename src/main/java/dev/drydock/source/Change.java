package dev.drydock.source;

import java.nio.file.Path;
import java.util.Objects;

/** How one file differs between the two trees of a change set. */
public sealed interface Change {

  /** The file at the head; for a deleted one, where it was at the base. */
  Path path();

  /** There is no such file at the base. */
  record Added(Path path) implements Change {
    public Added {
      Objects.requireNonNull(path);
    }
  }

  /** Its content is another one at the base. */
  record Modified(Path path) implements Change {
    public Modified {
      Objects.requireNonNull(path);
    }
  }

  /** There is no such file at the head. */
  record Deleted(Path path) implements Change {
    public Deleted {
      Objects.requireNonNull(path);
    }
  }

  /**
   * It has another path at the base, with the same content or a similar one.
   *
   * @param from the path at the base
   */
  record Renamed(Path from, Path path) implements Change {
    public Renamed {
      Objects.requireNonNull(from);
      Objects.requireNonNull(path);
    }
  }
}
