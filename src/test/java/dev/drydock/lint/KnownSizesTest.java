package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.policy.PolicyException;
import dev.drydock.policy.Weighing;
import dev.drydock.schema.Name;
import dev.drydock.source.Checkout;
import dev.drydock.source.FileTree;
import dev.drydock.source.GitRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose word counts for the size of a table. */
class KnownSizesTest {
  private static final String FILE = ".drydock-sizes.json";
  private static final Name ORDERS = new Name("public", "orders");

  @TempDir Path directory;
  private GitRepository repository;

  @BeforeEach
  void create() {
    repository = GitRepository.create(directory);
    repository.write("1.sql", "select 1;");
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void withoutAFileNothingIsKnown() {
    branch();

    assertThat(sizes()).isEqualTo(KnownSizes.NONE);
  }

  @Test
  void whatTheBaseHasIsKnown() {
    repository.write(FILE, file(5));
    branch();

    assertThat(rows(sizes())).isEqualTo(5);
    assertThat(sizes().notices()).isEmpty();
  }

  @Test
  void aChangeCannotMakeATableSmall() {
    repository.write(FILE, file(5_000_000));
    branch();
    repository.write(FILE, file(1));
    repository.commit("small");

    assertThat(rows(sizes())).isEqualTo(5_000_000);
    assertThat(sizes().notices())
        .containsExactly(
            ".drydock-sizes.json is altered by this change: the sizes from before it were used");
  }

  @Test
  void norCanItDoSoByTakingTheFileAway() {
    repository.write(FILE, file(5_000_000));
    branch();
    repository.delete(FILE).commit("gone");

    assertThat(rows(sizes())).isEqualTo(5_000_000);
    assertThat(sizes().notices())
        .containsExactly(
            ".drydock-sizes.json is removed by this change: the sizes from before it were used");
  }

  @Test
  void norByBringingTheFile() {
    branch();
    repository.write(FILE, file(1)).commit("new");

    assertThat(sizes().sizes().isEmpty()).isTrue();
    assertThat(sizes().notices())
        .containsExactly(
            ".drydock-sizes.json is new with this change: the sizes in it count from the next one on");
  }

  @Test
  void whatTheWorkingTreeAltersIsPartOfTheChange() {
    repository.write(FILE, file(5_000_000));
    branch();
    repository.write(FILE, file(1));

    assertThat(rows(sizes())).isEqualTo(5_000_000);
    assertThat(sizes().notices()).hasSize(1);
  }

  @Test
  void whatGitDoesNotKeepCameFromWhoeverRunsIt() {
    branch();
    repository.write(FILE, file(7));
    assertThat(rows(sizes())).isEqualTo(7);
    repository.write(".gitignore", FILE + "\n");
    assertThat(rows(sizes())).isEqualTo(7);
    assertThat(sizes().notices()).isEmpty();
  }

  @Test
  void aMalformedFileIsRefusedWhileItIsNew() {
    branch();
    repository.write(FILE, "{}").commit("broken");

    assertThatThrownBy(this::sizes)
        .isInstanceOf(PolicyException.class)
        .hasMessage(".drydock-sizes.json:1:1: the file of table sizes needs the key `version`");
  }

  @Test
  void whatMendsAMalformedFileIsNotHeldUpByIt() {
    repository.write(FILE, "{}");
    branch();
    repository.write(FILE, file(1)).commit("mended");

    assertThat(sizes().sizes().isEmpty()).isTrue();
    assertThat(sizes().notices())
        .containsExactly(
            ".drydock-sizes.json was not readable before this change: no sizes were used");
  }

  @Test
  void whatRemovesAFileThatIsNoTextIsNotHeldUpByIt() {
    repository.write(FILE, file(1).getBytes(StandardCharsets.UTF_16));
    branch();
    repository.delete(FILE).commit("gone");

    assertThat(sizes().sizes().isEmpty()).isTrue();
    assertThat(sizes().notices())
        .containsExactly(
            ".drydock-sizes.json was not readable before this change: no sizes were used");
  }

  @Test
  void aFileThatIsNamedHasToBeThere() {
    branch();
    Configuration.Sizes named =
        new Configuration.Sizes(Path.of("db", "sizes.json"), true, Weighing.STANDARD);

    assertThatThrownBy(() -> sizes(named))
        .isInstanceOf(PolicyException.class)
        .hasMessage("`table-sizes` names the file db/sizes.json, which is not there");
    repository.write("db/sizes.json", file(3));
    assertThat(rows(sizes(named))).isEqualTo(3);
  }

  private void branch() {
    repository.commit("base");
    repository.ref("refs/remotes/origin/main", "HEAD").branch("feature");
  }

  private KnownSizes sizes() {
    return sizes(Configuration.Sizes.DEFAULT);
  }

  private KnownSizes sizes(Configuration.Sizes settings) {
    try (Checkout checkout = Checkout.open(directory, FileTree.DEFAULT_LIMIT)) {
      return KnownSizes.of(
          settings,
          checkout.changes(Optional.empty(), Optional.empty()),
          checkout.commit("HEAD"),
          FileTree.directory(directory, FileTree.DEFAULT_LIMIT));
    }
  }

  private static long rows(KnownSizes known) {
    return known.sizes().of(ORDERS).rows();
  }

  private static String file(long rows) {
    return """
        {
          "version": 1,
          "captured": "2026-01-31T12:00:00Z",
          "server": "PostgreSQL 16.4",
          "tables": [
            {"schema": "public", "table": "orders", "rows": %d, "bytes": 8192}
          ]
        }
        """
        .formatted(rows);
  }
}
