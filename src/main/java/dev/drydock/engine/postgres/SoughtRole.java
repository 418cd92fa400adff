package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.ServerError;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The role that an error is about: it is not there, or may not be acted for. */
final class SoughtRole {
  private static final String UNDEFINED_OBJECT = "42704";

  /** What SET ROLE says of a role that is not there. */
  private static final String INVALID_VALUE = "22023";

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** The states of an error that says there is no such role. */
  static final Set<String> MISSING = Set.of(UNDEFINED_OBJECT, INVALID_VALUE);

  private static final Pattern MISSING_ROLE = Pattern.compile("role \"(.+)\" does not exist");
  private static final Pattern NOT_MEMBER =
      Pattern.compile("must be (?:able to SET ROLE|member of role|owner of role) \"(.+)\"");

  private SoughtRole() {}

  static Optional<String> of(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    Pattern pattern =
        switch (state) {
          case UNDEFINED_OBJECT, INVALID_VALUE -> MISSING_ROLE;
          case INSUFFICIENT_PRIVILEGE -> NOT_MEMBER;
          default -> null;
        };
    if (pattern == null) {
      return Optional.empty();
    }
    Matcher role = pattern.matcher(ServerError.words(failure));
    return role.find() ? Optional.of(role.group(1)) : Optional.empty();
  }
}
