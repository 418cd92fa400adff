package dev.drydock.facts.mapping;

import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Column;
import dev.drydock.schema.SchemaChange;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Syntax;
import dev.drydock.sql.SyntaxReader;
import java.time.Duration;
import java.util.Optional;

/**
 * The command that gives a column another type: the statement, or the one that a block ran.
 *
 * @param sql its text
 * @param syntax what a parser tells about it, with offsets in that text
 */
record ConvertingCommand(String sql, Syntax syntax) {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  static ConvertingCommand of(SchemaChange change, Observation observation) {
    return observation
        .effects(Effect.SchemaChanged.class)
        .filter(changed -> changed.change().equals(change))
        .flatMap(changed -> changed.cause().stream())
        .map(Cause::sql)
        // Of another the parser tells nothing that is asked for.
        .filter(sql -> Mention.of("using", sql))
        .findFirst()
        .map(ConvertingCommand::inBlock)
        .orElseGet(
            () ->
                new ConvertingCommand(
                    observation.statement().text(), observation.statement().syntax()));
  }

  private static ConvertingCommand inBlock(String sql) {
    try (SyntaxReader reader = SyntaxReader.start(LIMIT)) {
      return new ConvertingCommand(sql, reader.read(sql));
    }
  }

  /** The expression that makes the values of the new type, where one is written. */
  Optional<String> using(Column column) {
    return syntax
        .parts("using", column.name().local())
        .map(part -> sql.substring(part.start(), part.end()))
        .findFirst();
  }
}
