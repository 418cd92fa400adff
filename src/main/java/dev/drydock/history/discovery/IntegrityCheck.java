package dev.drydock.history.discovery;

import dev.drydock.history.CodeMigration;
import dev.drydock.history.Integrity;
import dev.drydock.history.Script;
import dev.drydock.history.Version;
import dev.drydock.history.discovery.Listing.Code;
import dev.drydock.history.discovery.Listing.Entry;
import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Folders;
import dev.drydock.history.layout.GoText;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.Obstacle;
import dev.drydock.history.layout.Surroundings;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Compares the migrations of the head with those of the base as their tool would. */
final class IntegrityCheck {
  private static final Comparator<Integrity> ORDER =
      Comparator.comparing(Integrity::location)
          .thenComparing(Integrity::kind)
          .thenComparing(Integrity::subject);

  /** SQL that is kept beside migrations on purpose. */
  private static final Set<String> KEPT_BESIDE =
      Set.of("schema.sql", "structure.sql", "seed.sql", "seeds.sql", "dump.sql");

  /** So many files are not passed over by mistake. */
  private static final int A_HABIT = 2;

  private final Folder folder;
  private final Layout layout;
  private final List<Integrity> problems = new ArrayList<>();

  IntegrityCheck(Folder folder) {
    this.folder = folder;
    this.layout = folder.layout();
  }

  /** What was found, by location. */
  List<Integrity> problems() {
    return problems.stream().sorted(ORDER).toList();
  }

  /** New migrations in a language that cannot be replayed. */
  void code(List<CodeMigration> all) {
    for (CodeMigration code : all) {
      if (code.pending()) {
        add(
            Integrity.Kind.NOT_SQL,
            code.file(),
            code.version().text(),
            "%s: what it changes is missing from the replay, and a later migration may fail for that."
                .formatted(layout.whenCode()));
      }
    }
  }

  /** What the change takes away. */
  void deleted(Deletions deletions) {
    problems.addAll(deletions.found());
  }

  /**
   * Migrations in Go whose SQL is another one. That code around it has changed is no sign that it
   * does something else: it has to be built with whatever it calls.
   */
  void editedCode(Listing base, Listing head) {
    Map<String, Code> then =
        base.codes().stream().collect(Collectors.toMap(Code::key, code -> code, (a, b) -> a));
    for (Code code : head.codes()) {
      if (code.file().toString().endsWith(".go")
          && then.containsKey(code.key())
          && !base.tree().id(code.file()).equals(head.tree().id(code.file()))
          && !GoText.statements(base.tree().read(code.file()).text())
              .equals(GoText.statements(head.tree().read(code.file()).text()))) {
        add(Integrity.Kind.EDITED, code.file(), code.version().text(), layout.whenEdited() + ".");
      }
    }
  }

  /** What the tool does not take for what it was; that it was edited as well is no matter then. */
  void renamed(Pairing pairing, Listing base, Listing head) {
    Set<Path> told = new HashSet<>();
    Map<Entry, Entry> taken = new LinkedHashMap<>();
    pairing
        .renamed()
        .forEach(
            (now, then) -> {
              Optional<Entry> replaced = pairing.replaced(now);
              Optional<String> consequence =
                  replaced.isPresent()
                      ? replaced.map(other -> ", and " + whenReplaced(other))
                      : whenRenamed(now.version().compareTo(then.version())).map(": "::concat);
              if (consequence.isEmpty()) {
                taken.put(now, then);
              } else if (told.add(now.file())) {
                // A file with several migrations has one name.
                add(
                    Integrity.Kind.RENAMED,
                    now,
                    "At the base it is %s%s.".formatted(then.file(), consequence.get()));
              }
            });
    edited(taken, base, head);
    for (Entry now : pairing.added()) {
      pairing
          .replaced(now)
          .ifPresent(
              then ->
                  add(Integrity.Kind.EDITED, now, "At the base %s.".formatted(whenReplaced(then))));
    }
  }

  private Optional<String> whenRenamed(int order) {
    return order < 0 ? layout.whenLowered() : layout.whenRenamed(order == 0);
  }

  private String whenReplaced(Entry then) {
    return "its version is that of %s, so %s takes it for that one on databases that ran it"
        .formatted(then.file(), layout.tool());
  }

  /** Content that is not what databases may have run; a repeatable migration is meant to change. */
  void edited(Map<Entry, Entry> pairs, Listing base, Listing head) {
    pairs.forEach(
        (now, then) -> {
          if (now.isRepeatable() || head.isSame(now, base, then)) {
            return;
          }
          Script after = head.text(now);
          problems.add(
              new Integrity(
                  Integrity.Kind.EDITED,
                  firstChange(base.text(then), after),
                  now.version().text(),
                  layout.whenEdited() + ".",
                  Optional.of(after.file())));
        });
  }

  /** The first line that is another one; the first of all when only line ends are. */
  private static Location firstChange(Script before, Script after) {
    List<String> then = lines(before);
    List<String> now = lines(after);
    int line = 0;
    while (line < then.size() && line < now.size() && then.get(line).equals(now.get(line))) {
      line++;
    }
    boolean onlyLineEnds = line == then.size() && line == now.size();
    SourceFile file = after.file();
    int shown = file.lineOf(after.start()) + (onlyLineEnds ? 0 : Math.min(line, now.size() - 1));
    int start = file.startOfLine(shown);
    return file.location(start, start + file.line(shown).length());
  }

  private static List<String> lines(Script script) {
    return List.of(script.text().split("\r?\n", -1));
  }

  /**
   * A pending version that another file has too. Where that is not known to matter, the applied
   * migrations show whether it does.
   */
  void twice(List<Entry> pending, List<Entry> applied, Listing head) {
    twiceInFile(pending, head);
    if (!layout.knowsByVersion() && anyTwice(applied)) {
      return;
    }
    Map<Version, List<Path>> files = new TreeMap<>();
    Stream.concat(
            head.entries().stream()
                .filter(entry -> !entry.role().baseline())
                .map(entry -> Map.entry(entry.version(), entry.file())),
            head.codes().stream().map(code -> Map.entry(code.version(), code.file())))
        .forEach(
            file ->
                files
                    .computeIfAbsent(file.getKey(), any -> new ArrayList<>())
                    .add(file.getValue()));
    for (Entry entry : pending) {
      List<String> others =
          files.getOrDefault(entry.version(), List.of()).stream()
              .filter(file -> !file.equals(entry.file()))
              .map(Path::toString)
              .sorted()
              .toList();
      if (!others.isEmpty() && layout.isUnique(entry.version())) {
        String detail = others.size() == 1 ? "%s has" : "%s have";
        add(
            Integrity.Kind.DUPLICATE_VERSION,
            entry,
            (detail + " the same version: %s.")
                .formatted(String.join(", ", others), layout.whenTwice()));
      }
    }
  }

  /** A pending part of a file that has the name of another one there. */
  private void twiceInFile(List<Entry> pending, Listing head) {
    Map<String, Long> counts =
        head.entries().stream()
            .collect(Collectors.groupingBy(IntegrityCheck::inFile, Collectors.counting()));
    for (Entry entry : pending) {
      if (entry.part().isPresent() && counts.getOrDefault(inFile(entry), 0L) > 1) {
        add(
            Integrity.Kind.DUPLICATE_VERSION,
            entry,
            "The file has it twice: %s.".formatted(layout.whenTwice()));
      }
    }
  }

  private static String inFile(Entry entry) {
    return entry.file() + "\n" + entry.key(entry.file());
  }

  /**
   * A pending version whose number is not the one after another, where the tool counts. Of files
   * that the user named the first may be any.
   */
  void gaps(List<Entry> pending, Listing head) {
    if (layout.whenGap().isEmpty()) {
      return;
    }
    Set<BigInteger> numbers =
        head.versions().flatMap(version -> number(version).stream()).collect(Collectors.toSet());
    for (Entry entry : pending) {
      number(entry.version())
          .map(number -> number.subtract(BigInteger.ONE))
          .filter(before -> !numbers.contains(before))
          .filter(before -> numbers.stream().anyMatch(number -> number.compareTo(before) < 0))
          .ifPresent(
              before ->
                  add(
                      Integrity.Kind.GAP,
                      entry,
                      "There is no %d: %s.".formatted(before, layout.whenGap())));
    }
  }

  private static Optional<BigInteger> number(Version version) {
    return version instanceof Version.Versioned versioned
        ? versioned.numbers().stream().findFirst()
        : Optional.empty();
  }

  private boolean anyTwice(List<Entry> applied) {
    List<Version> versions =
        applied.stream().map(Entry::version).filter(layout::isUnique).sorted().toList();
    return IntStream.range(1, versions.size())
        .anyMatch(i -> versions.get(i - 1).compareTo(versions.get(i)) == 0);
  }

  /** A pending version before the newest that databases may have run. */
  void older(List<Entry> pending, Listing base, Surroundings around) {
    Optional<Version> newest =
        base.versions()
            .filter(version -> version instanceof Version.Versioned && layout.isOrdered(version))
            .max(layout.age());
    if (newest.isEmpty() || layout.allowsOlder(folder.directory(), around)) {
      return;
    }
    for (Entry entry : pending) {
      if (layout.isOrdered(entry.version())
          && layout.age().compare(entry.version(), newest.get()) < 0) {
        add(
            layout.runsOlder() ? Integrity.Kind.LATE : Integrity.Kind.OUT_OF_ORDER,
            entry,
            "The newest migration at the base is %s: %s."
                .formatted(newest.get().text(), layout.whenOlder()));
      }
    }
  }

  /**
   * Files the change adds or edits that the tool does not run. Where several of such names are
   * there already, it may be another tool's directory, whose form they have.
   */
  void ignored(Listing base, Listing head) {
    Set<Path> deleted = base.entries().stream().map(Entry::file).collect(Collectors.toSet());
    Set<Path> included = head.strays().isEmpty() ? Set.of() : head.included();
    for (Path file : head.strays()) {
      String name = Folders.name(file);
      if (KEPT_BESIDE.contains(name) || deleted.contains(file) || isWayBack(file, head)) {
        continue;
      }
      boolean untouched =
          base.strays().contains(file) && base.tree().id(file).equals(head.tree().id(file));
      if (!untouched && !included.contains(file)) {
        long alike = alike(name, base);
        String form = "%s runs files named %s".formatted(layout.tool(), layout.pattern());
        add(
            Integrity.Kind.IGNORED,
            file,
            name,
            alike < A_HABIT
                ? "%s: %s.".formatted(form, layout.whenIgnored())
                : "%s, and %d named like this one were there before: where another tool runs them, say which as `layout:` in .drydock.yml."
                    .formatted(form, alike));
      }
    }
  }

  /** Of a pair, the way there is told of. */
  private static boolean isWayBack(Path file, Listing head) {
    String name = Folders.name(file);
    return name.endsWith(".down.sql")
        && head.strays().contains(file.resolveSibling(name.replaceFirst("down\\.sql$", "up.sql")));
  }

  /** How many have that name but for its numbers; none where it has none. */
  private static long alike(String name, Listing base) {
    String form = form(name);
    return form.equals(name)
        ? 0
        : base.strays().stream().filter(other -> form(Folders.name(other)).equals(form)).count();
  }

  private static String form(String name) {
    return name.replaceAll("[0-9]+", "#");
  }

  /**
   * What the tool does not get done. Where databases have run one that it would not get done
   * either, whoever runs the tool has told it more than its files say.
   */
  void unrunnable(List<Entry> pending, Listing head, List<Entry> applied, Listing base) {
    Map<Entry, Obstacle> found = new LinkedHashMap<>();
    pending.forEach(entry -> head.obstacle(entry).ifPresent(it -> found.put(entry, it)));
    if (found.isEmpty()) {
      return;
    }
    Set<String> overcome = new HashSet<>();
    applied.forEach(entry -> base.obstacle(entry).ifPresent(it -> overcome.add(it.detail())));
    found.forEach(
        (entry, obstacle) -> {
          if (!overcome.contains(obstacle.detail())) {
            SourceFile file = head.tree().read(entry.file());
            problems.add(
                new Integrity(
                    Integrity.Kind.UNRUNNABLE,
                    file.location(obstacle.offset(), obstacle.offset()),
                    entry.version().text(),
                    obstacle.detail(),
                    Optional.empty()));
          }
        });
  }

  /** What the layout alone can tell. */
  void toldByLayout(Listing base, Listing head) {
    problems.addAll(head.problems(base));
  }

  private void add(Integrity.Kind kind, Entry entry, String detail) {
    add(kind, entry.file(), entry.version().text(), detail);
  }

  private void add(Integrity.Kind kind, Path file, String subject, String detail) {
    problems.add(new Integrity(kind, Location.startOf(file), subject, detail, Optional.empty()));
  }
}
