package dev.drydock.history.discovery;

import dev.drydock.history.Version;
import dev.drydock.history.discovery.Listing.Entry;
import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Folders;
import dev.drydock.history.layout.Layout;
import dev.drydock.source.Change;
import dev.drydock.source.ChangeSet;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which migration of the head is which of the base. */
final class Pairing {
  private final Map<Entry, Entry> kept = new LinkedHashMap<>();
  private final Map<Entry, Entry> renamed = new LinkedHashMap<>();
  private final Set<Entry> added;
  private final Set<Entry> deleted;
  private final Set<Entry> unrun = new LinkedHashSet<>();

  private final boolean byVersion;

  private Pairing(List<Entry> added, List<Entry> deleted, boolean byVersion) {
    this.byVersion = byVersion;
    this.added = new LinkedHashSet<>(added);
    this.deleted = new LinkedHashSet<>(deleted);
  }

  static Pairing of(Folder folder, Listing base, Listing head) {
    Pairing pairing = new Pairing(head.entries(), base.entries(), folder.layout().knowsByVersion());
    pairing.match(folder, base, head);
    return pairing;
  }

  private void match(Folder folder, Listing base, Listing head) {
    Layout layout = folder.layout();
    match(
        kept,
        (Entry now) -> now.key(Folders.relative(folder.directory(), now.file())),
        (Entry then) -> then.key(Folders.relative(folder.baseDirectory(), then.file())),
        Comparator.<String>naturalOrder());
    if (layout.isRecursive()) {
      // Moved about within the location: the tool does not look at that.
      Function<Entry, String> name = entry -> Folders.name(entry.file());
      match(kept, name, name, Comparator.naturalOrder());
    }
    if (layout.keepsVersionOnce()) {
      leaveOutTwins();
    }
    if (!added.isEmpty() && !deleted.isEmpty()) {
      matchContents(base, head);
    }
    if (layout.knowsByVersion()) {
      Comparator<Entry> version =
          Comparator.comparing(Entry::version).thenComparing(entry -> entry.role().baseline());
      match(renamed, Function.identity(), Function.identity(), version);
    }
    if (!added.isEmpty() && !deleted.isEmpty()) {
      matchRenames(base, head);
    }
  }

  private <K> void match(
      Map<Entry, Entry> into,
      Function<Entry, K> keyNow,
      Function<Entry, K> keyThen,
      Comparator<K> order) {
    Map<K, Entry> byKey = new TreeMap<>(order);
    deleted.forEach(then -> byKey.putIfAbsent(keyThen.apply(then), then));
    for (Entry now : List.copyOf(added)) {
      Entry then = byKey.remove(keyNow.apply(now));
      if (then != null) {
        pair(into, now, then);
      }
    }
  }

  /** What has the very content of another is that, whatever version it has now. */
  private void matchContents(Listing base, Listing head) {
    Comparator<String> order = Comparator.naturalOrder();
    match(
        renamed,
        (Entry now) -> now.version().text() + "\n" + content(now, head),
        (Entry then) -> then.version().text() + "\n" + content(then, base),
        order);
    match(renamed, (Entry now) -> content(now, head), (Entry then) -> content(then, base), order);
  }

  private static String content(Entry entry, Listing listing) {
    Path file = entry.file();
    String text = listing.tree().has(file) ? listing.tree().id(file) : file.toString();
    return text + "\n" + entry.role().baseline() + "\n" + entry.name();
  }

  /**
   * Of two migrations with one version no database has run both, and a change repairs that by
   * taking one of them away.
   */
  private void leaveOutTwins() {
    Set<Version> standing =
        kept.values().stream().map(Entry::version).collect(Collectors.toCollection(TreeSet::new));
    deleted.stream()
        .filter(then -> !then.isRepeatable() && !then.role().baseline())
        .filter(then -> standing.contains(then.version()))
        .forEach(unrun::add);
    deleted.removeAll(unrun);
  }

  private void matchRenames(Listing base, Listing head) {
    Set<Path> unknown =
        Stream.concat(added.stream(), deleted.stream())
            .map(Entry::file)
            .collect(Collectors.toSet());
    List<Change> changes = new ChangeSet(base.tree(), head.tree()).changes(unknown::contains);
    for (Change change : changes) {
      if (change instanceof Change.Renamed rename) {
        Map<String, Entry> before = new TreeMap<>();
        in(rename.from(), deleted).forEach(then -> before.putIfAbsent(then.name(), then));
        for (Entry now : in(rename.path(), added)) {
          Optional.ofNullable(before.remove(now.name()))
              .ifPresent(then -> pair(renamed, now, then));
        }
      }
    }
  }

  private static List<Entry> in(Path file, Collection<Entry> entries) {
    return entries.stream().filter(entry -> entry.file().equals(file)).toList();
  }

  private void pair(Map<Entry, Entry> into, Entry now, Entry then) {
    into.put(now, then);
    added.remove(now);
    deleted.remove(then);
  }

  /** Migrations under their old name: head to base. */
  Map<Entry, Entry> kept() {
    return kept;
  }

  /** Migrations under another name: head to base. */
  Map<Entry, Entry> renamed() {
    return renamed;
  }

  /** Migrations of the head without one of the base. */
  List<Entry> added() {
    return List.copyOf(added);
  }

  /**
   * What had the version of {@code now} at the base and has it no more, where the tool takes the
   * one for the other.
   */
  Optional<Entry> replaced(Entry now) {
    if (!byVersion || now.isRepeatable() || now.role().baseline()) {
      return Optional.empty();
    }
    return Stream.concat(renamed.values().stream(), deleted.stream())
        .filter(then -> !then.equals(renamed.get(now)) && !then.role().baseline())
        .filter(then -> then.version().compareTo(now.version()) == 0)
        .findFirst();
  }

  /** Migrations of the base that no database can have run beside the others. */
  Set<Entry> unrun() {
    return unrun;
  }

  /** Migrations of the base without one of the head. */
  List<Entry> deleted() {
    return List.copyOf(deleted);
  }
}
