package dev.drydock.engine.postgres.watch;

import dev.drydock.schema.Schema;
import dev.drydock.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What changed on the server's side since the statement before.
 *
 * @param locks the mode newly held on each relation, where it is stronger than before
 * @param events what the event triggers reported
 * @param writes the relations a data change touched for the first time in its transaction, also
 *     when it found no row
 * @param scans how many scans began on each relation
 * @param rows by how much the counters rose of each relation whose rows were written
 * @param counted the counters of each relation as they stand now
 * @param writing the relations on which ROW EXCLUSIVE is held now
 * @param oneTransaction whether all of it happened in the transaction that is still open
 * @param touched ids of the objects that were read again
 * @param before the schema before the statement
 */
public record Delta(
    Map<Long, LockMode> locks,
    List<DdlEvent> events,
    Set<Long> writes,
    Map<Long, Long> scans,
    Map<Long, Counts> rows,
    Map<Long, Counts> counted,
    Set<Long> writing,
    boolean oneTransaction,
    Set<String> touched,
    Schema before) {

  /** The statement's own command, and those that ran in a block or function. */
  public List<String> commands(Statement statement) {
    List<String> commands = new ArrayList<>();
    commands.add(statement.syntax().command());
    events.stream()
        .filter(DdlEvent::isNested)
        .filter(event -> event.kind() != DdlEvent.Kind.REWRITE)
        .map(DdlEvent::tag)
        .forEach(commands::add);
    return commands;
  }
}
