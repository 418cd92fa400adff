package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.history.Transaction;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import dev.drydock.source.ChangeSet;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SqitchTest {
  private static final String PRAGMAS = "%syntax-version=1.0.0\n%project=shop\n\n";

  /** A plan of changes and tags, each with a time and a planner. */
  static String plan(String... lines) {
    return Stream.of(lines)
        .map(line -> line + " 2024-01-31T12:00:00Z Ann Lee <ann@example.com> # why\n")
        .collect(Collectors.joining("", PRAGMAS, ""));
  }

  static Tree planned(String... lines) {
    return Tree.empty()
        .with("db/sqitch.conf", "[core]\n\tengine = pg\n")
        .with("db/sqitch.plan", plan(lines));
  }

  static Tree shop() {
    return planned("users", "orders").having("db/deploy/users.sql", "db/deploy/orders.sql");
  }

  static List<String> details(History history) {
    return history.problems().stream().map(Integrity::detail).toList();
  }

  @Test
  void thePlanHasTheOrderAndPsqlRunsTheScripts() {
    Tree tree =
        Tree.empty()
            .with(
                "sqitch.plan",
                PRAGMAS.replace("\n", "\r\n")
                    + "# what there is first\n"
                    + "users 2024-01-31T12:00:00Z Ann Lee <ann@example.com># no blank before this\n"
                    + "  + app/orders [users !old other:thing@v1] 2024-01-31T12:00:00Z Ann <a@b.c>\n"
                    + "\n@v1 2024-01-31T12:00:00Z Ann <a@b.c> # a tag\n"
                    + "not a change\n")
            .with("deploy/app/orders.sql", "BEGIN;\nCREATE TABLE orders (id serial);\nCOMMIT;\n")
            .having("deploy/users.sql", "revert/users.sql", "verify/users.sql");

    History history = tree.history();

    assertThat(history.layout()).isEqualTo("sqitch");
    assertThat(history.directory()).isEqualTo(Path.of("deploy"));
    assertThat(history.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Tree.versions(history.applied())).containsExactly("users", "app/orders");
    Migration users = history.applied().getFirst();
    assertThat(users.transaction()).isEqualTo(Transaction.NONE);
    assertThat(users.down().orElseThrow().file().path()).isEqualTo(Path.of("revert/users.sql"));
    assertThat(history.prelude())
        .startsWith("CREATE SCHEMA IF NOT EXISTS \"sqitch\";")
        .contains("CREATE TABLE \"sqitch\".changes (");
  }

  @Test
  @Timeout(20)
  void aPlanOfManyChangesIsReadInTimeThatGrowsWithTheirNumber() {
    int count = 60_000;
    String[] lines = new String[2 * count];
    Arrays.setAll(lines, i -> "c" + i % count);
    lines[count] = "@v1";
    SqitchPlan plan = SqitchPlan.of(new SourceFile(Path.of("sqitch.plan"), plan(lines)));
    assertThat(plan.changes().get(1).tags()).containsExactly("v1");
    assertThat(plan.changes().getLast().time()).isEqualTo(1);
  }

  @Test
  void aLineThatIsNewInThePlanIsPendingThoughItsScriptWasThere() {
    Tree base = shop().having("db/deploy/notes.sql");
    Tree head = base.with("db/sqitch.plan", plan("users", "orders", "notes"));

    History history = base.to(head);

    assertThat(Tree.versions(history.applied())).containsExactly("users", "orders");
    assertThat(Tree.versions(history.pending())).containsExactly("notes");
    assertThat(history.problems()).isEmpty();
    assertThat(
            new HistoryFinder(Search.everywhere().touched())
                .in(new ChangeSet(base.tree(), head.tree()))
                .histories())
        .hasSize(1);
  }

  @Test
  void whatANewLineRequiresHasToStandBeforeIt() {
    Tree base = planned("users", "@v1", "orders [later]").having("db/deploy/users.sql");
    Tree head =
        base.with(
                "db/sqitch.plan",
                plan(
                    "users",
                    "@v1",
                    "orders [later]",
                    "notes [users @v1 users@v1 orders !gone other:gone shop:users]",
                    "rows [users lost @v9 prices shop:gone]",
                    "prices [0123456789abcdef0123456789abcdef01234567]"))
            .having("db/deploy/orders.sql", "db/deploy/notes.sql", "db/deploy/rows.sql")
            .having("db/deploy/prices.sql");

    History history = base.having("db/deploy/orders.sql").to(head);

    assertThat(Tree.problems(history)).containsExactly("unrunnable db/sqitch.plan:8:1 [rows]");
    assertThat(details(history))
        .containsExactly(
            "It requires lost and @v9 and prices and shop:gone, which the plan does not have before it, and Sqitch refuses to read the plan.");
  }

  @Test
  void whatIsNewIsInTheOrderOfThePlanThoughOthersWereMoved() {
    Tree base = shop();
    Tree head =
        base.with("db/sqitch.plan", plan("orders", "prices", "users", "rows"))
            .having("db/deploy/prices.sql", "db/deploy/rows.sql");

    assertThat(Tree.versions(base.to(head).pending())).containsExactly("prices", "rows");
  }

  @Test
  void aReworkedChangeKeepsItsOldScriptUnderTheTag() {
    Tree base =
        planned("users", "totals", "@v1", "more", "@v2")
            .having("db/deploy/users.sql", "db/deploy/more.sql")
            .with("db/deploy/totals.sql", "select 1;\n");
    Tree head =
        base.with("db/sqitch.plan", plan("users", "totals", "@v1", "more", "@v2", "totals"))
            .with("db/deploy/totals@v2.sql", "select 1;\n")
            .with("db/deploy/totals.sql", "select 2;\n");

    History history = base.to(head);

    assertThat(history.problems()).isEmpty();
    assertThat(Tree.paths(history.pending())).containsExactly("db/deploy/totals.sql");
    History later = head.history();
    assertThat(Tree.paths(later.applied()))
        .containsExactly(
            "db/deploy/users.sql",
            "db/deploy/totals@v2.sql",
            "db/deploy/more.sql",
            "db/deploy/totals.sql");
    assertThat(Tree.versions(later.applied()))
        .containsExactly("users", "totals@v2", "more", "totals");
    // The tag of the change itself names its script just as well.
    assertThat(
            Tree.paths(
                head.without("db/deploy/totals@v2.sql")
                    .having("db/deploy/totals@v1.sql")
                    .history()
                    .applied()))
        .contains("db/deploy/totals@v1.sql");
  }

  @Test
  void aReworkThatLeavesNoCopyOfTheOldScriptHasNone() {
    Tree base = planned("users", "@v1").having("db/deploy/users.sql");
    History history =
        base.to(
            base.with("db/sqitch.plan", plan("users", "@v1", "users"))
                .with("db/deploy/users.sql", "select 2;"));

    assertThat(Tree.problems(history)).containsExactly("deleted db/deploy/users.sql:1:1 [users]");
    assertThat(Tree.paths(history.pending())).containsExactly("db/deploy/users.sql");
  }

  @Test
  void whatItRefusesOrPassesOverIsTold() {
    Tree base = shop().having("db/deploy/gone.sql", "db/deploy/left.sql");
    base = base.with("db/sqitch.plan", plan("users", "orders", "gone"));

    History history =
        base.to(
            base.with(
                    "db/sqitch.plan", plan("users", "between", "orders", "twice", "twice", "none"))
                .with("db/deploy/users.sql", "select 1;\n")
                .without("db/deploy/gone.sql")
                .having("db/deploy/between.sql", "db/deploy/twice.sql", "db/deploy/stray.sql"));

    assertThat(Tree.problems(history))
        .containsExactly(
            "out-of-order db/deploy/between.sql:1:1 [between]",
            "deleted db/deploy/gone.sql:1:1 [gone]",
            "ignored db/deploy/stray.sql:1:1 [stray.sql]",
            "duplicate-version db/deploy/twice.sql:1:1 [twice]",
            "duplicate-version db/deploy/twice.sql:1:1 [twice]",
            "edited db/deploy/users.sql:1:1 [users]",
            "missing db/sqitch.plan:9:1 [none]");
    assertThat(details(history))
        .contains(
            "Sqitch runs files named after the changes in its plan: no change there is called so.",
            "db/deploy/none.sql does not exist, and Sqitch stops at it.")
        .anyMatch(detail -> detail.startsWith("The newest migration at the base is gone: Sqitch"));
  }

  @Test
  void aChangeThatLosesItsScriptIsDeletedAndOneThatGetsANewNameIsRenamed() {
    Tree base = shop();
    assertThat(Tree.problems(base.to(base.without("db/deploy/users.sql"))))
        .containsExactly("deleted db/deploy/users.sql:1:1 [users]");

    String text = "CREATE TABLE orders (id bigint, note text, at timestamptz);\n";
    Tree named = base.with("db/deploy/orders.sql", text);
    History renamed =
        named.to(
            named
                .without("db/deploy/orders.sql")
                .with("db/deploy/sales.sql", text)
                .with("db/sqitch.plan", plan("users", "sales")));
    assertThat(Tree.problems(renamed)).containsExactly("renamed db/deploy/sales.sql:1:1 [sales]");
    assertThat(renamed.pending()).isEmpty();
  }

  @Test
  void theConfigurationSaysWhereThingsAre() {
    Tree tree =
        Tree.empty()
            .with(
                "api/sqitch.conf",
                """
                [core]
                  engine = pg ; the default
                  top_dir = database
                  extension = ddl
                [engine "pg"]
                  target = production
                  registry = "deployed"
                  reworked_dir = old
                [target "production"]
                  uri = db:pg://localhost/shop
                  plan_file = plans/shop.plan
                """)
            .with("api/plans/shop.plan", plan("users", "@v1", "users"))
            .having("api/database/deploy/users.ddl", "api/old/deploy/users@v1.ddl");

    History history = tree.history();

    assertThat(history.directory()).isEqualTo(Path.of("api/database/deploy"));
    assertThat(Tree.paths(history.applied()))
        .containsExactly("api/old/deploy/users@v1.ddl", "api/database/deploy/users.ddl");
    assertThat(history.prelude()).contains("CREATE TABLE \"deployed\".changes (");
  }

  @Test
  void eachPlanIsAHistoryAndItsEngineTheDialect() {
    Tree tree =
        Tree.empty()
            .with(
                "sqitch.conf",
                """
                [core]
                  engine = sqlite
                [engine "sqlite"]
                  top_dir = lite
                [engine "pg"]
                  top_dir = pg
                """)
            .with("lite/sqitch.plan", plan("a"))
            .with("pg/sqitch.plan", plan("a"))
            .with("none/sqitch.plan", plan("a"))
            .with("other/sqitch.plan", plan("a"))
            .having("lite/deploy/a.sql", "pg/deploy/a.sql", "other/deploy/a.sql")
            .having("pg/revert/a.sql", "pg/verify/001.sql", "pg/verify/002.sql");

    assertThat(tree.histories())
        .extracting(History::directory, History::dialect)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Path.of("lite/deploy"), Dialect.SQLITE),
            org.assertj.core.groups.Tuple.tuple(Path.of("other/deploy"), Dialect.POSTGRESQL),
            org.assertj.core.groups.Tuple.tuple(Path.of("pg/deploy"), Dialect.POSTGRESQL));
  }

  @Test
  void aProjectThatMovedIsTheSame() {
    Tree base = shop();
    Tree head =
        Tree.empty()
            .with("sql/sqitch.plan", plan("users", "orders", "notes"))
            .having("sql/deploy/notes.sql")
            .with("sql/deploy/users.sql", base.files().get("db/deploy/users.sql"))
            .with("sql/deploy/orders.sql", base.files().get("db/deploy/orders.sql"));

    History history = base.to(head);

    assertThat(Tree.versions(history.applied())).containsExactly("users", "orders");
    assertThat(Tree.versions(history.pending())).containsExactly("notes");
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void aProjectThatIsGoneIsOneFinding() {
    History history = shop().to(Tree.empty().having("README.md"));

    assertThat(Tree.problems(history))
        .containsExactly("deleted db/deploy/users.sql:1:1 [directory db/deploy]");
  }

  @Test
  void aPlanDoesNotLeadOutOfItsDirectory() {
    Tree tree =
        planned("/etc/passwd", "a/../../../b", "users", "@../x", "users")
            .having("db/deploy/users.sql", "b.sql");

    assertThat(Tree.versions(tree.history().applied())).containsExactly("users", "users");
  }

  @Test
  void itIsLookedForWhereTheUserSays() {
    FileTree tree =
        shop().with("x/sqitch.plan", plan("a")).having("x/deploy/a.sql", "x/t/1.sql").tree();

    assertThat(new HistoryFinder(Search.everywhere().in(Path.of("db"))).newest(tree, 1).histories())
        .extracting(History::directory)
        .containsExactly(Path.of("db/deploy"));
    assertThat(
            new HistoryFinder(Search.everywhere().as(Layouts.byId("sqitch").orElseThrow()))
                .newest(tree, 1)
                .histories())
        .hasSize(2)
        .allMatch(history -> history.layout().equals("sqitch"));
    assertThat(
            new HistoryFinder(
                    Search.everywhere()
                        .in(Path.of("db/deploy"))
                        .as(Layouts.byId("plain").orElseThrow()))
                .newest(tree, 0)
                .histories())
        .extracting(History::layout)
        .containsExactly("plain");
  }

  @Test
  void filesThatAreNamedAreTakenInTheOrderOfTheirNames() {
    FileTree named =
        FileTree.of(
            List.of(
                new SourceFile(Path.of("deploy/a.sql"), "select 1;"),
                new SourceFile(Path.of("deploy/b.sql"), "select 2;")));

    History history =
        new HistoryFinder(Search.everywhere().as(Layouts.byId("sqitch").orElseThrow()))
            .among(FileTree.of(List.of()), named);

    assertThat(Tree.versions(history.pending())).containsExactly("a", "b");
    assertThat(history.prelude()).isEmpty();
  }

  @Test
  void theVariablesOfPsqlHaveTheirValues() {
    Tree tree =
        shop()
            .with(
                "db/sqitch.conf",
                """
                [core]
                  engine = pg
                [engine "pg"]
                  target = db:pg:shop
                [engine "pg.variables"]
                  reader = public
                [deploy "variables"]
                  note = it's
                """);

    assertThat(tree.history().placeholders())
        .contains(
            new Placeholders.Colon(
                Map.of(
                    "DBNAME", "shop", "registry", "sqitch", "reader", "public", "note", "it's")));
  }
}
