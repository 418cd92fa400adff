package dev.drydock.replay;

import dev.drydock.source.Location;
import java.util.Objects;
import java.util.Optional;

/**
 * The command inside a statement that had an effect, for statements that run others (a DO block, a
 * function).
 *
 * @param command its command tag, e.g. {@code CREATE INDEX}
 * @param sql its text; empty when the server does not say
 * @param function the function it stands in, e.g. {@code public.add_audit()}; empty for a DO block
 * @param line the line of that function's body, from 1; of a function in SQL the number of the
 *     statement
 * @param location where it stands in the migration, when it stands there
 */
public record Cause(
    String command, String sql, String function, int line, Optional<Location> location) {
  public Cause {
    Objects.requireNonNull(command);
    Objects.requireNonNull(sql);
    Objects.requireNonNull(function);
    Objects.requireNonNull(location);
  }
}
