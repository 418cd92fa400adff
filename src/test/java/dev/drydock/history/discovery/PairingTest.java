package dev.drydock.history.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.layout.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a migration whose name or number is another one at the head. */
class PairingTest {
  private static final Tree A = Tree.empty().with("m/1_a.up.sql", "create table a (id int);\n");
  private static final String X = "create table x (id int);\n";
  private static final String Y = "create table y (id int);\n";

  @Test
  void ofTwoWithOneNumberTheOneThatIsTakenAwayWasNeverRun() {
    Tree base = A.with("m/2_x.up.sql", X).with("m/2_y.up.sql", Y).with("m/3_y.up.sql", Y);

    History history = base.to(base.without("m/2_y.up.sql"));

    assertThat(Tree.problems(history)).isEmpty();
    assertThat(history.pending()).isEmpty();
    assertThat(Tree.paths(history.applied()))
        .containsExactly("m/1_a.up.sql", "m/2_x.up.sql", "m/3_y.up.sql");
  }

  @Test
  void ofTwoWithOneNumberTheOneThatGetsAnotherIsNew() {
    Tree base = A.with("m/2_x.up.sql", X).with("m/2_y.up.sql", Y);

    History history = base.to(base.without("m/2_y.up.sql").with("m/3_y.up.sql", Y));

    assertThat(Tree.problems(history)).isEmpty();
    assertThat(Tree.paths(history.applied())).containsExactly("m/1_a.up.sql", "m/2_x.up.sql");
    assertThat(Tree.paths(history.pending())).containsExactly("m/3_y.up.sql");
  }

  @Test
  void whereBothAreRunTheOneThatGetsAnotherNumberIsRunAgain() {
    Tree base =
        Tree.empty()
            .with("scripts/1_a.sql", "-- //\n" + X + "-- //@UNDO\n")
            .with("scripts/1_b.sql", "-- //\n" + Y + "-- //@UNDO\n");

    History history =
        base.to(
            base.without("scripts/1_b.sql")
                .with("scripts/2_b.sql", "-- //\n" + Y + "-- //@UNDO\n"));

    assertThat(history.layout()).isEqualTo("mybatis");
    assertThat(Tree.problems(history)).containsExactly("renamed scripts/2_b.sql:1:1 [2]");
    assertThat(history.applied()).hasSize(2);
    assertThat(Tree.versions(history.pending())).containsExactly("2");
  }

  @Test
  void aLowerNumberIsNotRunWhereTheNewestOneCounts() {
    Tree base = A.with("m/5_y.up.sql", Y);

    History history = base.to(A.with("m/3_y.up.sql", Y));

    assertThat(history.pending()).isEmpty();
    assertThat(Tree.problems(history)).containsExactly("renamed m/3_y.up.sql:1:1 [3]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo(
            "At the base it is m/5_y.up.sql: golang-migrate stops on databases that stand at the old number, which is gone, and those past it do not run it again.");
  }

  /** Trees with a migration Y of number 5, and what is said when it gets the number 3. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          db/%d_%s.sql           | ---- create above / drop below ---- | tern goes by the newest number alone, so databases that ran it do not run it again, and those past the new number that have not run it never do.
          m/00%d.do.%s.sql       | -- | Postgrator goes by the newest number alone, so databases that ran it do not run it again, and those past the new number that have not run it never do, without a word.
          scripts/%d_%s.sql      | -- //@UNDO | MyBatis Migrations goes by the newest number that a database has, so those that ran it do not run it again, and those past the new one that have not run it never do, with no more than a warning.
          """)
  void aLowerNumberIsSaidAsTheToolTakesIt(String path, String mark, String said) {
    Tree base = Tree.empty().with(path.formatted(1, "a"), "-- //\n" + X + mark + "\n");

    History history =
        base.with(path.formatted(5, "y"), "-- //\n" + Y + mark + "\n")
            .to(base.with(path.formatted(3, "y"), "-- //\n" + Y + mark + "\n"));

    assertThat(history.pending()).isEmpty();
    assertThat(history.problems())
        .filteredOn(problem -> problem.kind() == Integrity.Kind.RENAMED)
        .extracting(Integrity::detail)
        .containsExactly("At the base it is " + path.formatted(5, "y") + ": " + said);
  }

  @Test
  void oneThatIsRenamedAndEditedIsToldOfOnce() {
    Tree base = A.with("m/2_y.up.sql", X + Y);

    History history = base.to(A.with("m/4_y.up.sql", X + Y + "drop table a;\n"));

    assertThat(Tree.problems(history)).containsExactly("renamed m/4_y.up.sql:1:1 [4]");
    assertThat(Tree.paths(history.pending())).containsExactly("m/4_y.up.sql");
    assertThat(Tree.problems(base.to(A.with("m/2_yy.up.sql", X + "drop table a;\n"))))
        .containsExactly("edited m/2_yy.up.sql:2:1 [2]");
  }

  @Test
  void whereNumbersMoveOnTheContentTellsWhichIsWhich() {
    Tree base = A.with("m/65_x.up.sql", X).with("m/66_y.up.sql", Y);
    Tree head =
        A.with("m/65_z.up.sql", "create table z (id int);\n")
            .with("m/66_x.up.sql", X)
            .with("m/67_y.up.sql", Y);

    History history = base.to(head);

    assertThat(history.problems().stream().map(Integrity::detail))
        .isEqualTo(
            List.of(
                "At the base its version is that of m/65_x.up.sql, so golang-migrate takes it for that one on databases that ran it.",
                "At the base it is m/65_x.up.sql, and its version is that of m/66_y.up.sql, so golang-migrate takes it for that one on databases that ran it.",
                "At the base it is m/66_y.up.sql: golang-migrate knows a migration by its number alone, so databases past the old number may run it again."));
    assertThat(Tree.paths(history.pending())).containsExactly("m/67_y.up.sql");
  }

  @Test
  void oneUnderAnotherNameIsNotLateBesideItself() {
    Tree base =
        Tree.empty()
            .with("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
            .with("prisma/migrations/20240201000000_b copy/migration.sql", X);

    History history =
        base.to(
            base.without("prisma/migrations/20240201000000_b copy/migration.sql")
                .with("prisma/migrations/20240201000000_b/migration.sql", X));

    assertThat(Tree.problems(history))
        .containsExactly(
            "renamed prisma/migrations/20240201000000_b/migration.sql:1:1 [20240201000000_b]");
  }

  @Test
  void commentsAndLineEndsAreNoEditToAToolThatKeepsNoChecksum() {
    Tree base = A.with("m/2_x.up.sql", X);

    for (String same :
        List.of(
            X.replace("\n", "\r\n"), "-- why\n" + X, X.strip(), "create table x (\n  id int\n);")) {
      assertThat(Tree.problems(base.to(base.with("m/2_x.up.sql", same)))).isEmpty();
    }
    assertThat(Tree.problems(base.to(base.with("m/2_x.up.sql", X.replace("int", "bigint")))))
        .containsExactly("edited m/2_x.up.sql:1:1 [2]");
  }
}
