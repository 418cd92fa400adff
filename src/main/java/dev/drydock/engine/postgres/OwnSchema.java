package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.engine.postgres.server.ServerError;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema whose owner lacks rights in it: a dump takes them from the role that production's server
 * came with, which here may be the migrating one.
 */
final class OwnSchema {
  private static final Pattern CLOSED = Pattern.compile("permission denied for schema (.+)");

  private OwnSchema() {}

  /** The schema that a statement may not use. */
  static Optional<String> closed(SQLException failure) {
    Matcher closed = CLOSED.matcher(ServerError.words(failure));
    return "42501".equals(failure.getSQLState()) && closed.matches()
        ? Optional.of(closed.group(1))
        : Optional.empty();
  }

  /** SQL by which the owner takes them back; it fails where that is not what was wrong. */
  static String reopening(String schema) {
    return """
        do $do$ begin
          if has_schema_privilege(%1$s, 'create') then raise exception 'has them'; end if;
          grant all on schema %2$s to current_user;
          if not has_schema_privilege(%1$s, 'create') then raise exception 'is not the owner'; end if;
        end $do$"""
        .formatted(Quoted.literal(schema), Quoted.name(schema));
  }
}
