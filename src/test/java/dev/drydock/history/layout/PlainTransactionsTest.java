package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which transaction a plain file runs, and what parts its statements. */
class PlainTransactionsTest {
  @Test
  void aFileThatOnlyATransactionCanRunIsRunInOne() {
    for (String text :
        List.of(
            "-- all at once\nlock orders;\ndelete from orders;\n",
            "LOCK TABLE ONLY orders IN SHARE MODE;",
            "select 1;\nsavepoint a;\n")) {
      assertThat(transaction(text)).as(text).isEqualTo(Transaction.PER_MIGRATION);
    }
    for (String text :
        List.of(
            "begin;\nlock orders;\ncommit;\n",
            "select 'a; lock b';\n",
            "alter table lock add column savepoint int;\n",
            "create function f() returns void language plpgsql as $$ begin lock a; end $$;\n")) {
      assertThat(transaction(text)).as(text).isEqualTo(Transaction.NONE);
    }
  }

  private static Transaction transaction(String text) {
    return Tree.empty()
        .with("migrations/1_a.sql", text)
        .history()
        .applied()
        .getFirst()
        .transaction();
  }

  private static Transaction under(String settings, String content, String text) {
    return Tree.empty()
        .with(settings, content)
        .with("db/migrations/1_a.sql", text)
        .history()
        .applied()
        .getFirst()
        .transaction();
  }

  @Test
  void theLibraryOfAProjectSaysWhetherItOpensATransaction() {
    String sql = "create table t (id int);\n";
    String node = "{\"dependencies\": {\"postgres-migrations\": \"5\"}}";

    assertThat(under("package.json", node, sql)).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(under("package.json", node, "-- postgres-migrations disable-transaction\n" + sql))
        .isEqualTo(Transaction.IMPLICIT);
    assertThat(under("package.json", "{\"pg-node-migrations\": \"0\"}", sql))
        .isEqualTo(Transaction.PER_MIGRATION);
    assertThat(under("package.json", "{\"pg\": \"8\"}", sql)).isEqualTo(Transaction.NONE);

    String clojure = "{:deps {migratus/migratus {:mvn/version \"1\"}}}";
    assertThat(under("deps.edn", clojure, sql)).isEqualTo(Transaction.PER_MIGRATION);
    assertThat(under("deps.edn", clojure, "-- :disable-transaction\n" + sql))
        .isEqualTo(Transaction.NONE);

    assertThat(under("x", "", "-- codd: in-txn\n" + sql)).isEqualTo(Transaction.PER_MIGRATION);
  }

  @Test
  void aLineMayPartStatementsInPlaceOfASemicolon() {
    Tree tree =
        Tree.empty()
            .with(
                "migrations/001-a.up.sql",
                "create table t (id int)\n--;;\ncreate table u (id int)\r\n--;;\r\n-- a --;; b\n");

    assertThat(tree.history().applied().getFirst().up().text())
        .isEqualTo(
            "create table t (id int)\n;   \ncreate table u (id int)\r\n;   \r\n-- a --;; b\n");
  }
}
