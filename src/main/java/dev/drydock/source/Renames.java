package dev.drydock.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.api.errors.CanceledException;
import org.eclipse.jgit.diff.ContentSource;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/** Pairs deleted files with added ones that resemble them; JGit does the comparing. */
final class Renames {
  /** Percentage of common content from which git calls it a rename. */
  private static final int SIMILAR = 50;

  private Renames() {}

  /** Every one of {@code deleted} and {@code added}, alone or as half of a rename. */
  static List<Change> between(FileTree base, List<Path> deleted, FileTree head, List<Path> added) {
    if (deleted.isEmpty() || added.isEmpty()) {
      List<Change> changes = new ArrayList<>();
      deleted.forEach(path -> changes.add(new Change.Deleted(path)));
      added.forEach(path -> changes.add(new Change.Added(path)));
      return changes;
    }
    Side before = new Side(base, deleted);
    Side after = new Side(head, added);
    RenameDetector detector = new RenameDetector(new NoObjects(), new Config().get(DiffConfig.KEY));
    detector.setRenameScore(SIMILAR);
    before.spelled.forEach((name, path) -> detector.add(Entry.deleted(name, base.id(path))));
    after.spelled.forEach((name, path) -> detector.add(Entry.added(name, head.id(path))));
    List<Change> changes = new ArrayList<>();
    try {
      List<DiffEntry> entries =
          detector.compute(new ContentSource.Pair(before, after), NullProgressMonitor.INSTANCE);
      for (DiffEntry entry : entries) {
        Path from = before.spelled.get(entry.getOldPath());
        Path to = after.spelled.get(entry.getNewPath());
        changes.add(
            switch (entry.getChangeType()) {
              case ADD, COPY, MODIFY -> new Change.Added(to);
              case DELETE -> new Change.Deleted(from);
              case RENAME -> new Change.Renamed(from, to);
            });
      }
    } catch (IOException | CanceledException e) {
      throw new SourceException(
          "Renames between %s and %s cannot be found: %s"
              .formatted(base.name(), head.name(), e.getMessage()),
          e);
    }
    return changes;
  }

  /** One tree as JGit reads it. */
  private static final class Side extends ContentSource {
    private final FileTree tree;
    private final Map<String, Path> spelled = new HashMap<>();

    Side(FileTree tree, List<Path> paths) {
      this.tree = tree;
      paths.forEach(path -> spelled.put(GitPath.toGit(path), path));
    }

    @Override
    public long size(String path, ObjectId id) {
      return tree.bytes(spelled.get(path)).length;
    }

    @Override
    public ObjectLoader open(String path, ObjectId id) {
      return new ObjectLoader.SmallObject(Constants.OBJ_BLOB, tree.bytes(spelled.get(path)));
    }
  }

  /** The detector asks its reader for nothing but contents, and those come from the sides. */
  private static final class NoObjects extends ObjectReader {
    @Override
    public ObjectReader newReader() {
      return new NoObjects();
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId id) {
      return List.of();
    }

    @Override
    public ObjectLoader open(AnyObjectId objectId, int typeHint) throws IOException {
      throw new MissingObjectException(objectId.copy(), typeHint);
    }

    @Override
    public Set<ObjectId> getShallowCommits() {
      return Set.of();
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  private static final class Entry extends DiffEntry {
    static Entry deleted(String path, String id) {
      Entry entry = new Entry();
      entry.changeType = ChangeType.DELETE;
      entry.oldPath = path;
      entry.newPath = DEV_NULL;
      entry.oldMode = FileMode.REGULAR_FILE;
      entry.newMode = FileMode.MISSING;
      entry.oldId = AbbreviatedObjectId.fromString(id);
      entry.newId = AbbreviatedObjectId.fromObjectId(ObjectId.zeroId());
      return entry;
    }

    static Entry added(String path, String id) {
      Entry entry = new Entry();
      entry.changeType = ChangeType.ADD;
      entry.oldPath = DEV_NULL;
      entry.newPath = path;
      entry.oldMode = FileMode.MISSING;
      entry.newMode = FileMode.REGULAR_FILE;
      entry.oldId = AbbreviatedObjectId.fromObjectId(ObjectId.zeroId());
      entry.newId = AbbreviatedObjectId.fromString(id);
      return entry;
    }
  }
}
