package dev.drydock.source;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test in an empty repository of its own. */
abstract class InRepository {
  /** Holds the repository and has room beside it. */
  @TempDir Path temp;

  GitRepository git;
  Path root;

  @BeforeEach
  void createRepository() {
    root = temp.resolve("repo");
    git = GitRepository.create(root);
  }

  @AfterEach
  void closeRepository() {
    git.close();
  }

  static Checkout open(Path directory) {
    return Checkout.open(directory, FileTree.DEFAULT_LIMIT);
  }

  /** What changed when the user says neither base nor head. */
  static ChangeSet changes(Checkout checkout) {
    return checkout.changes(Optional.empty(), Optional.empty());
  }
}
