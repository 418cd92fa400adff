package dev.drydock.replay;

import java.util.Objects;
import java.util.OptionalInt;

/** How the run of one statement ended. */
public sealed interface Outcome {

  /** The word for it, as rules and reports spell it. */
  default String id() {
    return switch (this) {
      case Succeeded unused -> "succeeded";
      case Failed unused -> "failed";
      case Refused unused -> "refused";
      case Stopped unused -> "stopped";
      case NotReached unused -> "not-reached";
    };
  }

  /** The server did what it says. */
  record Succeeded() implements Outcome {}

  /**
   * The server refused it.
   *
   * @param sqlState five characters, e.g. {@code 42P01}
   * @param message the server's own words, without severity
   * @param hint the server's hint; empty when it gave none
   * @param position offset in the statement's text, from 0 and in UTF-16 code units, that the
   *     server points at
   * @param remedy what the replay is seen to lack, which production may have, and how to give it
   *     that; empty where nothing of the kind is seen
   * @param template whether it looks like text that something fills in before it is sent
   */
  record Failed(
      String sqlState,
      String message,
      String hint,
      OptionalInt position,
      String remedy,
      boolean template)
      implements Outcome {
    public Failed {
      Objects.requireNonNull(sqlState);
      Objects.requireNonNull(message);
      Objects.requireNonNull(hint);
      Objects.requireNonNull(position);
      Objects.requireNonNull(remedy);
    }

    /** One for which the replay is not seen to be the reason. */
    public Failed(String sqlState, String message, String hint, OptionalInt position) {
      this(sqlState, message, hint, position, "", false);
    }

    public Failed with(String why) {
      return new Failed(sqlState, message, hint, position, why, template);
    }
  }

  /**
   * It was left out, and the ones after it ran: it needs rights that a pending migration is not
   * given, or rows that only production may have; or it must not stand where it stands, and the
   * ones after it ran as if it stood elsewhere.
   *
   * @param sqlState five characters
   * @param message the server's own words, without severity
   * @param hint the server's hint; empty when it gave none
   */
  record Refused(String sqlState, String message, String hint) implements Outcome {
    /** Active SQL transaction: a statement that cannot be in one. */
    private static final String IN_TRANSACTION = "25001";

    /** Unsafe new enum value usage: a value whose own transaction is not committed. */
    private static final String TOO_EARLY = "55P04";

    public Refused {
      Objects.requireNonNull(sqlState);
      Objects.requireNonNull(message);
      Objects.requireNonNull(hint);
    }

    /** Whether no right and no row would make it go through. */
    public boolean everywhere() {
      return sqlState.equals(IN_TRANSACTION) || sqlState.equals(TOO_EARLY);
    }
  }

  /** It was cut off: it exceeded a limit of the run, which the message names. */
  record Stopped(String message) implements Outcome {
    public Stopped {
      Objects.requireNonNull(message);
    }
  }

  /** A statement before it failed, so that its tool would not have come to it. */
  record NotReached() implements Outcome {}
}
