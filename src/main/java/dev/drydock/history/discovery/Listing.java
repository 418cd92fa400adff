package dev.drydock.history.discovery;

import dev.drydock.history.Callback;
import dev.drydock.history.CodeMigration;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Version;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.Layouts;
import dev.drydock.history.layout.Obstacle;
import dev.drydock.history.layout.Part;
import dev.drydock.history.layout.PsqlIncludes;
import dev.drydock.history.layout.PsqlWork;
import dev.drydock.history.layout.Role;
import dev.drydock.history.layout.Surroundings;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of one history in one tree, by what they are to the tool. */
final class Listing {

  /**
   * A migration of which no more has been read than is needed to tell it from others.
   *
   * @param part which of those in its file; nothing for the file as a whole
   */
  record Entry(Path file, Role.Forward role, Optional<Part> part) {
    Version version() {
      return role.version();
    }

    /** What tells it from others in its file; empty for the file as a whole. */
    String name() {
      return part.map(Part::name).orElse("");
    }

    /** What the tool knows it by, where its file is {@code path} to it. */
    String key(Path path) {
      String home = part.flatMap(Part::home).orElse(path.toString());
      return home + "\n" + name();
    }

    boolean isRepeatable() {
      return version() instanceof Version.Repeatable;
    }
  }

  /**
   * A migration in another language.
   *
   * @param name what tells it from others in its file; empty for the file as a whole
   */
  record Code(Path file, String name, Version version) {
    /** What the tool knows it by. */
    String key() {
      return file + "\n" + name;
    }
  }

  private final Layout layout;
  private final FileTree tree;
  private final Surroundings around;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Code> codes = new ArrayList<>();
  private final List<Path> strays = new ArrayList<>();
  private final Map<Version, Path> backs = new TreeMap<>();
  private final Map<Path, String> events = new TreeMap<>();

  private Listing(Layout layout, FileTree tree, List<Path> files) {
    this.tree = tree;
    this.around = new Surroundings(List.of(tree));
    this.layout = layout.in(files, around);
  }

  static Listing of(Layout layout, FileTree tree, List<Path> files) {
    Listing listing = new Listing(layout, tree, files);
    files.forEach(listing::add);
    // Where versions do not decide, names do, so that the order is the same on every machine.
    listing.entries.sort(Comparator.comparing(Entry::version).thenComparing(Entry::file));
    return listing;
  }

  private void add(Path file) {
    layout
        .parts(file, around)
        .ifPresentOrElse(
            parts -> parts.forEach(part -> add(part.file().path(), part.role(), Optional.of(part))),
            () -> add(file, layout.role(file), Optional.empty()));
  }

  private void add(Path file, Role role, Optional<Part> part) {
    switch (role) {
      case Role.Forward forward -> entries.add(new Entry(file, forward, part));
      case Role.Backward backward -> backs.putIfAbsent(backward.version(), file);
      case Role.Code code ->
          codes.add(new Code(file, part.map(Part::name).orElse(""), code.version()));
      case Role.Event event -> events.put(file, event.name());
      case Role.Stray stray -> strays.add(file);
      case Role.Other other -> {}
    }
  }

  FileTree tree() {
    return tree;
  }

  Surroundings around() {
    return around;
  }

  /** In the order of application. */
  List<Entry> entries() {
    return entries;
  }

  List<Code> codes() {
    return codes;
  }

  /** The versions of all migrations, in SQL or not. */
  Stream<Version> versions() {
    return Stream.concat(entries.stream().map(Entry::version), codes.stream().map(Code::version));
  }

  /**
   * The migrations in another language, in the order of their versions.
   *
   * @param isNew whether the change adds it
   */
  List<CodeMigration> code(Predicate<Code> isNew) {
    return codes.stream()
        .sorted(Comparator.comparing(Code::version).thenComparing(Code::file))
        .map(code -> new CodeMigration(code.version(), code.file(), isNew.test(code)))
        .toList();
  }

  List<Path> strays() {
    return strays;
  }

  /** The files that migrations have run where they name them. */
  Set<Path> included() {
    if (!Layouts.mayRunPsql(layout.id())) {
      return Set.of();
    }
    return read(entries).stream()
        .flatMap(migration -> migration.up().included().values().stream())
        .map(SourceFile::path)
        .collect(Collectors.toSet());
  }

  /** What a new database runs: the newest baseline stands for all versions up to its own. */
  List<Entry> replayed() {
    Optional<Version> baseline =
        entries.stream()
            .filter(entry -> entry.role().baseline())
            .map(Entry::version)
            .max(Comparator.naturalOrder());
    if (baseline.isEmpty()) {
      return entries;
    }
    return entries.stream()
        .filter(
            entry -> {
              int order = entry.version().compareTo(baseline.get());
              return order > 0 || (order == 0 && entry.role().baseline());
            })
        .toList();
  }

  List<Migration> read(List<Entry> wanted) {
    List<Migration> all = new ArrayList<>();
    wanted.forEach(entry -> read(entry, all));
    return all;
  }

  private void read(Entry entry, List<Migration> into) {
    SourceFile file = tree.read(entry.file());
    Optional<Layout.Further> script = entry.part().flatMap(Part::script);
    (script.isPresent() ? script.stream() : scripts(entry, file))
        .map(
            part ->
                new Migration(
                    entry.version(),
                    entry.role().description(),
                    file,
                    Layouts.mayRunPsql(layout.id()) ? PsqlIncludes.in(part.up(), tree) : part.up(),
                    part.down(),
                    part.transaction(),
                    layout.fillsPlaceholders(file, around)))
        .forEach(into::add);
  }

  private Stream<Layout.Further> scripts(Entry entry, SourceFile file) {
    Optional<Script> down =
        layout
            .down(file)
            .or(
                () ->
                    Optional.ofNullable(backs.get(entry.version()))
                        .filter(back -> !entry.isRepeatable())
                        .map(back -> Script.whole(tree.read(back))));
    Layout.Further first =
        new Layout.Further(layout.up(file), down, layout.transaction(file, around));
    return Stream.concat(Stream.of(first), layout.further(file).stream());
  }

  /** Whether the tool takes {@code now} of this listing for {@code then} of {@code base}. */
  boolean isSame(Entry now, Listing base, Entry then) {
    if (base.tree().id(then.file()).equals(tree.id(now.file()))) {
      return true;
    }
    return now.part().isPresent() && then.part().isPresent()
        ? now.part().get().isSame(then.part().get())
        : layout.isSame(base.tree().read(then.file()), tree.read(now.file()));
  }

  /** The text of a migration of this listing, as it stands in its file. */
  Script text(Entry entry) {
    SourceFile file = tree.read(entry.file());
    return entry
        .part()
        .flatMap(Part::script)
        .map(script -> trimmed(file, script.up()))
        .orElseGet(() -> Script.whole(file));
  }

  private static Script trimmed(SourceFile file, Script script) {
    String text = file.text().substring(script.start(), script.end());
    return new Script(file, script.start(), script.start() + text.stripTrailing().length());
  }

  /** What the tool would refuse that no file of a migration shows. */
  List<Integrity> problems(Listing base) {
    return layout.problems(base.around, around);
  }

  /** What keeps the tool from getting a migration done. */
  Optional<Obstacle> obstacle(Entry entry) {
    SourceFile file = tree.read(entry.file());
    Optional<Layout.Further> part = entry.part().flatMap(Part::script);
    Stream<Script> scripts =
        (entry.part().isPresent() ? part.stream() : scripts(entry, file)).map(Layout.Further::up);
    return scripts
        .flatMap(script -> PsqlWork.in(layout, script).stream())
        .findFirst()
        .or(
            () ->
                entry.part().map(layout::obstacle).orElseGet(() -> layout.obstacle(file, around)));
  }

  List<Callback> callbacks() {
    List<Callback> callbacks = new ArrayList<>();
    events.forEach((file, event) -> callbacks.add(new Callback(event, tree.read(file))));
    callbacks.sort(
        Comparator.comparing(Callback::event).thenComparing(callback -> callback.file().path()));
    return callbacks;
  }
}
