package dev.drydock.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** A tree whose files git has listed, each by the id of its content. */
abstract sealed class CommittedTree extends FileTree permits CommitTree, RemoteTree {
  private final String name;
  private Links links;

  CommittedTree(String name, long limit) {
    super(limit);
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final List<Path> files() {
    return links().files();
  }

  @Override
  public final boolean has(Path path) {
    return links().resolve(GitPath.toGit(path)).isPresent();
  }

  @Override
  public final Optional<String> inModule(Path path) {
    return links().inModule(GitPath.toGit(path));
  }

  @Override
  public final Map<Path, String> modules() {
    return links().modules();
  }

  @Override
  public final String id(Path path) {
    return blob(path).name();
  }

  /**
   * The id of the content of the file that {@code path} stands for.
   *
   * @throws SourceException when there is none, or a link leads out of the tree
   */
  final ObjectId blob(Path path) {
    String git = GitPath.toGit(path);
    Optional<String> target = links().resolve(git);
    if (target.isPresent()) {
      return links().id(target.get());
    }
    throw links().isLink(git) ? linkOut(path, links().target(git)) : missing(path);
  }

  /** Lists the tree, which is done once and when somebody asks. */
  abstract Links list();

  private synchronized Links links() {
    if (links == null) {
      links = list();
    }
    return links;
  }
}
