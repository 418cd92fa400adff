package dev.drydock.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A git repository on disk, opened for reading: a checkout, a linked working tree, a submodule, or
 * a bare repository.
 *
 * <p>JGit reads it, so that no git binary is needed and git's refusal to read another user's
 * repository ({@code safe.directory}) does not apply: nothing the repository configures is run.
 */
public final class Checkout implements AutoCloseable {
  private static final String SHA_1 = "sha1";

  private final Repository repository;
  private final long limit;

  private Checkout(Repository repository, long limit) {
    this.repository = repository;
    this.limit = limit;
  }

  /**
   * Opens the repository that {@code directory} lies in; to be closed.
   *
   * @param limit size in bytes above which a file is refused
   * @throws SourceException when there is none, or it cannot be read
   */
  public static Checkout open(Path directory, long limit) {
    FileRepositoryBuilder builder = around(directory);
    if (builder.getGitDir() == null) {
      throw new SourceException(
          "%s is not in a git repository, so there is no change to compare. Run it in one, or name the pending files and give the applied ones with --applied."
              .formatted(directory.toAbsolutePath().normalize()));
    }
    try {
      Repository repository = builder.setMustExist(true).build();
      Optional<Path> top = top(directory);
      if (top.isEmpty() && !repository.isBare() && !saysWhere(repository)) {
        repository.close();
        throw new SourceException(
            "%s is the git directory of a working tree that lies elsewhere, so there are no files to lint. Run it in the working tree."
                .formatted(builder.getGitDir()));
      }
      if (top.isPresent() && isElsewhere(repository, top.get())) {
        repository.close();
        repository = builder.setWorkTree(top.get().toFile()).build();
      }
      String ids =
          repository
              .getConfig()
              .getString(ConfigConstants.CONFIG_EXTENSIONS_SECTION, null, "objectFormat");
      if (ids != null && !ids.equalsIgnoreCase(SHA_1)) {
        repository.close();
        throw new SourceException(
            "The git repository at %s has %s ids, and Drydock reads SHA-1 repositories alone. Name the pending files and give the applied ones with --applied."
                .formatted(builder.getGitDir(), ids.toUpperCase(Locale.ROOT)));
      }
      return new Checkout(repository, limit);
    } catch (IOException | IllegalArgumentException e) {
      throw new SourceException(
          "The git repository at %s cannot be opened: %s"
              .formatted(builder.getGitDir(), e.getMessage()),
          e);
    }
  }

  /**
   * Whether a repository that lies apart from its working tree, and does not say where that is, has
   * been given the directory it lies in for one.
   */
  private static boolean isElsewhere(Repository repository, Path top) {
    return !repository.isBare()
        && Files.isRegularFile(top.resolve(Constants.DOT_GIT))
        && !saysWhere(repository)
        && !repository.getWorkTree().toPath().equals(top);
  }

  /** Whether the repository's own settings say where its working tree is. */
  private static boolean saysWhere(Repository repository) {
    return repository
            .getConfig()
            .getString(
                ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_WORKTREE)
        != null;
  }

  /** Whether {@link #open} would find a repository; for telling what to suggest to a user. */
  public static boolean exists(Path directory) {
    return around(directory).getGitDir() != null;
  }

  private static FileRepositoryBuilder around(Path directory) {
    JGitSettings.apply();
    return new FileRepositoryBuilder().findGitDir(directory.toAbsolutePath().normalize().toFile());
  }

  /**
   * The top directory of the working tree that {@code directory} lies in, told without opening the
   * repository.
   */
  public static Optional<Path> top(Path directory) {
    for (Path at = directory.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      Path git = at.resolve(Constants.DOT_GIT);
      // In a linked working tree and in a submodule it is a file.
      if (Files.isRegularFile(git) || Files.isRegularFile(git.resolve(Constants.HEAD))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /** Whether the working tree that {@code directory} lies in is a submodule of one around it. */
  public static boolean isModule(Path directory) {
    Optional<Path> top = top(directory);
    Optional<Path> around = top.map(Path::getParent).flatMap(Checkout::top);
    if (around.isEmpty()) {
      return false;
    }
    try (Checkout checkout = open(around.get(), FileTree.DEFAULT_LIMIT)) {
      return checkout.workingTree().modules().containsKey(around.get().relativize(top.get()));
    } catch (SourceException e) {
      return false;
    }
  }

  /** The address that the repository around {@code directory} was cloned from, where it says. */
  public static Optional<String> origin(Path directory) {
    try (Checkout checkout = open(directory, FileTree.DEFAULT_LIMIT)) {
      return Optional.ofNullable(
          checkout
              .repository
              .getConfig()
              .getString(
                  ConfigConstants.CONFIG_REMOTE_SECTION,
                  Constants.DEFAULT_REMOTE_NAME,
                  ConfigConstants.CONFIG_KEY_URL));
    } catch (SourceException e) {
      return Optional.empty();
    }
  }

  /** The top directory of the working tree; of a bare repository, the repository itself. */
  public Path root() {
    return repository.isBare()
        ? repository.getDirectory().toPath()
        : repository.getWorkTree().toPath();
  }

  /**
   * A path as a user gave it, made relative to {@link #root()}, the way the paths of the trees are.
   *
   * @param workingDirectory what a relative path starts from
   * @throws SourceException when it lies outside the checkout
   */
  public Path relative(Path workingDirectory, Path given) {
    Path located = located(workingDirectory.toAbsolutePath().resolve(given).normalize());
    Path top = located(root());
    if (located.startsWith(top)) {
      return top.relativize(located);
    }
    throw SourceException.misnamed(
        "%s lies outside the checkout at %s and is not read. Name a path inside it."
            .formatted(given, root()));
  }

  /** The path with links to directories followed, as far as it exists; a file keeps its name. */
  private static Path located(Path absolute) {
    Path known = absolute;
    while (!Files.isDirectory(known)) {
      known = known.getParent();
    }
    try {
      return known.toRealPath().resolve(known.relativize(absolute));
    } catch (IOException e) {
      return absolute;
    }
  }

  /**
   * The files on disk, those git does not know yet included and those it ignores not.
   *
   * @throws SourceException when the repository is bare
   */
  public FileTree workingTree() {
    if (repository.isBare()) {
      throw new SourceException(
          "%s is a bare repository, so there is no working tree to lint. Name the revision to lint with --head."
              .formatted(root()));
    }
    return new WorkingTree(repository, limit);
  }

  /**
   * The files of the commit that {@code revision} names: a branch, a tag, an id, {@code HEAD~2}.
   *
   * @throws SourceException when it names none that is here
   */
  public FileTree commit(String revision) {
    RevCommit commit = new Revisions(repository).commit(revision);
    return named(commit, revision);
  }

  /**
   * A commit as git names it.
   *
   * @param parents as the commit says, also where a shallow clone ends
   */
  public record CommitIds(String id, List<String> parents) {
    public CommitIds {
      Objects.requireNonNull(id);
      parents = List.copyOf(parents);
    }
  }

  /**
   * The commit that is checked out.
   *
   * @throws SourceException when there is none
   */
  public CommitIds head() {
    return ids(Constants.HEAD);
  }

  /**
   * The commit that {@code revision} names.
   *
   * @throws SourceException when it names none that is here
   */
  public CommitIds ids(String revision) {
    RevCommit commit = new Revisions(repository).commit(revision);
    try {
      // Parsed without the repository, which would hide the parents that were not fetched.
      RevCommit whole =
          RevCommit.parse(repository.open(commit, Constants.OBJ_COMMIT).getCachedBytes());
      return new CommitIds(
          commit.name(), Stream.of(whole.getParents()).map(RevCommit::name).toList());
    } catch (IOException e) {
      throw new SourceException(
          "The commit %s cannot be read: %s. Check the repository with git fsck."
              .formatted(commit.name(), FileTree.reason(e)),
          e);
    }
  }

  /** Whether the commit of that id was fetched. */
  public boolean has(String commit) {
    try {
      return ObjectId.isId(commit)
          && repository.getObjectDatabase().has(ObjectId.fromString(commit));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the clone ends before the history does. */
  public boolean isShallow() {
    return new Revisions(repository).isShallow();
  }

  /**
   * Whether this clone shows that the commit of one revision descends from that of another, which a
   * shallow one may not.
   */
  public boolean descends(String head, String base) {
    Revisions revisions = new Revisions(repository);
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.isMergedInto(
          walk.parseCommit(revisions.commit(base)), walk.parseCommit(revisions.commit(head)));
    } catch (IOException | SourceException e) {
      return false;
    }
  }

  /**
   * What a change adds.
   *
   * <p>The change starts at the merge base of the head and {@code base}; where several are, what
   * the head has as one of them has it is no part of it. Without {@code base} that is, in this
   * order:
   *
   * <ol>
   *   <li>on the default branch itself, the branch it tracks: what is not pushed is the change;
   *   <li>the default branch of the remote {@code origin} (or of the only remote), which is the
   *       first that exists of {@code origin/HEAD}, {@code origin/main}, {@code origin/master};
   *   <li>without one, the local branch {@code main} or {@code master}.
   * </ol>
   *
   * <p>A {@code base} that is no local branch may be one of that remote: {@code main} stands for
   * {@code origin/main} in a checkout that has only the latter.
   *
   * @param base revision the change is compared with
   * @param head revision with the change; without it, the working tree with all that is not
   *     committed
   * @throws SourceException when a revision is not here, nothing is committed yet, or the clone is
   *     too shallow to hold the merge base
   */
  public ChangeSet changes(Optional<String> base, Optional<String> head) {
    FileTree with = head.isPresent() ? commit(head.get()) : workingTree();
    Revisions revisions = new Revisions(repository);
    RevCommit tip = revisions.commit(head.orElse("HEAD"));
    String target = base.orElseGet(() -> revisions.defaultBase(head));
    List<FileTree> starts =
        revisions.mergeBases(tip, head.orElse("HEAD"), target).stream()
            .map(start -> named(start, revisions.shorten(target)))
            .toList();
    return new ChangeSet(
        starts.size() == 1 ? starts.getFirst() : new CrissCross(starts, with), with);
  }

  private FileTree named(RevCommit commit, String name) {
    return new CommitTree(
        repository,
        commit.getTree(),
        "%s (commit %s)".formatted(name, commit.abbreviate(9).name()),
        limit);
  }

  /** Trees of this checkout can no longer be read afterwards. */
  @Override
  public void close() {
    repository.close();
  }
}
