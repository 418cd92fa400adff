package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutsTest {
  @Test
  void everyLayoutIsKnownByItsId() {
    assertThat(Layouts.all())
        .extracting(Layout::id)
        .containsExactly(
            "supabase",
            "drizzle",
            "prisma",
            "hasura",
            "diesel",
            "refinery",
            "mybatis",
            "liquibase",
            "flyway",
            "goose",
            "sql-migrate",
            "dbmate",
            "play",
            "tern",
            "yoyo",
            "atlas",
            "bun",
            "go-pg",
            "sqlx",
            "pop",
            "postgrator",
            "sqitch",
            "db-migrate",
            "graphile-migrate",
            "node-pg-migrate",
            "postgres-shift",
            "maragudk-migrate",
            "golang-migrate",
            "plain");
    assertThat(Layouts.byId("ebean")).isEmpty();
    assertThat(Layouts.all()).allMatch(layout -> Layouts.byId(layout.id()).orElseThrow() == layout);
  }

  @Test
  void whatIsOlderIsRunLateBySomeToolsAndNotAtAllByOthers() {
    assertThat(Layouts.all().stream().filter(Layout::runsOlder).map(Layout::id))
        .contains("pop", "diesel", "dbmate", "prisma", "sql-migrate", "plain", "bun", "hasura")
        .contains("liquibase", "sqlx", "yoyo")
        .doesNotContain("flyway", "goose", "golang-migrate", "node-pg-migrate", "atlas", "tern")
        .doesNotContain("refinery", "supabase", "postgrator", "drizzle");
  }

  /** A fix that writes another mark than the tool reads would fail where it is applied. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "atlas | ",
        "dbmate | -- migrate:up",
        "goose | -- +goose Up",
        "hasura | ",
        "sql-migrate | -- +migrate Up",
        "sqlx | ",
        "tern | ",
      })
  void whatAFixWritesForNoTransactionIsWhatTheLayoutReadsAndAdvises(String of) {
    Layout layout = Layouts.byId(of.substring(0, of.indexOf(' '))).orElseThrow();
    String text = of.substring(of.indexOf('|') + 2) + "\nselect 1;\n";
    SourceFile file = new SourceFile(Path.of("migrations/1_a.sql"), text);
    Surroundings around = new Surroundings(List.of(Tree.empty().tree()));
    Migration migration =
        new Migration(
            Version.numbered("1"),
            "a",
            file,
            layout.up(file),
            Optional.empty(),
            layout.transaction(file, around),
            false);

    Migration marked = layout.outsideTransaction(migration, file).orElseThrow();

    assertThat(migration.transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(marked.transaction())
        .isNotEqualTo(Transaction.PER_MIGRATION)
        .isEqualTo(layout.transaction(marked.file(), around));
    String advised = layout.howToGoWithoutTransaction().split("`")[1];
    assertThat(marked.file().text()).contains(advised + "\n").endsWith("\nselect 1;\n");
  }
}
