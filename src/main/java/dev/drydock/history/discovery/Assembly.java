package dev.drydock.history.discovery;

import dev.drydock.history.Callback;
import dev.drydock.history.CodeMigration;
import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Placeholders;
import dev.drydock.history.discovery.Listing.Entry;
import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.SqlText;
import dev.drydock.history.layout.Surroundings;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a history of the files of a folder. */
final class Assembly {
  private final Folder folder;
  private final Layout layout;
  private final DialectChoice choice;

  Assembly(Folder folder, DialectChoice choice) {
    this.folder = folder;
    this.choice = choice;
    this.layout = folder.layout();
  }

  /**
   * What the base has is applied, what the head has besides is pending.
   *
   * @throws dev.drydock.source.SourceException when a migration cannot be read
   */
  History between(FileTree baseTree, FileTree headTree) {
    Listing base = Listing.of(layout, baseTree, folder.baseFiles());
    Listing head = Listing.of(layout, headTree, folder.headFiles());
    IntegrityCheck check = new IntegrityCheck(folder);
    List<Entry> pending = new ArrayList<>();
    List<Entry> applied = new ArrayList<>(base.replayed());
    if (folder.isGone()) {
      check.deleted(Deletions.ofAll(folder, base));
    } else {
      Pairing pairing = Pairing.of(folder, base, head);
      pending.addAll(pending(pairing, base, head));
      applied.removeAll(pairing.unrun());
      pending.sort(Comparator.comparing(Entry::version).thenComparing(Entry::file));
      check.edited(pairing.kept(), base, head);
      check.renamed(pairing, base, head);
      check.deleted(Deletions.of(folder, pairing.deleted(), base, head));
      check.editedCode(base, head);
      List<Entry> versioned =
          pending.stream()
              .filter(entry -> !entry.isRepeatable() || pairing.added().contains(entry))
              .toList();
      check.twice(versioned, base.entries(), head);
      check.gaps(versioned, head);
      // One under another name was there before; what its name does is told of it already.
      List<Entry> added = versioned.stream().filter(pairing.added()::contains).toList();
      check.older(added, base, head.around());
      check.unrunnable(pending, head, base.entries(), base);
      check.ignored(base, head);
      check.toldByLayout(base, head);
    }
    Set<String> old = base.codes().stream().map(Listing.Code::key).collect(Collectors.toSet());
    List<CodeMigration> code = head.code(candidate -> !old.contains(candidate.key()));
    check.code(code);
    return history(
        base.read(applied), head.read(pending), check.problems(), code, base, head, false);
  }

  private List<Entry> pending(Pairing pairing, Listing base, Listing head) {
    List<Entry> pending = new ArrayList<>();
    // On a database that has a history, a baseline is never run.
    pairing.added().stream()
        .filter(entry -> !entry.role().baseline() && pairing.replaced(entry).isEmpty())
        .forEach(pending::add);
    pairing
        .renamed()
        .forEach(
            (now, then) -> {
              if (layout.runsRenamed(now.version(), then.version())
                  && !now.role().baseline()
                  && pairing.replaced(now).isEmpty()) {
                pending.add(now);
              }
            });
    pairing
        .kept()
        .forEach(
            (now, then) -> {
              if (now.isRepeatable() && !head.isSame(now, base, then)) {
                pending.add(now);
              }
            });
    return pending;
  }

  /**
   * Takes the newest migrations of one tree to be pending.
   *
   * <p>Repeatable migrations are pending as soon as anything is: they come after the newest
   * version, and may need it.
   */
  History newest(FileTree tree, int count) {
    Listing head = Listing.of(layout, tree, folder.headFiles());
    List<Entry> all = head.replayed();
    int split = count == 0 ? all.size() : newest(all, count);
    IntegrityCheck check = new IntegrityCheck(folder);
    check.twice(all.subList(split, all.size()), all.subList(0, split), head);
    check.gaps(all.subList(split, all.size()), head);
    check.unrunnable(all.subList(split, all.size()), head, all.subList(0, split), head);
    List<CodeMigration> code =
        head.code(
            candidate ->
                all.isEmpty()
                    ? count > 0
                    : split < all.size()
                        && candidate.version().compareTo(all.get(split).version()) > 0);
    check.code(code);
    return history(
        head.read(all.subList(0, split)),
        head.read(all.subList(split, all.size())),
        check.problems(),
        code,
        head,
        head,
        // They came one after the other, each in a change of its own.
        true);
  }

  /** Where the last {@code count} begin, those that are repeatable not counted. */
  private static int newest(List<Entry> all, int count) {
    int[] versioned =
        IntStream.range(0, all.size()).filter(index -> !all.get(index).isRepeatable()).toArray();
    return versioned.length <= count ? 0 : versioned[versioned.length - count];
  }

  private History history(
      List<Migration> applied,
      List<Migration> pending,
      List<Integrity> problems,
      List<CodeMigration> code,
      Listing base,
      Listing head,
      boolean apart) {
    List<SourceFile> files =
        Stream.concat(applied.stream(), pending.stream()).map(Migration::file).toList();
    Surroundings around = new Surroundings(List.of(head.tree(), base.tree()));
    Dialect dialect = choice.dialect(folder, files, around);
    List<Callback> callbacks = callbacks(head, folder.directory());
    Setup setup = setup(dialect, files, around);
    List<String> altered = new ArrayList<>();
    if (head != base) {
      List<Callback> before = callbacks(base, folder.baseDirectory());
      callbacks.stream()
          .filter(callback -> !has(before, callback))
          .forEach(callback -> altered.add(callback.file().path().toString()));
      if (!setup.equals(setup(dialect, files, new Surroundings(List.of(base.tree()))))) {
        altered.add("the settings of " + layout.id());
      }
    }
    return new History(
        layout.id(),
        folder.directory(),
        dialect,
        applied,
        pending,
        problems,
        setup.placeholders(),
        setup.prelude(),
        setup.session() + settings(dialect, callbacks),
        code,
        layout.runsTogether(folder.directory(), pending, around),
        apart,
        callbacks,
        altered);
  }

  /** What the tool's own settings make of what runs. */
  private record Setup(Optional<Placeholders> placeholders, String prelude, String session) {}

  private Setup setup(Dialect dialect, List<SourceFile> files, Surroundings around) {
    // Nothing is run for another database.
    boolean runs = dialect == Dialect.POSTGRESQL;
    return new Setup(
        layout.placeholders(folder.directory(), files, around),
        runs ? layout.prelude(folder.directory(), around) : "",
        runs ? layout.session(folder.directory(), around) : "");
  }

  /** What a tool sets before each migration, in the session of that, lasts as long as it. */
  private static String settings(Dialect dialect, List<Callback> callbacks) {
    return dialect != Dialect.POSTGRESQL
        ? ""
        : callbacks.stream()
            .filter(callback -> callback.event().equals("beforeEachMigrate"))
            .map(callback -> SqlText.settings(callback.file().text()))
            .collect(Collectors.joining());
  }

  private List<Callback> callbacks(Listing listing, Path directory) {
    List<Callback> callbacks = new ArrayList<>();
    layout.groundWork(directory, listing.around()).stream()
        .map(file -> new Callback(Callback.NEW_DATABASE, listing.tree().read(file)))
        .forEach(callbacks::add);
    callbacks.addAll(listing.callbacks());
    return callbacks;
  }

  private static boolean has(List<Callback> callbacks, Callback callback) {
    SourceFile file = callback.file();
    return callbacks.stream()
        .anyMatch(
            other ->
                other.event().equals(callback.event())
                    && other.file().path().equals(file.path())
                    && other.file().text().equals(file.text()));
  }
}
