package dev.drydock.history;

import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Something about the order or the identity of migrations that their tool would refuse, skip or not
 * notice.
 *
 * @param subject the version or file name it is about
 * @param detail one sentence that names the other side: the newest applied version, the twin, the
 *     pattern not matched
 * @param file as the change has it, when {@code location} is a place in its text
 */
public record Integrity(
    Kind kind, Location location, String subject, String detail, Optional<SourceFile> file) {

  /** The kinds of problem; {@link #id()} is their published spelling. */
  public enum Kind {
    /** Its content differs from the base, where it may already have been applied. */
    EDITED,
    /** It is at the base and gone at the head. */
    DELETED,
    /** It is at the base under another name. */
    RENAMED,
    /** Two migrations of one history have the same version. */
    DUPLICATE_VERSION,
    /** The number before its own is missing, and the tool counts. */
    GAP,
    /** Its version is older than the newest one at the base, so that the tool does not run it. */
    OUT_OF_ORDER,
    /** Its version is older than the newest one at the base, and the tool runs it after that. */
    LATE,
    /**
     * It lies among migrations and the tool's name pattern does not match it, so the tool passes
     * over it.
     */
    IGNORED,
    /** The tool is told to run it, and its file is not there. */
    MISSING,
    /** The tool stops at it or never gets past it, whatever the server would say to it. */
    UNRUNNABLE,
    /** The tool runs it and Drydock cannot, because it is not SQL. */
    NOT_SQL;

    /** Lower case with hyphens, as rules and reports spell it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Integrity {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(location);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(file);
  }
}
