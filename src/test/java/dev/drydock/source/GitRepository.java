package dev.drydock.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.lib.TreeFormatter;

/** A real git repository for a test to build up, step by step. */
public final class GitRepository implements AutoCloseable {
  private static final PersonIdent AUTHOR = new PersonIdent("A", "a@example.org");

  private final Path root;
  private final Git git;

  private GitRepository(Path root, Git git) {
    this.root = root;
    this.git = git;
  }

  /** Creates an empty repository whose branch is {@code main}; to be closed. */
  public static GitRepository create(Path root) {
    JGitSettings.apply();
    return run(
        () ->
            new GitRepository(
                root, Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()));
  }

  public Path root() {
    return root;
  }

  public Repository repository() {
    return git.getRepository();
  }

  public GitRepository write(String path, String text) {
    return write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  public GitRepository write(String path, byte[] content) {
    return run(
        () -> {
          Files.createDirectories(root.resolve(path).getParent());
          Files.write(root.resolve(path), content);
          return this;
        });
  }

  public GitRepository link(String path, String target) {
    return run(
        () -> {
          Files.createDirectories(root.resolve(path).getParent());
          Files.createSymbolicLink(root.resolve(path), Path.of(target));
          return this;
        });
  }

  public GitRepository delete(String path) {
    return run(
        () -> {
          Files.delete(root.resolve(path));
          return this;
        });
  }

  public GitRepository move(String from, String to) {
    return run(
        () -> {
          Files.createDirectories(root.resolve(to).getParent());
          Files.move(root.resolve(from), root.resolve(to));
          return this;
        });
  }

  /** Commits all that lies in the working tree; the id. */
  public String commit(String message) {
    return run(
        () -> {
          git.add().addFilepattern(".").call();
          git.add().addFilepattern(".").setUpdate(true).call();
          return git.commit()
              .setMessage(message)
              .setAuthor(AUTHOR)
              .setCommitter(AUTHOR)
              .setSign(false)
              .setAllowEmpty(true)
              .call()
              .name();
        });
  }

  public GitRepository branch(String name) {
    return run(
        () -> {
          git.checkout().setCreateBranch(true).setName(name).call();
          return this;
        });
  }

  public GitRepository checkout(String name) {
    return run(
        () -> {
          git.checkout().setName(name).call();
          return this;
        });
  }

  /** Sets a ref to the commit that {@code revision} names, as a fetch would. */
  public GitRepository ref(String name, String revision) {
    return run(
        () -> {
          RefUpdate update = repository().updateRef(name);
          update.setNewObjectId(repository().resolve(revision));
          update.forceUpdate();
          return this;
        });
  }

  public GitRepository symbolicRef(String name, String target) {
    return run(
        () -> {
          repository().updateRef(name, false).link(target);
          return this;
        });
  }

  public GitRepository configure(String section, String subsection, String name, String value) {
    return run(
        () -> {
          StoredConfig config = repository().getConfig();
          config.setString(section, subsection, name, value);
          config.save();
          return this;
        });
  }

  /** Commits a tree that holds only a link, which no file system has to accept. */
  public GitRepository commitLink(String name, String target) {
    return run(
        () -> {
          try (ObjectInserter inserter = repository().newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            tree.append(
                name,
                FileMode.SYMLINK,
                inserter.insert(Constants.OBJ_BLOB, target.getBytes(StandardCharsets.UTF_8)));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(tree));
            commit.setAuthor(AUTHOR);
            commit.setCommitter(AUTHOR);
            commit.setMessage("link");
            String id = inserter.insert(commit).name();
            inserter.flush();
            return ref("refs/heads/main", id);
          }
        });
  }

  /** Cuts the history off: the parents of {@code commit} are taken to be unknown. */
  public GitRepository shallowAt(String commit) {
    return run(
        () -> {
          Files.writeString(repository().getDirectory().toPath().resolve("shallow"), commit + "\n");
          return this;
        });
  }

  @Override
  public void close() {
    git.close();
  }

  private interface Step<T> {
    T run() throws IOException, GitAPIException;
  }

  private static <T> T run(Step<T> step) {
    try {
      return step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }
}
