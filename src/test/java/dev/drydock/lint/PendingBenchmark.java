package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.ManyTables;
import dev.drydock.engine.postgres.Stopwatch;
import dev.drydock.engine.postgres.TestServers;
import dev.drydock.policy.Policy;
import dev.drydock.policy.Preset;
import dev.drydock.policy.RulePack;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How the cost of a lint grows with the statements that are new: replay and judgement with all
 * rules, from few statements to many, on the same base.
 *
 * <p>{@code mvn test -Dtest=PendingBenchmark -Dexcluded.groups=}
 */
@Tag("long")
class PendingBenchmark {
  private static final PrintStream OUT = System.out;
  private static final int TABLES = 100;
  private static final List<Integer> STATEMENTS = List.of(125, 250, 500, 1000);
  private static final List<Integer> TABLES_OF_A_DUMP = List.of(50, 100, 200, 400);
  private static final List<Integer> FUNCTIONS = List.of(50, 100, 200, 400);
  private static final List<Integer> TABLES_ALTERED = List.of(200, 400, 800);

  @Test
  void manyStatements() throws Exception {
    String base = ManyTables.created(TABLES);
    ScriptLint lint =
        new ScriptLint(TestServers.shared(17), Policy.of(RulePack.builtIn(), Preset.ALL, Map.of()));
    double nothing = 0;
    // The first is not counted: the JVM is cold.
    for (int count : List.of(125, 0)) {
      nothing = seconds(lint, base, change(count));
    }
    OUT.printf("without new statements: %.2f s%n", nothing);
    for (int count : STATEMENTS) {
      double seconds = seconds(lint, base, change(count)) - nothing;
      OUT.printf(
          "%d new statements: %.2f s more, %.2f ms each%n", count, seconds, seconds / count * 1000);
    }
    for (int tables : TABLES_OF_A_DUMP) {
      double seconds = seconds(lint, base, dump(tables)) - nothing;
      int count = tables * 4;
      OUT.printf(
          "%d of a dump, in one transaction: %.2f s more, %.2f ms each%n",
          count, seconds, seconds / count * 1000);
    }
    for (int functions : FUNCTIONS) {
      double seconds = seconds(lint, base, functions(functions)) - nothing;
      int count = functions * 4;
      OUT.printf(
          "%d on functions, in one transaction: %.2f s more, %.2f ms each%n",
          count, seconds, seconds / count * 1000);
    }
  }

  @Test
  void aTransactionThatAltersManyTables() throws Exception {
    ScriptLint lint =
        new ScriptLint(TestServers.shared(17), Policy.of(RulePack.builtIn(), Preset.ALL, Map.of()));
    // The first is not counted: the JVM is cold.
    seconds(lint, ManyTables.created(TABLES), altering(TABLES));
    for (int count : TABLES_ALTERED) {
      String base = ManyTables.created(count);
      double nothing = seconds(lint, base, "");
      double seconds = seconds(lint, base, altering(count)) - nothing;
      OUT.printf(
          "%d tables altered in one transaction: %.2f s more, %.2f ms each%n",
          count, seconds, seconds / count * 1000);
    }
  }

  private static String altering(int tables) {
    StringBuilder change = new StringBuilder("begin;\n");
    for (int i = 0; i < tables; i++) {
      change.append("alter table t%d add column c int;\n".formatted(i));
    }
    return change.append("commit;\n").toString();
  }

  /** As a dump of a database with functions that only some roles may call has them. */
  private static String functions(int count) {
    StringBuilder change = new StringBuilder("begin;\n");
    for (int i = 0; i < count; i++) {
      change.append(
          "create function f%d(a int) returns int language sql as 'select a';\n".formatted(i));
    }
    for (int i = 0; i < count; i++) {
      change.append("revoke all on function f%d(int) from public;\n".formatted(i));
      change.append("grant execute on function f%d(int) to pg_monitor;\n".formatted(i));
      change.append("grant select on t%d to pg_monitor;\n".formatted(i % TABLES));
    }
    return change.append("commit;\n").toString();
  }

  private static double seconds(ScriptLint lint, String base, String change) throws Exception {
    Stopwatch watch = Stopwatch.start();
    ScriptLint.Result result = lint.run(List.of(base), List.of(change));
    double seconds = watch.seconds();
    assertThat(result.failure()).isEmpty();
    return seconds;
  }

  private static String change(int count) {
    StringBuilder change = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int t = i % TABLES;
      change.append(
          switch (i / TABLES % 5) {
            case 0 -> "alter table t%d add column c%d int;\n".formatted(t, i);
            case 1 -> "create index on t%d (b);\n".formatted(t);
            case 2 -> "update t%d set a = 1;\n".formatted(t);
            case 3 -> "alter table t%d alter column a set default %d;\n".formatted(t, i);
            default -> "create table u%d (id bigint, t bigint references t%d);\n".formatted(i, t);
          });
    }
    return change.toString();
  }

  /** As a first migration made of a dump has them: tables, then keys, indexes, references. */
  private static String dump(int tables) {
    StringBuilder dump = new StringBuilder("begin;\n");
    for (String each :
        List.of(
            "create table d%d (id bigint not null, name text, up bigint);\n",
            "alter table only d%d add constraint d%1$d_pkey primary key (id);\n",
            "create index d%d_name on d%1$d (name);\n",
            "alter table only d%d add constraint d%1$d_up foreign key (up) references d%1$d;\n")) {
      for (int i = 0; i < tables; i++) {
        dump.append(each.formatted(i));
      }
    }
    return dump.append("commit;\n").toString();
  }
}
