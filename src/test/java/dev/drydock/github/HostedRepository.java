package dev.drydock.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A real git repository as GitHub's API describes it. */
final class HostedRepository {
  /** Lines around a change that a diff shows. */
  private static final int CONTEXT = 3;

  private final Repository git;

  HostedRepository(Repository git) {
    this.git = git;
  }

  ObjectNode tree(String commit) throws IOException {
    ObjectNode tree = GitHubDescription.get().sample("git-tree");
    ArrayNode entries = tree.put("sha", commit).put("truncated", false).putArray("tree");
    try (TreeWalk walk = new TreeWalk(git)) {
      walk.addTree(git.parseCommit(ObjectId.fromString(commit)).getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        boolean module = walk.getFileMode(0).equals(FileMode.GITLINK);
        ObjectNode entry =
            entries
                .addObject()
                .put("path", walk.getPathString())
                .put("mode", module ? "160000" : "100644")
                .put("type", module ? "commit" : "blob")
                .put("sha", walk.getObjectId(0).name());
        if (!module) {
          entry.put("size", git.open(walk.getObjectId(0)).getSize());
        }
      }
    }
    return tree;
  }

  ObjectNode blob(String id) throws IOException {
    byte[] content = git.open(ObjectId.fromString(id)).getBytes();
    return GitHubDescription.get()
        .sample("blob")
        .put("sha", id)
        .put("encoding", "base64")
        .put("size", content.length)
        .put("content", Base64.getMimeEncoder().encodeToString(content));
  }

  boolean has(String revision) throws IOException {
    return git.resolve(revision) != null;
  }

  ObjectNode comparison(String base, String head) throws IOException {
    ObjectNode comparison = GitHubDescription.get().sample("commit-comparison");
    ((ObjectNode) comparison.get("merge_base_commit")).put("sha", mergeBase(base, head).name());
    for (String commit : List.of("base_commit", "merge_base_commit")) {
      for (String person : List.of("author", "committer")) {
        ((ObjectNode) comparison.get(commit))
            .set(person, GitHubDescription.get().sample("simple-user"));
      }
    }
    return comparison;
  }

  boolean areRelated(String one, String other) throws IOException {
    try (RevWalk walk = new RevWalk(git)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(git.resolve(one)));
      walk.markStart(walk.parseCommit(git.resolve(other)));
      return walk.next() != null;
    }
  }

  private RevCommit mergeBase(String one, String other) throws IOException {
    try (RevWalk walk = new RevWalk(git)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(git.resolve(one)));
      walk.markStart(walk.parseCommit(git.resolve(other)));
      return walk.parseCommit(walk.next());
    }
  }

  private interface OnEntry {
    void accept(DiffFormatter formatter, DiffEntry entry) throws IOException;
  }

  private void changes(String base, String head, ByteArrayOutputStream patch, OnEntry action)
      throws IOException {
    try (DiffFormatter formatter = new DiffFormatter(patch)) {
      formatter.setRepository(git);
      formatter.setContext(CONTEXT);
      for (DiffEntry entry :
          formatter.scan(
              mergeBase(base, head).getTree(),
              git.parseCommit(ObjectId.fromString(head)).getTree())) {
        action.accept(formatter, entry);
      }
    }
  }

  /** The files of a pull request, with their patches or, as for large ones, without. */
  List<ObjectNode> files(String base, String head, boolean patches) throws IOException {
    List<ObjectNode> files = new ArrayList<>();
    ByteArrayOutputStream patch = new ByteArrayOutputStream();
    changes(
        base,
        head,
        patch,
        (formatter, entry) -> {
          patch.reset();
          formatter.format(entry);
          String text = patch.toString(StandardCharsets.UTF_8);
          boolean deleted = entry.getChangeType() == DiffEntry.ChangeType.DELETE;
          ObjectNode file = GitHubDescription.get().sample("diff-entry");
          file.put("filename", deleted ? entry.getOldPath() : entry.getNewPath());
          file.put("status", deleted ? "removed" : "added");
          file.put("sha", (deleted ? entry.getOldId() : entry.getNewId()).name());
          if (text.contains("@@") && patches) {
            file.put("patch", text.substring(text.indexOf("@@")));
          }
          files.add(file);
        });
    return files;
  }

  /** The lines at the head that the diff of each file shows, by its path. */
  Map<String, Set<Integer>> shownLines(String base, String head) throws IOException {
    Map<String, Set<Integer>> shown = new HashMap<>();
    changes(
        base,
        head,
        new ByteArrayOutputStream(),
        (formatter, entry) -> {
          if (entry.getChangeType() == DiffEntry.ChangeType.DELETE) {
            return;
          }
          byte[] content = git.open(entry.getNewId().toObjectId()).getBytes();
          int lines = (int) new String(content, StandardCharsets.UTF_8).lines().count();
          Set<Integer> numbers = new HashSet<>();
          for (Edit edit : formatter.toFileHeader(entry).toEditList()) {
            int first = Math.max(1, edit.getBeginB() + 1 - CONTEXT);
            int last = Math.min(lines, edit.getEndB() + CONTEXT);
            for (int line = first; line <= last; line++) {
              numbers.add(line);
            }
          }
          shown.put(entry.getNewPath(), numbers);
        });
    return shown;
  }
}
