package dev.drydock.history.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.layout.Found;
import dev.drydock.history.layout.Layouts;
import dev.drydock.history.layout.Tree;
import dev.drydock.source.ChangeSet;
import dev.drydock.source.Checkout;
import dev.drydock.source.FileTree;
import dev.drydock.source.GitRepository;
import dev.drydock.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFinderTest {
  @TempDir Path temp;

  static Found found(Tree base, Tree head) {
    return new HistoryFinder(Search.everywhere()).in(new ChangeSet(base.tree(), head.tree()));
  }

  private Found inGit(GitRepository git, Search search) {
    try (Checkout checkout = Checkout.open(git.root(), FileTree.DEFAULT_LIMIT)) {
      return new HistoryFinder(search).in(checkout.changes(Optional.of("main"), Optional.empty()));
    }
  }

  @Test
  void theBaseIsAppliedAndWhatTheChangeAddsIsPending() {
    try (GitRepository git = GitRepository.create(temp)) {
      git.write("db/migration/V1__a.sql", "create table a ();\n");
      git.write("api/migrations/1_x.up.sql", "create table x ();\n").commit("base");
      git.branch("feature").write("db/migration/V2__b.sql", "create table b ();\n").commit("two");
      git.write("api/migrations/2_y.up.sql", "create table y ();\n");

      List<History> histories = inGit(git, Search.everywhere()).histories();

      assertThat(histories)
          .extracting(history -> history.layout() + " " + history.directory())
          .containsExactly("golang-migrate api/migrations", "flyway db/migration");
      assertThat(Tree.versions(histories.get(0).applied())).containsExactly("1");
      assertThat(Tree.versions(histories.get(0).pending())).containsExactly("2");
      assertThat(Tree.paths(histories.get(1).pending())).containsExactly("db/migration/V2__b.sql");
      assertThat(histories).allMatch(history -> history.problems().isEmpty());
    }
  }

  @Test
  void appliedMigrationsAreReadAsTheyAreAtTheBase() {
    try (GitRepository git = GitRepository.create(temp)) {
      git.write("migrations/1_a.sql", "create table a ();\n").commit("base");
      git.write("migrations/1_a.sql", "create table other ();\n");

      History history = inGit(git, Search.everywhere()).histories().getFirst();

      assertThat(history.applied().getFirst().up().text()).isEqualTo("create table a ();\n");
      assertThat(Tree.problems(history)).containsExactly("edited migrations/1_a.sql:1:1 [1]");
    }
  }

  @Test
  void anEditIsReportedAtItsFirstLine() {
    Tree base = Tree.empty().with("migrations/1_a.sql", "a;\nb;\nc;\n");

    assertThat(base.to(base.with("migrations/1_a.sql", "a;\nx;\nc;\n")).problems().getFirst())
        .satisfies(
            problem -> {
              assertThat(problem.location().startLine()).isEqualTo(2);
              assertThat(problem.location().endColumn()).isEqualTo(3);
            });
    assertThat(Tree.problems(base.to(base.with("migrations/1_a.sql", "a;\n"))))
        .containsExactly("edited migrations/1_a.sql:2:1 [1]");
    assertThat(Tree.problems(base.to(base.with("migrations/1_a.sql", ""))))
        .containsExactly("edited migrations/1_a.sql:1:1 [1]");
  }

  @Test
  void aDeletedMigrationIsReportedWhereItWas() {
    Tree base = Tree.empty().having("migrations/1_a.sql", "migrations/2_b.sql");

    History history = base.to(base.without("migrations/2_b.sql"));

    assertThat(Tree.problems(history)).containsExactly("deleted migrations/2_b.sql:1:1 [2]");
    assertThat(history.problems().getFirst().detail())
        .isEqualTo("New databases are built without it.");
    assertThat(Tree.versions(history.applied())).containsExactly("1", "2");
  }

  @Test
  void manyThatAreDeletedTogetherAreToldAsOne() {
    List<String> files =
        IntStream.rangeClosed(1, 30).mapToObj("migrations/%1$d_a%1$d.sql"::formatted).toList();
    Tree base = Tree.empty().having(files.toArray(String[]::new));
    Tree squashed = Tree.empty().having(files.get(28), files.get(29), "migrations/31_all.sql");
    Tree shorter = Tree.empty().having(files.subList(9, 30).toArray(String[]::new));

    assertThat(Tree.problems(base.to(squashed)))
        .containsExactly("deleted migrations/1_a1.sql:1:1 [1 (one of 28, up to 28)]");
    assertThat(Tree.problems(base.to(shorter))).hasSize(9);
  }

  @Test
  void aRenameThatKeepsTheVersionIsTheSameMigration() {
    try (GitRepository git = GitRepository.create(temp)) {
      git.write("db/migration/V1__a.sql", "create table a ();\n").commit("base");
      git.move("db/migration/V1__a.sql", "db/migration/V1__better.sql");

      History history = inGit(git, Search.everywhere()).histories().getFirst();

      assertThat(Tree.problems(history))
          .containsExactly("renamed db/migration/V1__better.sql:1:1 [1]");
      assertThat(history.problems().getFirst().detail())
          .isEqualTo(
              "At the base it is db/migration/V1__a.sql: Flyway compares descriptions and refuses to migrate databases that ran it.");
      assertThat(history.pending()).isEmpty();
    }
  }

  @Test
  void aRenameThatTheToolDoesNotNoticeIsNoProblemAndAnEditBesidesIsOne() {
    try (GitRepository git = GitRepository.create(temp)) {
      git.write("m/1_a.up.sql", "create table a (id int, name text);\n")
          .write("m/2_b.up.sql", "create table b (id int, name text, note text);\n")
          .commit("base");
      git.move("m/1_a.up.sql", "m/1_better.up.sql");
      git.move("m/2_b.up.sql", "m/2_best.up.sql");
      git.write("m/2_best.up.sql", "create table b (id int, name text, note varchar);\n");

      History history = inGit(git, Search.everywhere()).histories().getFirst();

      assertThat(Tree.problems(history)).containsExactly("edited m/2_best.up.sql:1:1 [2]");
      assertThat(history.pending()).isEmpty();
    }
  }

  @Test
  void aRenameToANewVersionIsRunAgain() {
    try (GitRepository git = GitRepository.create(temp)) {
      git.write("m/1_a.up.sql", "create table a (id int, name text);\n").commit("base");
      git.move("m/1_a.up.sql", "m/2_a.up.sql");

      History history = inGit(git, Search.everywhere()).histories().getFirst();

      assertThat(Tree.problems(history)).containsExactly("renamed m/2_a.up.sql:1:1 [2]");
      assertThat(Tree.versions(history.pending())).containsExactly("2");
    }
  }

  @Test
  void aMovedDirectoryIsTheSameHistory() {
    try (GitRepository git = GitRepository.create(temp)) {
      git.write("m/1_a.up.sql", "create table a ();\n").write("m/2_b.up.sql", "create table b ();");
      git.commit("base");
      git.move("m/1_a.up.sql", "internal/m/1_a.up.sql");
      git.move("m/2_b.up.sql", "internal/m/2_b.up.sql");
      git.write("internal/m/3_c.up.sql", "create table c ();");

      Found found = inGit(git, Search.everywhere());

      assertThat(found.histories()).hasSize(1);
      History history = found.histories().getFirst();
      assertThat(history.directory()).isEqualTo(Path.of("internal/m"));
      assertThat(history.problems()).isEmpty();
      assertThat(Tree.versions(history.applied())).containsExactly("1", "2");
      assertThat(Tree.versions(history.pending())).containsExactly("3");
    }
  }

  @Test
  void aDirectoryThatIsGoneIsOneProblem() {
    Tree other = Tree.empty().having("README.md");

    History history = other.having("m/1_a.up.sql", "m/2_b.up.sql").to(other);

    assertThat(Tree.problems(history)).containsExactly("deleted m/1_a.up.sql:1:1 [directory m]");
    assertThat(history.problems().getFirst().detail())
        .startsWith("The base has 2 migrations in m, which databases may have run: ");
    assertThat(history.pending()).isEmpty();
  }

  @Test
  void aDuplicateThatWasThereBeforeIsNotTheChangesFault() {
    Tree base = Tree.empty().having("m/1_a.up.sql", "m/1_b.up.sql");

    assertThat(base.to(base.having("m/2_c.up.sql")).problems()).isEmpty();
    assertThat(Tree.problems(base.to(base.having("m/2_c.up.sql", "m/2_d.up.sql"))))
        .containsExactly(
            "duplicate-version m/2_c.up.sql:1:1 [2]", "duplicate-version m/2_d.up.sql:1:1 [2]");
  }

  @Test
  void anIgnoredFileThatWasThereBeforeIsNotTheChangesFault() {
    Tree base = Tree.empty().having("m/1_a.up.sql", "m/oops.sql");

    assertThat(base.to(base.having("m/2_b.up.sql")).problems()).isEmpty();
    assertThat(Tree.problems(base.to(base.with("m/oops.sql", "edited"))))
        .containsExactly("ignored m/oops.sql:1:1 [oops.sql]");
    assertThat(base.to(base.having("m/schema.sql", "m/seed.sql")).problems()).isEmpty();
  }

  @Test
  void filesOfAFormThatWasThereBeforeMayBeAnotherTools() {
    Tree base =
        Tree.empty().having("m/1_a.up.sql", "m/2.up.sql", "m/2.down.sql", "m/3.up.sql", "m/x4.sql");

    History history = base.to(base.having("m/4.up.sql", "m/4.down.sql", "m/x5.sql"));

    assertThat(Tree.problems(history))
        .containsExactly("ignored m/4.up.sql:1:1 [4.up.sql]", "ignored m/x5.sql:1:1 [x5.sql]");
    assertThat(history.problems())
        .extracting(Integrity::detail)
        .containsExactly(
            "golang-migrate runs files named <number>_<name>.up.sql, and 2 named like this one were"
                + " there before: where another tool runs them, say which as `layout:` in"
                + " .drydock.yml.",
            "golang-migrate runs files named <number>_<name>.up.sql: golang-migrate passes over it"
                + " without a word.");
  }

  @Test
  void theNewestMigrationsOfATreeCanBeTakenForPending() {
    Tree tree =
        Tree.empty().having("m/1_a.up.sql", "m/2_b.up.sql", "m/3_c.up.sql", "m/3_c.down.sql");

    History two = new HistoryFinder(Search.everywhere()).newest(tree.tree(), 2).histories().get(0);
    assertThat(Tree.versions(two.applied())).containsExactly("1");
    assertThat(Tree.versions(two.pending())).containsExactly("2", "3");

    History all = new HistoryFinder(Search.everywhere()).newest(tree.tree(), 9).histories().get(0);
    assertThat(all.applied()).isEmpty();
    assertThat(all.pending()).hasSize(3);
  }

  @Test
  void repeatablesArePendingWithTheNewestVersions() {
    Tree tree =
        Tree.empty()
            .having("db/migration/V1__a.sql", "db/migration/V2__b.sql", "db/migration/R__v.sql");

    History history =
        new HistoryFinder(Search.everywhere()).newest(tree.tree(), 1).histories().get(0);

    assertThat(Tree.versions(history.applied())).containsExactly("1");
    assertThat(Tree.versions(history.pending())).containsExactly("2", "v");
  }

  @Test
  void untouchedHistoriesCanBeLeftOut() {
    try (GitRepository git = GitRepository.create(temp)) {
      git.write("a/m/1_a.up.sql", "").write("b/m/1_b.up.sql", "").commit("base");
      git.write("b/m/2_b.up.sql", "");

      Found found = inGit(git, Search.everywhere().touched());

      assertThat(found.histories()).extracting(History::directory).containsExactly(Path.of("b/m"));
      assertThat(found.directories()).containsExactly(Path.of("a/m"), Path.of("b/m"));
    }
  }

  @Test
  void aDirectoryRestrictsTheSearch() {
    Tree tree = Tree.empty().having("a/m/1_a.up.sql", "b/m/1_b.up.sql");
    Search search = Search.everywhere().in(Path.of("b"));

    assertThat(tree.found(search).histories())
        .extracting(History::directory)
        .containsExactly(Path.of("b/m"));
  }

  @Test
  void severalDirectoriesAreSearchedAndWhatLiesInTwoIsFoundOnce() {
    Tree tree = Tree.empty().having("a/m/1_a.up.sql", "b/m/1_b.up.sql", "sql/x.sql", "sql/y.sql");
    Search search = Search.everywhere().in(List.of(Path.of("b"), Path.of("b/m"), Path.of("./sql")));

    assertThat(tree.found(search).histories())
        .extracting(History::directory)
        .containsExactly(Path.of("b/m"), Path.of("sql"));
  }

  @Test
  void inADirectoryTheUserNamesAnyFileCounts() {
    Tree tree = Tree.empty().having("test/sql/b.sql", "test/sql/a.sql", "test/sql/10_c.sql");
    Search search = Search.everywhere().in(Path.of("test/sql"));

    History history = tree.found(search).histories().getFirst();

    assertThat(history.layout()).isEqualTo("plain");
    assertThat(Tree.paths(history.applied()))
        .containsExactly("test/sql/10_c.sql", "test/sql/a.sql", "test/sql/b.sql");
  }

  @Test
  void aLayoutCanBeAskedFor() {
    Tree tree = Tree.empty().having("migrations/1_a.sql", "migrations/2_b.sql");
    Search search = Search.everywhere().as(Layouts.byId("sqlx").orElseThrow());

    assertThat(tree.history().layout()).isEqualTo("plain");
    assertThat(tree.found(search).histories()).extracting(History::layout).containsExactly("sqlx");
  }

  @Test
  void aHistoryMayLieAtTheRoot() {
    History history = Tree.empty().having("001_a.sql", "002_b.sql").history();

    assertThat(history.directory()).isEqualTo(Path.of(""));
    assertThat(Tree.versions(history.applied())).containsExactly("001", "002");
  }

  @Test
  void aPendingFileThatCannotBeReadEndsTheSearchWithItsName() {
    try (GitRepository git = GitRepository.create(temp)) {
      git.write("m/1_a.up.sql", "").commit("base");
      git.write("m/2_b.up.sql", "select 'é';".getBytes(StandardCharsets.ISO_8859_1));

      assertThatThrownBy(() -> inGit(git, Search.everywhere()))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "m/2_b.up.sql is not UTF-8 text (byte 0xE9 in line 1) and is not read. Save it as UTF-8.");
    }
  }

  @Test
  void oneFileWithTheNameOfAToolAmongManyOthersDoesNotMakeThemIgnored() {
    for (String odd : List.of("4_d.tx.up.sql", "4.do.d.sql", "4_d.postgres.up.sql", "4_d.up.sql")) {
      Tree base = Tree.empty().having("migrations/1_a.sql", "migrations/2_b.sql");
      Tree head = base.having("migrations/3_c.sql", "migrations/" + odd);
      Found found = found(base, head);

      assertThat(found.histories()).as(odd).extracting(History::layout).containsExactly("plain");
      assertThat(found.histories().getFirst().problems()).as(odd).isEmpty();
      assertThat(Tree.paths(found.histories().getFirst().pending()))
          .as(odd)
          .containsExactly("migrations/3_c.sql", "migrations/" + odd);
    }
  }

  @Test
  void nothingFoundIsNoError() {
    Found found = found(Tree.empty().having("README.md"), Tree.empty().having("README.md"));

    assertThat(found.histories()).isEmpty();
    assertThat(found.directories()).isEmpty();
  }
}
