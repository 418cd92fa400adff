package dev.drydock.facts.mapping;

import dev.drydock.facts.LockFacts;
import dev.drydock.facts.RewriteFacts;
import dev.drydock.facts.RowsFacts;
import dev.drydock.facts.ScanFacts;
import dev.drydock.facts.StatementFacts;
import dev.drydock.facts.TransactionFacts;
import dev.drydock.facts.WorkFacts;
import dev.drydock.replay.Cause;
import dev.drydock.replay.Effect;
import dev.drydock.replay.Lock;
import dev.drydock.replay.Observation;
import dev.drydock.replay.Relation;
import dev.drydock.replay.ScanReason;
import dev.drydock.schema.Schema;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Syntax;
import dev.drydock.sql.SyntaxReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns what one statement did to relations into facts: locks, rewrites, scans, rows, work. */
final class RelationSubjects {
  private static final Pattern VALIDATES =
      Pattern.compile("\\bVALIDATE\\s+CONSTRAINT\\b", Pattern.CASE_INSENSITIVE);

  private final FactMapper mapper;
  private final ChangeContext context;
  private final Observation observation;
  private final Syntax own;
  private final Schema after;
  private final Ancestry ancestry;

  RelationSubjects(FactMapper mapper, ChangeContext context, Observation observation) {
    this.mapper = mapper;
    this.context = context;
    this.observation = observation;
    this.own = observation.statement().syntax();
    this.after = observation.schema();
    this.ancestry = new Ancestry(observation, id -> mapper.known(id, after));
  }

  /**
   * Of each effect, in their order, what it is to a rule; absent for what befell a partition when
   * the table above stands for it, and for what is no effect on relations or is told by {@link
   * #closed}.
   */
  List<Optional<EffectSubject>> effects() {
    Set<Object> seen = new HashSet<>();
    return observation.effects().stream().map(effect -> subject(effect, seen)).toList();
  }

  private Optional<EffectSubject> subject(Effect effect, Set<Object> seen) {
    String command = effect.cause().map(Cause::command).orElse(own.command());
    return switch (effect) {
      case Effect.LockTaken taken ->
          Optional.of(onRelation("lock", lock(taken.lock(), command), taken.lock().relation()));
      case Effect.TableRewritten rewrite ->
          Optional.of(rewrite(rewrite, command)).filter(one -> seen.add(one.facts()));
      case Effect.TableScanned scan ->
          Optional.of(scan(scan, command)).filter(one -> seen.add(one.facts()));
      case Effect.RowsChanged rows ->
          Optional.of(onRelation("rows", rows(rows, command), rows.relation()));
      case Effect.WorkedUnderLock work -> work(work, command);
      case Effect.TablesClosed unused -> Optional.empty();
      case Effect.SchemaChanged unused -> Optional.empty();
    };
  }

  /**
   * @param command tag of the command that took it
   */
  LockFacts lock(Lock lock, String command) {
    return mapper.lock(lock, after, command, ancestry.cameDown(lock));
  }

  /** The relation that stands for a rewritten one. */
  Relation standsFor(Effect.TableRewritten rewrite) {
    return Ancestry.standsFor(rewrite.relation(), ancestry.whole(rewrite));
  }

  private EffectSubject rewrite(Effect.TableRewritten rewrite, String command) {
    Relation relation = standsFor(rewrite);
    return onRelation(
        "rewrite",
        new RewriteFacts(
            mapper.relation(relation, after),
            lock(ancestry.whole(rewrite).orElse(rewrite.lock()), command),
            rewrite.reason(),
            command,
            rewrite.reason().equals("truncate") && !isTruncated(rewrite, relation)),
        relation);
  }

  /** Whether the TRUNCATE names the relation, as one without CASCADE does. */
  private boolean isTruncated(Effect.TableRewritten rewrite, Relation relation) {
    String name = relation.name().local();
    return rewrite
        .cause()
        .map(cause -> Mention.of(name, cause.sql()))
        .orElseGet(
            () ->
                !own.command().equals("TRUNCATE TABLE")
                    || !own.has(Syntax.Flag.CASCADE)
                    || own.names("relation").contains(name));
  }

  private EffectSubject scan(Effect.TableScanned scan, String command) {
    Optional<Lock> whole = ancestry.whole(scan);
    Relation relation = Ancestry.standsFor(scan.relation(), whole);
    String text = scan.cause().map(Cause::sql).orElse(observation.statement().text());
    return onRelation(
        "scan",
        new ScanFacts(
            mapper.relation(relation, after),
            lock(whole.orElse(scan.lock()), command),
            scan.reason().id(),
            command,
            VALIDATES.matcher(text).find(),
            scan.reason() == ScanReason.VALIDATION
                ? KeyTypes.retyped(relation.id(), observation)
                : List.of()),
        relation);
  }

  private RowsFacts rows(Effect.RowsChanged changed, String command) {
    Syntax syntax = changed.cause().map(cause -> SyntaxReader.keywords(cause.sql())).orElse(own);
    return new RowsFacts(
        mapper.relation(changed.relation(), after),
        changed.inserted(),
        changed.updated(),
        changed.deleted(),
        command,
        changed.cause().isPresent() || WholeTable.isNamed(own, changed.relation(), after),
        syntax.has(Syntax.Flag.RESTRICTED)
            && !WholeTable.isAskedFor(
                syntax,
                changed.relation(),
                after,
                column -> context.given().isStillNull(column, observation)),
        syntax.has(Syntax.Flag.UNJOINED),
        changed.cause().isEmpty() && WholeTable.isOneRow(own, changed.relation(), after),
        context
            .copies()
            .loser(observation, changed)
            .map(table -> table.name().toString())
            .orElse(""));
  }

  private Optional<EffectSubject> work(Effect.WorkedUnderLock work, String command) {
    List<LockFacts> held = held(work.held(), command);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    List<String> tables = held.stream().map(lock -> lock.relation().name()).sorted().toList();
    return Optional.of(
        new EffectSubject(
            "work",
            new WorkFacts(
                command,
                observation.statement().index() + 1L,
                work.count(),
                held.getFirst().mode(),
                Transactions.blocks(held),
                tables),
            String.join(", ", tables),
            List.of(),
            ""));
  }

  /** What the commands inside the statement closed, as a transaction of its own. */
  Optional<EffectSubject> closed(Effect.TablesClosed closed, StatementFacts statement) {
    List<LockFacts> held = held(closed.held(), statement.command());
    if (held.size() < 2) {
      return Optional.empty();
    }
    TransactionFacts facts = Transactions.within(statement, held, closed.commands());
    return Optional.of(
        new EffectSubject("transaction", facts, Transactions.object(facts), List.of(), ""));
  }

  private List<LockFacts> held(List<Lock> locks, String command) {
    return locks.stream()
        .map(lock -> lock(lock, command))
        .filter(lock -> !lock.inherited())
        .toList();
  }

  /** It is of the whole statement, unless that names other relations besides. */
  private EffectSubject onRelation(String each, Object facts, Relation relation) {
    boolean several = own.names("relation").size() > 1;
    return new EffectSubject(
        each,
        facts,
        relation.name().toString(),
        several ? List.of("relation") : List.of(),
        relation.name().local());
  }
}
