package dev.drydock.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeSetTest {
  private static final String ORDERS =
      "create table orders (\n  id bigint primary key,\n  total numeric not null\n);\n";
  private static final String USERS =
      "create table users (\n  id bigint primary key,\n  email text unique\n);\n";

  private static FileTree tree(Map<String, String> files) {
    return FileTree.of(
        files.entrySet().stream()
            .map(file -> new SourceFile(Path.of(file.getKey()), file.getValue()))
            .toList());
  }

  private static List<Change> changes(Map<String, String> base, Map<String, String> head) {
    return new ChangeSet(tree(base), tree(head)).changes(path -> true);
  }

  @Test
  void equalTreesDoNotDiffer() {
    assertThat(changes(Map.of("a.sql", ORDERS), Map.of("a.sql", ORDERS))).isEmpty();
  }

  @Test
  void filesAreAddedModifiedAndDeleted() {
    assertThat(
            changes(
                Map.of("a.sql", ORDERS, "b.sql", "drop table x;"),
                Map.of("a.sql", ORDERS + "\n", "c.sql", USERS)))
        .containsExactly(
            new Change.Modified(Path.of("a.sql")),
            new Change.Deleted(Path.of("b.sql")),
            new Change.Added(Path.of("c.sql")));
  }

  @Test
  void aFileUnderAnotherNameIsRenamedWithTheSameContentOrASimilarOne() {
    assertThat(changes(Map.of("m/1.sql", ORDERS), Map.of("m/2.sql", ORDERS)))
        .containsExactly(new Change.Renamed(Path.of("m/1.sql"), Path.of("m/2.sql")));
    assertThat(changes(Map.of("m/1.sql", ORDERS), Map.of("m/2.sql", ORDERS + "-- more\n")))
        .containsExactly(new Change.Renamed(Path.of("m/1.sql"), Path.of("m/2.sql")));
  }

  @Test
  void aFileCopiedToTwoNamesIsRenamedToOneOfThem() {
    assertThat(changes(Map.of("1.sql", ORDERS), Map.of("2.sql", ORDERS, "3.sql", ORDERS)))
        .containsExactly(
            new Change.Renamed(Path.of("1.sql"), Path.of("2.sql")),
            new Change.Added(Path.of("3.sql")));
  }

  @Test
  void onlyTheRelevantFilesAreCompared() {
    ChangeSet set = new ChangeSet(tree(Map.of("a.txt", "")), tree(Map.of("a.sql", "")));

    assertThat(set.changes(path -> path.toString().endsWith(".sql")))
        .containsExactly(new Change.Added(Path.of("a.sql")));
  }

  @Test
  void renamesAreFoundBetweenACommitAndTheWorkingTree(@TempDir Path root) {
    try (GitRepository git = GitRepository.create(root)) {
      git.write("m/1.sql", ORDERS).write("m/2.sql", USERS).commit("base");
      git.move("m/2.sql", "m/3.sql");

      try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
        assertThat(checkout.changes(Optional.of("main"), Optional.empty()).changes(path -> true))
            .containsExactly(new Change.Renamed(Path.of("m/2.sql"), Path.of("m/3.sql")));
      }
    }
  }

  @Property(tries = 200)
  void everyFileThatDiffersIsNamedOnceAndNoOther(
      @ForAll @Size(max = 8) Map<@AlphaChars @StringLength(min = 1, max = 2) String, Integer> base,
      @ForAll @Size(max = 8)
          Map<@AlphaChars @StringLength(min = 1, max = 2) String, Integer> head) {
    Map<String, String> before = new TreeMap<>();
    base.forEach((name, content) -> before.put(name, "select " + content));
    Map<String, String> after = new TreeMap<>();
    head.forEach((name, content) -> after.put(name, "select " + content));

    List<String> named =
        changes(before, after).stream()
            .flatMap(
                change ->
                    switch (change) {
                      case Change.Renamed renamed -> Stream.of(renamed.from(), renamed.path());
                      case Change.Added added -> Stream.of(added.path());
                      case Change.Modified modified -> Stream.of(modified.path());
                      case Change.Deleted deleted -> Stream.of(deleted.path());
                    })
            .map(Path::toString)
            .sorted()
            .toList();

    TreeSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    assertThat(named)
        .containsExactlyElementsOf(
            all.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .toList());
  }
}
