package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import java.nio.file.Path;
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
  void whatTheNameOfEachFileSaysCountsBeforeThat() {
    assertThat(of("migrations/00001-users.sqlite.sql", "create table a (id text);"))
        .isEqualTo(Dialect.SQLITE);
    assertThat(of("sqlite/migrations/00001-users.postgres.sql", "create table a (id text);"))
        .isEqualTo(Dialect.POSTGRESQL);
    assertThat(
            Tree.empty()
                .with("migrations/1-users.sqlite.sql", "create table a (id text);")
                .with("migrations/2-users.sql", "create table b (id text);")
                .history()
                .dialect())
        .isEqualTo(Dialect.POSTGRESQL);
    assertThat(of("migrations/1_a.up.sql", "create table a (id text);"))
        .isEqualTo(Dialect.POSTGRESQL);
  }

  @Test
  void ofANameWithTwoMeaningsTheWordsAndWhatLiesBesideShowWhich() {
    assertThat(of("internal/db2/migrations/1_a.sql", "create table a (b jsonb);"))
        .isEqualTo(Dialect.POSTGRESQL);
    String identity = "create table a (id bigint generated always as identity);";
    assertThat(of("migration/db2/1_a.sql", identity)).isEqualTo(Dialect.POSTGRESQL);
    assertThat(of("migration/db2/1_a.sql", "create table a (b clob(1M));"))
        .isEqualTo(Dialect.OTHER);
    assertThat(of("price-oracle/migrations/1_a.sql", "create table a (b jsonb);"))
        .isEqualTo(Dialect.POSTGRESQL);
    assertThat(
            Tree.empty()
                .with("migration/oracle/1_a.sql", identity)
                .having("migration/h2/notes.txt")
                .history()
                .dialect())
        .isEqualTo(Dialect.OTHER);
    assertThat(of("migration/mssql/1_a.sql", "create table a (b jsonb);")).isEqualTo(Dialect.OTHER);
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
    assertThat(of("insert or replace into a (id) values ('x');")).isEqualTo(Dialect.SQLITE);
    assertThat(of("create table a on cluster x engine = MergeTree order by id;"))
        .isEqualTo(Dialect.OTHER);
    assertThat(of("create table [dbo].[a] (id int identity(1,1));")).isEqualTo(Dialect.OTHER);
    assertThat(of("create table a (id bigserial, b jsonb);")).isEqualTo(Dialect.POSTGRESQL);
  }

  @Test
  void aColumnThatIsCalledLikeATypeIsNone() {
    for (String sql :
        List.of(
            "create table files (id bigint primary key, blob text);",
            "create table numbers (unsigned boolean, tinyint int, longtext text);",
            "alter table a add column unsigned boolean, add column if not exists blob text;",
            "create table a (before text, after text, datetime timestamp);",
            "alter table a add column b int, add column after int;",
            "create index a_blob on a (blob); select blob, datetime from a order by datetime;",
            "insert into b (blob, longtext) select blob, longtext from a;",
            "create view b as (select distinct blob, count(distinct blob) from a);",
            "create table cluster (id int); create index cluster_id on cluster (id);",
            "alter table a add column auto_increment boolean, add column sqlite_path text;",
            "create table a (pragma text, number int); select number(1);",
            "comment on table a is 'data blob not null, `b` int unsigned';\n-- id int unsigned")) {
      assertThat(of(sql)).as(sql).isEqualTo(Dialect.POSTGRESQL);
    }
    assertThat(of("create table a (id int unsigned not null);")).isEqualTo(Dialect.MYSQL);
    assertThat(of("create table a (\n  id bigint(20) unsigned not null\n);"))
        .isEqualTo(Dialect.MYSQL);
    assertThat(of("alter table a add column b longtext;")).isEqualTo(Dialect.MYSQL);
    assertThat(of("create table a (b text, c tinyint(1) default 0);")).isEqualTo(Dialect.MYSQL);
    assertThat(of("alter table a add column b decimal(10, 2) not null after c;"))
        .isEqualTo(Dialect.MYSQL);
    assertThat(of("create table a (b integer primary key, \"c\" blob);")).isEqualTo(Dialect.SQLITE);
  }

  @Test
  void aStatementOfAnyLengthIsLookedAt() {
    assertThat(of("alter table a add b int " + "default 1 ".repeat(3_000) + ";"))
        .isEqualTo(Dialect.POSTGRESQL);
    assertThat(of("create table a (b" + " ".repeat(30_000) + "blob);")).isEqualTo(Dialect.SQLITE);
  }

  @Test
  void wordsOfPostgresqlWeighAgainstThoseOfOthers() {
    String mysql = "alter table a add column b longtext;\n";
    for (String sql :
        List.of(
            "create table a (b text[]);",
            "create table a (b bigint generated always as identity);",
            "create function f() returns int as $$ select 1 $$ language sql;",
            "select '{}'::json;")) {
      assertThat(of(mysql + sql)).as(sql).isEqualTo(Dialect.POSTGRESQL);
    }
  }

  @Test
  void whatTheUserSaysOfTheRepositoryGoesBeforeAGuess() {
    String other = "create table a (b longtext, c longtext);";
    assertThat(found(Search.everywhere(), "m/1_a.sql", other)).isEqualTo(Dialect.MYSQL);
    assertThat(found(Search.everywhere().forPostgresql(), "m/1_a.sql", other))
        .as("what is another's beyond doubt may lie in the same repository")
        .isEqualTo(Dialect.MYSQL);
    assertThat(
            found(
                Search.everywhere().forPostgresql(),
                "m/1_a.sql",
                "create table a (b longtext, c int);"))
        .isEqualTo(Dialect.POSTGRESQL);
    assertThat(found(Search.everywhere().in(Path.of("m")), "m/1_a.sql", other))
        .isEqualTo(Dialect.POSTGRESQL);
    Search mysql = Search.everywhere().in(Path.of("mysql"));
    assertThat(found(mysql, "mysql/1_a.sql", "")).isEqualTo(Dialect.MYSQL);
    assertThat(found(mysql.forPostgresql(), "mysql/1_a.sql", "")).isEqualTo(Dialect.POSTGRESQL);
  }

  private static Dialect found(Search search, String path, String text) {
    return new HistoryFinder(search)
        .newest(Tree.empty().with(path, text).with(path.replace("1_a", "2_b"), "").tree(), 1)
        .histories()
        .getFirst()
        .dialect();
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
