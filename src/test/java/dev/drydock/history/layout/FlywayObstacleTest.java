package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Flyway stops at, or waits for without end. */
class FlywayObstacleTest {
  private static final String CONCURRENTLY = "create index concurrently i on t (id);\n";

  private static List<String> unrunnable(String file, String text, String... more) {
    Tree base = Tree.empty().with("db/migration/V1__a.sql", "create table t (id int);\n");
    Tree head = base.with("db/migration/" + file, text);
    for (int i = 0; i < more.length; i += 2) {
      head = head.with(more[i], more[i + 1]);
    }
    return base.to(head).problems().stream()
        .map(
            problem ->
                problem.kind().id()
                    + " "
                    + problem.location().startLine()
                    + ": "
                    + problem.detail().substring(0, 12))
        .toList();
  }

  @Test
  void whatMixesStatementsForATransactionWithOthersIsToldOf() {
    String mixed = "set lock_timeout = '5s';\n-- now\n" + CONCURRENTLY;
    String lock = "flyway.postgresql.transactional.lock=false\n";

    assertThat(unrunnable("V2__b.sql", mixed)).containsExactly("unrunnable 3: Flyway stops");
    assertThat(unrunnable("V2__b.sql", "vacuum t;\nselect 1;\n"))
        .containsExactly("unrunnable 1: Flyway stops");
    assertThat(unrunnable("V2__b.sql", "vacuum t; vacuum t;")).isEmpty();
    assertThat(unrunnable("V2__b.sql", mixed, "flyway.conf", "flyway.mixed=true\n" + lock))
        .isEmpty();
    assertThat(
            unrunnable(
                "V2__b.sql",
                mixed,
                "flyway.conf",
                lock,
                "db/migration/V2__b.sql.conf",
                "executeInTransaction=false\n"))
        .isEmpty();
  }

  @Test
  void anIndexThatIsBuiltConcurrentlyWaitsForTheLock() {
    assertThat(unrunnable("V2__b.sql", CONCURRENTLY)).containsExactly("unrunnable 1: It builds an");
    assertThat(unrunnable("V2__b.sql", "drop index concurrently i;\n")).isEmpty();
    assertThat(
            unrunnable(
                "V2__b.sql",
                CONCURRENTLY,
                "flyway.toml",
                "[flyway.postgresql]\ntransactional.lock = false\n"))
        .isEmpty();
    assertThat(
            unrunnable(
                "V2__b.sql",
                CONCURRENTLY,
                "src/Migrations.java",
                "Map.of(\"flyway.postgresql.transactional.lock\", \"false\")"))
        .isEmpty();
  }

  @Test
  void anOldFlywayHoldsItsLockWithoutATransaction() {
    assertThat(
            unrunnable(
                "V2__b.sql", CONCURRENTLY, "build.gradle", "'org.flywaydb:flyway-core:8.5.13'"))
        .isEmpty();
    assertThat(
            unrunnable(
                "V2__b.sql", CONCURRENTLY, "build.gradle", "ext[\"flyway.version\"] = \"7.15.0\""))
        .isEmpty();
    assertThat(
            unrunnable(
                "V2__b.sql",
                CONCURRENTLY,
                "pom.xml",
                "<artifactId>spring-boot-starter-parent</artifactId>\n<version>2.7.18</version>"))
        .isEmpty();
    assertThat(
            unrunnable(
                "V2__b.sql", CONCURRENTLY, "build.gradle", "'org.flywaydb:flyway-core:11.8.0'"))
        .hasSize(1);
  }

  @Test
  void aScriptThatIsToldToHaveATransactionHasOne() {
    Migration migration =
        Tree.empty()
            .with("db/migration/V1__a.sql", CONCURRENTLY)
            .with("db/migration/V1__a.sql.conf", "executeInTransaction=true\n")
            .history()
            .applied()
            .getFirst();

    assertThat(migration.transaction()).isEqualTo(Transaction.PER_MIGRATION);
  }
}
