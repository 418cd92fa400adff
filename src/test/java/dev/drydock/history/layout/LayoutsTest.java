package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
