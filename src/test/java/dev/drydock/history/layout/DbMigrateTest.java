package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.CodeMigration;
import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DbMigrateTest {
  private static final String A = "20240101000000-create-a";
  private static final String B = "20240102000000-b";
  private static final String C = "20240103000000-c";

  private static Tree project() {
    return Tree.empty()
        .with("package.json", "{\"dependencies\": {\"db-migrate\": \"^0.11\"}}")
        .having("migrations/" + A + ".js", "migrations/sqls/" + A + "-up.sql")
        .having("migrations/sqls/" + A + "-down.sql");
  }

  private static Tree with(Tree tree, String name) {
    return tree.having("migrations/" + name + ".js", "migrations/sqls/" + name + "-up.sql");
  }

  @Test
  void whatTheScriptsReadIsRunInATransactionOfTheDriver() {
    History history = with(project(), B).history();

    assertThat(history.layout()).isEqualTo("db-migrate");
    assertThat(history.directory()).isEqualTo(Path.of("migrations/sqls"));
    assertThat(Tree.versions(history.applied()))
        .containsExactly("20240101000000", "20240102000000");
    Migration first = history.applied().getFirst();
    assertThat(first.description()).isEqualTo("create a");
    assertThat(first.down().orElseThrow().file().path())
        .isEqualTo(Path.of("migrations/sqls/" + A + "-down.sql"));
    assertThat(first.transaction()).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(history.code()).isEmpty();
    assertThat(history.prelude()).startsWith("CREATE TABLE migrations (");
  }

  @Test
  void withoutTransactionsAFileIsOneQuery() {
    Tree tree =
        project()
            .with(
                "package.json",
                "{\"db-migrate\": 1, \"up\": \"db-migrate up --non-transactional\"}");

    assertThat(tree.history().applied().getFirst().transaction()).isEqualTo(Transaction.IMPLICIT);
  }

  @Test
  void theSettingsSayTheDatabaseAndItsSchema() {
    Tree shop =
        project().with("database.json", "{\"dev\": {\"driver\": \"pg\", \"schema\": \"shop\"}}");
    History history = shop.history();

    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(history.prelude()).startsWith("CREATE SCHEMA IF NOT EXISTS \"shop\";");
    assertThat(history.session()).startsWith("SET search_path TO \"shop\", \"$user\", public;");
    assertThat(shop.with("database.json", "{\"dev\": {\"driver\": \"mysql\"}}").history().dialect())
        .isEqualTo(Dialect.MYSQL);
    assertThat(
            project()
                .with("database.json", "{\"a\": {\"schema\": \"x\"}, \"b\": {\"schema\": \"y\"}}")
                .history()
                .session())
        .isEmpty();
  }

  @Test
  void aScriptThatReadsNoSqlIsCodeAndSqlThatNoScriptReadsIsNotRun() {
    Tree base = project();
    History history =
        base.to(
            base.having("migrations/" + B + ".js", "migrations/sqls/" + C + "-up.sql")
                .having("migrations/util.js", "migrations/sqls/data.sql"));

    assertThat(history.pending()).isEmpty();
    assertThat(history.code())
        .extracting(CodeMigration::file)
        .containsExactly(Path.of("migrations/" + B + ".js"));
    assertThat(Tree.problems(history))
        .containsExactly(
            "not-sql migrations/%s.js:1:1 [20240102000000]".formatted(B),
            "ignored migrations/sqls/%1$s-up.sql:1:1 [%1$s-up.sql]".formatted(C));
    assertThat(history.problems().getLast().detail())
        .isEqualTo(
            "db-migrate runs files named <time>-<name>-up.sql that a <time>-<name>.js above their"
                + " directory reads: there is none, so it is not run.");
  }

  @Test
  void whatRunsLateOrAgainIsTold() {
    Tree base = with(project(), C);
    History late = base.to(with(base, B).with("migrations/sqls/" + A + "-up.sql", "select 1;"));

    assertThat(late.problems())
        .extracting(Integrity::kind)
        .containsExactly(Integrity.Kind.EDITED, Integrity.Kind.LATE);

    String sql = "create table orders (id bigint primary key, note text, at timestamptz);\n";
    Tree named = base.with("migrations/sqls/" + C + "-up.sql", sql);
    History renamed =
        named.to(
            with(named.without("migrations/sqls/" + C + "-up.sql"), "20240104000000-d")
                .with("migrations/sqls/20240104000000-d-up.sql", sql));
    assertThat(Tree.versions(renamed.pending())).containsExactly("20240104000000");
    assertThat(renamed.problems()).extracting(Integrity::kind).contains(Integrity.Kind.RENAMED);
  }
}
