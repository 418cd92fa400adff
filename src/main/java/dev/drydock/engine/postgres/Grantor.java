package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.engine.postgres.server.ServerError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to give a role to others. From PostgreSQL 16 on, a grantor that is named needs it, and
 * only the superuser that initdb made has it of each role; in a replay that is another one.
 */
final class Grantor {
  private static final Pattern DENIED =
      Pattern.compile("^permission denied to grant privileges as role \"(.+)\"$");
  private static final Pattern ROLE =
      Pattern.compile("must have the ADMIN option on role \"(.+)\"");

  private Grantor() {}

  /** SQL that gives the right, where it is what a statement lacks. */
  static Optional<String> entitling(ServerError error) {
    Matcher denied = DENIED.matcher(error.message());
    Matcher role = ROLE.matcher(error.detail());
    return denied.find() && role.find()
        ? Optional.of(
            "grant %s to %s with admin true, inherit false, set false"
                .formatted(Quoted.name(role.group(1)), Quoted.name(denied.group(1))))
        : Optional.empty();
  }
}
