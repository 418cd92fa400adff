package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The file after the newest is one that the tool runs, and runs next. */
class NextNameTest {
  /** They make a migration's files themselves, or have more to be written than a file. */
  private static final Set<String> MADE_BY_THE_TOOL =
      Set.of("drizzle", "liquibase", "sqitch", "db-migrate", "graphile-migrate");

  /** Layout, newest file, and the one after it. */
  private static final String FILES =
      """
      atlas,           m/20240131235959_a.sql,             m/20240201000000_finish.sql
      bun,             m/20240131235959_a.up.sql,          m/20240201000000_finish.up.sql
      bun,             m/0009_a.tx.up.sql,                 m/0010_finish.up.sql
      dbmate,          m/20240131235959_a.sql,             m/20240201000000_finish.sql
      diesel,          m/2024-01-31-235959_a/up.sql,       m/2024-02-01-000000_finish/up.sql
      diesel,          m/2024-01-31-235959-0000_a/up.sql,  m/2024-01-31-235959-0001_finish/up.sql
      diesel,          m/00000000000009_a/up.sql,          m/00000000000010_finish/up.sql
      flyway,          m/V9__a.sql,                        m/V10__finish.sql
      flyway,          m/V1.2.09__a.sql,                   m/V1.2.10__finish.sql
      flyway,          m/V2024_12_31__a.sql,               m/V2025_01_01__finish.sql
      flyway,          m/B5__a.sql,                        m/V6__finish.sql
      go-pg,           m/9_a.tx.up.sql,                    m/10_finish.up.sql
      golang-migrate,  m/000009_a.up.sql,                  m/000010_finish.up.sql
      goose,           m/20240131235959_a.sql,             m/20240201000000_finish.sql
      hasura,          m/1700000000999_a/up.sql,           m/1700000001000_finish/up.sql
      maragudk-migrate, m/0009_a.up.sql,                   m/0010_finish.up.sql
      maragudk-migrate, m/0189.up.sql,                     m/0190_finish.up.sql
      maragudk-migrate, m/1-a.up.sql,                      m/2-finish.up.sql
      mybatis,         m/20240131235959_a.sql,             m/20240201000000_finish.sql
      node-pg-migrate, m/1700000000000_a.sql,              m/1700000000001_finish.sql
      node-pg-migrate, m/20241231235959999_a.up.sql,       m/20250101000000000_finish.up.sql
      node-pg-migrate, m/1700000000000_a-b.c.sql,          m/1700000000001_finish.sql
      plain,           m/009_a.sql,                        m/010_finish.sql
      plain,           m/V3__a.sql,                        m/V4__finish.sql
      plain,           m/2024-12-31-a.sql,                 m/2025-01-01-finish.sql
      plain,           m/3.up.sql,                         m/4.finish.up.sql
      play,            conf/evolutions/default/9.sql,      conf/evolutions/default/10.sql
      pop,             m/20240131235959_a.autocommit.up.sql, m/20240201000000_finish.up.sql
      postgres-shift,  m/00009_a/index.sql,                m/00010_finish/index.sql
      postgres-shift,  m/00009_a.sql,                      m/00010_finish.sql
      postgrator,      m/009.do.a.sql,                     m/010.do.finish.sql
      postgrator,      m/9.do.sql,                         m/10.do.finish.sql
      prisma,          m/20240131235959_a/migration.sql,   m/20240201000000_finish/migration.sql
      refinery,        m/V9__a.sql,                        m/V10__finish.sql
      sql-migrate,     m/20240131235959-a.sql,             m/20240201000000-finish.sql
      sqlx,            m/20240131235959_a.sql,             m/20240201000000_finish.sql
      sqlx,            m/9_a.up.sql,                       m/10_finish.up.sql
      supabase,        m/20240131235959_a.sql,             m/20240201000000_finish.sql
      tern,            m/009_a.sql,                        m/010_finish.sql
      yoyo,            m/0009.a.sql,                       m/0010.finish.sql
      """;

  static Stream<Arguments> files() {
    return FILES.lines().map(line -> Arguments.of((Object[]) line.split(", *")));
  }

  /** Its number is the year, and those of one year run in the order of their names. */
  @Test
  void theNumberWithinADayIsCountedUp() {
    Layout layout = Layouts.byId("sql-migrate").orElseThrow();

    assertThat(layout.next(Path.of("m/2024-01-31.0-a.sql"), "finish"))
        .contains(Path.of("m/2024-01-31.1-finish.sql"));
    assertThat(layout.next(Path.of("m/2024-01-31.0.a.sql"), "finish"))
        .contains(Path.of("m/2024-01-31.1.finish.sql"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void theNextFileIsOneThatTheToolRunsNext(String id, Path newest, Path expected) {
    Layout layout = Layouts.byId(id).orElseThrow();

    Path next = layout.next(newest, "finish").orElseThrow();

    assertThat(next).isEqualTo(expected);
    assertThat(layout.role(next)).isInstanceOf(Role.Forward.class);
    assertThat(((Role.Forward) layout.role(next)).version())
        .isGreaterThan(((Role.Forward) layout.role(newest)).version());
  }

  @ParameterizedTest
  @CsvSource({
    "flyway, m/R__views.sql",
    "flyway, m/release_V1__a.sql",
    "bun, m/99_a.up.sql",
    "prisma, m/first/migration.sql",
    "sql-migrate, m/first.sql",
    "hasura, up.sql",
    "plain, m/first.sql",
    "sqitch, deploy/first.sql",
    "graphile-migrate, migrations/committed/000001.sql",
    "maragudk-migrate, m/9-a.up.sql",
    "db-migrate, m/sqls/20240131235959-a-up.sql"
  })
  void whereNoNameCanBeToldThereIsNone(String id, Path newest) {
    assertThat(Layouts.byId(id).orElseThrow().next(newest, "finish")).isEmpty();
  }

  @Test
  void everyLayoutIsHere() {
    assertThat(Stream.concat(files().map(file -> file.get()[0]), MADE_BY_THE_TOOL.stream()))
        .containsAll(Layouts.all().stream().map(Layout::id).toList());
  }
}
