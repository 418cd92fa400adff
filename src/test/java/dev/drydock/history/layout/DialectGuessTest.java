package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialectGuessTest {

  private static Dialect of(String path, String text) {
    return Tree.empty().with(path, text).history().dialect();
  }

  private static Dialect of(String text) {
    return of("migrations/1_a.sql", text);
  }

  @Test
  void theLowestNameThatSaysItCounts() {
    assertThat(of("mysql/migrations/1_a.sql", "")).isEqualTo(Dialect.MYSQL);
    assertThat(of("db-mariadb/migrations/postgres/1_a.sql", "")).isEqualTo(Dialect.POSTGRESQL);
    assertThat(of("crates/storage-pg/migrations/1_a.sql", "")).isEqualTo(Dialect.POSTGRESQL);
    assertThat(of("clickhouse/migrations/clustered/1_a.up.sql", "")).isEqualTo(Dialect.OTHER);
    assertThat(of("driver/riversqlite/migration/main/1_a.up.sql", "")).isEqualTo(Dialect.SQLITE);
    assertThat(of("batch/migration/hsql/1_a.sql", "")).isEqualTo(Dialect.OTHER);
    assertThat(of("jdbcH2/migrations/1_a.sql", "")).isEqualTo(Dialect.OTHER);
    assertThat(of("sqlite3/migrations/1_a.sql", "create extension x;")).isEqualTo(Dialect.SQLITE);
  }

  @Test
  void otherwiseTheWordsCount() {
    assertThat(of("create table `a` (id int auto_increment) engine=innodb;"))
        .isEqualTo(Dialect.MYSQL);
    assertThat(of("drop index a_b on a;")).isEqualTo(Dialect.MYSQL);
    assertThat(of("alter table a modify column b text not null;")).isEqualTo(Dialect.MYSQL);
    assertThat(of("alter table a add column c int after b;")).isEqualTo(Dialect.MYSQL);
    assertThat(of("create table a (id integer primary key autoincrement);"))
        .isEqualTo(Dialect.SQLITE);
    assertThat(of("create table a (at integer not null default (strftime('%s', 'now')));"))
        .isEqualTo(Dialect.SQLITE);
    assertThat(of("create table a (id text primary key, data blob not null);"))
        .isEqualTo(Dialect.SQLITE);
    assertThat(of("create table a on cluster x engine = MergeTree order by id;"))
        .isEqualTo(Dialect.OTHER);
    assertThat(of("create table [dbo].[a] (id int identity(1,1));")).isEqualTo(Dialect.OTHER);
    assertThat(of("create table a (id bigserial, b jsonb);")).isEqualTo(Dialect.POSTGRESQL);
  }

  @Test
  void whatOnlyClickHouseTakesCountsMoreThanTheDriversOfTheProgram() {
    Tree tree =
        Tree.empty()
            .with("Cargo.toml", "[dependencies]\ndiesel = { features = [\"postgres\"] }\n")
            .with("migrations/1_a/up.sql", "create table a (id bigserial primary key);")
            .with(
                "ch_migrations/1_a/up.sql",
                "create table a (id uuid) engine = ReplacingMergeTree() order by id;");

    assertThat(tree.histories())
        .extracting(history -> history.dialect())
        .containsExactly(Dialect.OTHER, Dialect.POSTGRESQL);
  }

  @Test
  void whatOnlyCockroachTakesCountsMoreThanItsTypesOfPostgres() {
    for (String sql :
        List.of(
            "create table a (id uuid default gen_random_uuid(), name STRING NOT NULL, b jsonb);",
            "create table a (id int default unique_rowid(), b timestamptz);",
            "create table a (id uuid, b jsonb, FAMILY \"primary\" (id, b));",
            "create index a_b on a (b) STORING (c);")) {
      assertThat(Tree.empty().with("m/1_a.sql", sql).with("m/2_b.sql", "").histories())
          .as(sql)
          .extracting(history -> history.dialect())
          .containsExactly(Dialect.OTHER);
    }
    assertThat(
            Tree.empty()
                .with("m/1_a.sql", "create table a (family text, string text not null);")
                .with("m/2_b.sql", "")
                .histories())
        .extracting(history -> history.dialect())
        .containsExactly(Dialect.POSTGRESQL);
  }

  @Test
  void ofARustCrateTheDriversItIsBuiltWithCount() {
    assertThat(
            ofCrate("sqlx = { version = \"0.8\", features = [\n  \"json\",\n  \"sqlite\",\n] }\n"))
        .isEqualTo(Dialect.SQLITE);
    assertThat(
            ofCrate(
                "[dependencies.sqlx]\nversion = \"0.8\"\nfeatures = [\"mysql\"] # not postgres\n"
                    + "[dependencies.other]\nfeatures = [\"postgres\"]\n"))
        .isEqualTo(Dialect.MYSQL);
    assertThat(ofCrate("sqlx = { workspace = true }\n[features]\nlocal = [\"sqlx/sqlite\"]\n"))
        .isEqualTo(Dialect.SQLITE);
    assertThat(
            Tree.empty()
                .with("Cargo.toml", "diesel = { features = [\"sqlite\"] }")
                .with("migrations/1_a/up.sql", "create table a (b jsonb);")
                .history()
                .dialect())
        .isEqualTo(Dialect.SQLITE);
  }

  @Test
  void aCrateBuiltForSeveralDatabasesSaysNothingAndTheDirectorysNameSaysMore() {
    String both = "sqlx = { features = [\"postgres\", \"sqlite\"] }";
    assertThat(ofCrate(both)).isEqualTo(Dialect.POSTGRESQL);
    assertThat(
            Tree.empty()
                .with("Cargo.toml", "sqlx = { features = [\"sqlite\"] }")
                .with("server-postgres/Cargo.toml", "sqlx = { workspace = true }")
                .with("server-postgres/migrations/1_a.sql", "")
                .history()
                .dialect())
        .isEqualTo(Dialect.POSTGRESQL);
  }

  private static Dialect ofCrate(String manifest) {
    return Tree.empty()
        .with("Cargo.toml", "[workspace.dependencies]\nsqlx = \"0.8\"\n")
        .with("app/Cargo.toml", manifest)
        .with("app/migrations/1_a.sql", "create table a (b jsonb);")
        .history()
        .dialect();
  }

  @Test
  void withoutAnySignItIsPostgresql() {
    assertThat(of("create table a (id int);")).isEqualTo(Dialect.POSTGRESQL);
    assertThat(of("-- `engine=innodb`\nselect '`';")).isEqualTo(Dialect.POSTGRESQL);
  }

  @Test
  void aTypeThatSeveralOthersHaveTellsOnlyThatItIsNotThisOne() {
    assertThat(
            Tree.empty()
                .with(
                    "migrations/1_a.sql",
                    "CREATE TABLE a (\n  at datetime DEFAULT now() NOT NULL\n);\n")
                .history()
                .dialect())
        .isEqualTo(dev.drydock.history.Dialect.OTHER);
    assertThat(
            Tree.empty()
                .with("migrations/1_a.sql", "CREATE TABLE a (datetime timestamp, x int);\n")
                .history()
                .dialect())
        .isEqualTo(dev.drydock.history.Dialect.POSTGRESQL);
  }
}
