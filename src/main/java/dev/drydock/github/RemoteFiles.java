package dev.drydock.github;

import dev.drydock.source.RemoteCommit;
import dev.drydock.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.github.GHTree;
import org.kohsuke.github.GHTreeEntry;

/** A commit that is read from GitHub because the checkout does not have it. */
public final class RemoteFiles implements RemoteCommit {
  private static final int MOST_FOLDERS = 500;

  private final Api api;
  private final String commit;

  /**
   * @param commit id of the commit
   */
  public RemoteFiles(Api api, String commit) {
    this.api = api;
    this.commit = commit;
  }

  @Override
  public List<Entry> entries() {
    try {
      GHTree tree = api.repository().getTreeRecursive(commit, 1);
      List<Entry> entries = new ArrayList<>();
      if (!tree.isTruncated()) {
        tree.getTree().forEach(entry -> add(entries, entry, ""));
        return entries;
      }
      // Too much for one answer: folder by folder.
      walk(entries, api.repository().getTree(commit), "", new int[] {0});
      return entries;
    } catch (IOException e) {
      throw unreadable("its files cannot be listed", e);
    }
  }

  private void walk(List<Entry> entries, GHTree tree, String folder, int[] asked)
      throws IOException {
    for (GHTreeEntry entry : tree.getTree()) {
      if (entry.getType().equals("tree")) {
        if (++asked[0] > MOST_FOLDERS) {
          throw new SourceException(
              "The repository has too many directories to be listed through GitHub's API, so commit %s cannot be read. Set fetch-depth: 0 for actions/checkout."
                  .formatted(commit));
        }
        walk(
            entries,
            api.repository().getTree(entry.getSha()),
            folder + entry.getPath() + "/",
            asked);
      } else {
        add(entries, entry, folder);
      }
    }
  }

  private static void add(List<Entry> entries, GHTreeEntry entry, String folder) {
    if (entry.getType().equals("blob")) {
      Kind kind = entry.getMode().equals("120000") ? Kind.LINK : Kind.FILE;
      entries.add(new Entry(folder + entry.getPath(), kind, entry.getSha(), entry.getSize()));
    } else if (entry.getType().equals("commit")) {
      entries.add(new Entry(folder + entry.getPath(), Kind.MODULE, entry.getSha(), 0));
    }
  }

  @Override
  public byte[] fetch(String id) {
    try (InputStream in = api.repository().getBlob(id).read()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable("object %s cannot be fetched".formatted(id), e);
    }
  }

  /** The commit where {@code head} left {@code base}; none when they have none in common. */
  public static Optional<String> mergeBase(Api api, String base, String head) {
    try {
      return Optional.of(api.repository().getCompare(base, head).getMergeBaseCommit().getSHA1());
    } catch (IOException e) {
      // It has both, and nothing to compare.
      if (Refusal.status(e).orElse(0) == 404 && isKnown(api, base) && isKnown(api, head)) {
        return Optional.empty();
      }
      throw new SourceException(
          "GitHub does not say where %s left %s (%s), so the change cannot be told from what was there. Set fetch-depth: 0 for actions/checkout, or name the inputs base and head."
              .formatted(head, base, Refusal.of(e)),
          e);
    }
  }

  private static boolean isKnown(Api api, String revision) {
    try {
      api.repository().getCompare(revision, revision);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether GitHub answers that it has no commit of that name. */
  static boolean isUnknown(Api api, String revision) {
    try {
      api.repository().getCompare(revision, revision);
      return false;
    } catch (IOException e) {
      return Refusal.status(e).orElse(0) == 404;
    }
  }

  private SourceException unreadable(String what, IOException cause) {
    return new SourceException(
        "Commit %s is not in this clone, and %s from GitHub: %s. %s, or set fetch-depth: 0 for actions/checkout."
            .formatted(
                commit,
                what,
                Refusal.of(cause),
                Refusal.isForbidden(cause)
                    ? "Give the job `permissions: contents: read`"
                    : "Run the job again"),
        cause);
  }
}
