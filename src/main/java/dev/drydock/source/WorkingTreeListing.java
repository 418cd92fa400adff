package dev.drydock.source;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * The files of a working tree: those the index has and those git would offer to add.
 *
 * <p>JGit's own walk asks the disk about every file. Most names need no asking, because the index
 * says what they are, and every run waits for the list.
 */
final class WorkingTreeListing {
  private final Repository repository;
  private final Path root;

  /** What the index has, by directory and name; paths have slashes. */
  private final Map<String, Map<String, DirCacheEntry>> tracked = new HashMap<>();

  private final Set<String> directories = new HashSet<>();
  private final Map<String, DirCacheEntry> known = new HashMap<>();
  private final Map<String, ObjectId> sparse;
  private final Map<String, ObjectId> modules = new HashMap<>();
  private final Set<String> untracked = new HashSet<>();

  private WorkingTreeListing(Repository repository, Map<String, ObjectId> sparse) {
    this.repository = repository;
    this.sparse = new HashMap<>(sparse);
    this.root = repository.getWorkTree().toPath();
  }

  /**
   * The rules on what to ignore in a directory.
   *
   * @param path the directory, ended by a slash unless it is the root
   * @param above those of the directory above
   */
  private record Ignoring(String path, IgnoreNode rules, Optional<Ignoring> above) {

    /** The nearest rule that speaks of the path decides. */
    boolean ignores(String file, boolean directory) {
      Boolean decided = rules.checkIgnored("/" + file.substring(path.length()), directory);
      return decided != null
          ? decided
          : above.map(rules -> rules.ignores(file, directory)).orElse(false);
    }
  }

  /**
   * Lists the working tree of {@code repository}.
   *
   * @throws IOException when the disk fails
   */
  static WorkingTreeListing of(Repository repository, GitIndex index) throws IOException {
    WorkingTreeListing listing = new WorkingTreeListing(repository, index.sparse());
    index.entries().forEach(listing::index);
    listing.list("", Optional.empty(), false);
    return listing;
  }

  /** Files of the index that are on disk, by path. */
  Map<String, DirCacheEntry> known() {
    return known;
  }

  /** Files that a sparse checkout left out, by path. */
  Map<String, ObjectId> sparse() {
    return sparse;
  }

  /** What the index says of submodules: their commits, by path. */
  Map<String, ObjectId> modules() {
    return modules;
  }

  /** Files and links that git does not know and does not ignore. */
  Set<String> untracked() {
    return untracked;
  }

  private void index(DirCacheEntry entry) {
    String path = entry.getPathString();
    if (entry.getFileMode().equals(FileMode.GITLINK)) {
      modules.put(path, entry.getObjectId());
    }
    int slash = path.lastIndexOf('/');
    tracked
        .computeIfAbsent(path.substring(0, slash + 1), unused -> new HashMap<>())
        .put(path.substring(slash + 1), entry);
    while (slash >= 0 && directories.add(path.substring(0, slash))) {
      slash = path.lastIndexOf('/', slash - 1);
    }
  }

  /**
   * @param directory with a slash at its end, unless it is the root
   * @param ignored whether the directory is, and is looked through for what the index has alone
   */
  private void list(String directory, Optional<Ignoring> above, boolean ignored)
      throws IOException {
    String[] names = root.resolve(directory).toFile().list();
    if (names == null) {
      // Closed to this user, such as what a container has left: nothing git could add.
      return;
    }
    Optional<Ignoring> ignoring = ignored ? above : rules(directory, names, above);
    Map<String, DirCacheEntry> here = tracked.getOrDefault(directory, Map.of());
    for (String name : names) {
      String path = directory + name;
      DirCacheEntry entry = here.get(name);
      if (entry != null) {
        if (!entry.getFileMode().equals(FileMode.GITLINK)) {
          known.put(path, entry);
          sparse.remove(path);
        }
      } else if (!name.equals(Constants.DOT_GIT) && (!ignored || directories.contains(path))) {
        look(path, ignoring, ignored);
      }
    }
  }

  /** A name that is no file of the index. */
  private void look(String path, Optional<Ignoring> ignoring, boolean inIgnored)
      throws IOException {
    Optional<Path> relative = GitPath.fromGit(path);
    if (relative.isEmpty()) {
      // A name that this system's character set cannot write.
      return;
    }
    Path file = root.resolve(relative.get());
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      // Gone since its directory was listed.
      return;
    }
    boolean directory = attributes.isDirectory();
    boolean ignored =
        inIgnored || ignoring.filter(rules -> rules.ignores(path, directory)).isPresent();
    if (!directory) {
      if (!ignored && !attributes.isOther()) {
        untracked.add(path);
      }
    } else if (directories.contains(path)
        || (!ignored && !Files.exists(file.resolve(Constants.DOT_GIT)))) {
      list(path + "/", ignoring, ignored);
    }
  }

  private Optional<Ignoring> rules(String directory, String[] names, Optional<Ignoring> above)
      throws IOException {
    IgnoreNode rules = new IgnoreNode();
    if (directory.isEmpty()) {
      // The last rule that fits counts, and those of the tree count more than the user's.
      Path excludes =
          repository
              .getConfig()
              .getPath(
                  ConfigConstants.CONFIG_CORE_SECTION,
                  null,
                  ConfigConstants.CONFIG_KEY_EXCLUDESFILE,
                  repository.getFS(),
                  null,
                  null);
      if (excludes != null && Files.isRegularFile(excludes)) {
        parse(rules, excludes);
      }
      Path own = new File(repository.getCommonDirectory(), Constants.INFO_EXCLUDE).toPath();
      if (Files.isRegularFile(own)) {
        parse(rules, own);
      }
    }
    if (Arrays.asList(names).contains(Constants.DOT_GIT_IGNORE)) {
      Path ofDirectory = root.resolve(directory + Constants.DOT_GIT_IGNORE);
      // As git has it: within the tree a link is not followed.
      if (Files.isRegularFile(ofDirectory, LinkOption.NOFOLLOW_LINKS)) {
        parse(rules, ofDirectory);
      }
    }
    return rules.getRules().isEmpty() ? above : Optional.of(new Ignoring(directory, rules, above));
  }

  private static void parse(IgnoreNode rules, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      rules.parse(in);
    }
  }
}
