package dev.drydock.history.discovery;

import dev.drydock.history.Dialect;
import dev.drydock.history.History;
import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Folders;
import dev.drydock.history.layout.ForeignTool;
import dev.drydock.history.layout.Found;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.Layouts;
import dev.drydock.history.layout.Place;
import dev.drydock.history.layout.PlainFiles;
import dev.drydock.history.layout.Surroundings;
import dev.drydock.source.ChangeSet;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds the directories that hold migrations, recognises the tool each is for, and makes a history
 * of each.
 *
 * <p>Without a directory to look in it is careful: what lies among tests, fixtures, seeds and
 * examples is left alone, and plain files have to look like an ordered series.
 */
public final class HistoryFinder {
  private final Search search;

  public HistoryFinder(Search search) {
    this.search = search;
  }

  /**
   * The histories of both trees of a change: applied is what the base has, pending what the change
   * adds.
   *
   * @throws SourceException when a migration cannot be read
   */
  public Found in(ChangeSet change) {
    Recognition seen = Recognition.of(search, change.base(), change.head());
    List<Folder> folders = Recognition.withMoves(seen.folders());
    List<Folder> wanted =
        folders.stream()
            .filter(folder -> !search.touchedOnly() || isTouched(folder, change))
            .toList();
    return found(
        seen.passedOver().stream()
            .map(
                over ->
                    new Found.PassedOver(
                        over.directory(), over.reason(), isTouched(over.directory(), change)))
            .toList(),
        folders,
        wanted,
        change.head(),
        Modules.said(search, change.base(), change.head()),
        folder -> assembly(folder).between(change.base(), change.head()));
  }

  /**
   * The histories of one tree, of each the newest {@code count} versions pending and the rest
   * applied.
   *
   * @throws SourceException when a migration cannot be read
   */
  public Found newest(FileTree tree, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("not a number of migrations: " + count);
    }
    Recognition seen = Recognition.of(search, FileTree.of(List.of()), tree);
    return found(
        seen.passedOver(),
        seen.folders(),
        seen.folders(),
        tree,
        Modules.said(search, tree),
        folder -> assembly(folder).newest(tree, count));
  }

  /**
   * One history of files that the user named, whatever directories they lie in. A file that is in
   * both trees is pending.
   *
   * @throws SourceException when a migration cannot be read
   */
  public History among(FileTree applied, FileTree pending) {
    FileTree all = FileTree.joined(pending, applied);
    Set<Path> asPending = new HashSet<>(pending.files());
    List<Path> old = new ArrayList<>(applied.files());
    old.removeAll(asPending);
    Surroundings around = new Surroundings(List.of(all));
    List<Place> places = new Survey(around).places(all.files(), Folders.ROOT, true);
    if (search.layout().isEmpty()) {
      places.forEach(HistoryFinder::refuseForeign);
    }
    Layout known =
        search
            .layout()
            .or(() -> places.stream().flatMap(place -> byMarks(place).stream()).findFirst())
            .orElseGet(PlainFiles::ofAnyName);
    GroundWork ground = GroundWork.of(known, applied, asPending, around);
    List<Path> files = all.files().stream().filter(file -> !ground.files().contains(file)).toList();
    Layout layout = known.fittedToNamed(files, around);
    Path directory =
        pending.files().stream()
            .findFirst()
            .map(file -> layout.isNested() ? Folders.of(Folders.of(file)) : Folders.of(file))
            .orElse(Folders.ROOT);
    old.removeAll(ground.files());
    Folder folder = new Folder(layout, directory, old, files);
    return ground.under(
        new Assembly(folder, DialectChoice.ofNamed(search)).between(applied, all), applied);
  }

  private Assembly assembly(Folder folder) {
    return new Assembly(folder, DialectChoice.of(folder.directory(), search));
  }

  /** To run such files whole would be to run the way back too. */
  private static void refuseForeign(Place place) {
    ForeignTool.of(place)
        .ifPresent(
            tool -> {
              throw new SourceException(
                  "The files in %s are written for %s, which Drydock has no layout for, so they are not linted. Name a layout with --layout to read them as that."
                      .formatted(place.directory(), tool));
            });
  }

  /** What a place says of itself; a numbered name alone says nothing when the user chose it. */
  private static Optional<Layout> byMarks(Place place) {
    return Layouts.all().stream()
        .filter(layout -> !(layout instanceof PlainFiles) && layout.recognises(place))
        .findFirst();
  }

  private static boolean isTouched(Path directory, ChangeSet change) {
    return isTouched(below(directory, change.base()), below(directory, change.head()), change);
  }

  private static List<Path> below(Path directory, FileTree tree) {
    return tree.files().stream().filter(file -> Folders.holds(directory, file)).toList();
  }

  private static boolean isTouched(Folder folder, ChangeSet change) {
    return isTouched(folder.baseFiles(), folder.headFiles(), change)
        || folder
            .layout()
            .list(folder.directory())
            .filter(list -> change.base().has(list) && change.head().has(list))
            .filter(list -> !change.base().id(list).equals(change.head().id(list)))
            .isPresent();
  }

  private static boolean isTouched(List<Path> before, List<Path> after, ChangeSet change) {
    Set<Path> base = new TreeSet<>(before);
    return !base.equals(new TreeSet<>(after))
        || base.stream().anyMatch(file -> !change.base().id(file).equals(change.head().id(file)));
  }

  private Found found(
      List<Found.PassedOver> passedOver,
      List<Folder> folders,
      List<Folder> wanted,
      FileTree tree,
      List<String> modules,
      Function<Folder, History> assembly) {
    List<History> histories = new ArrayList<>();
    for (Folder folder : wanted) {
      histories.add(assembly.apply(folder));
    }
    histories.sort(Comparator.comparing(History::directory));
    List<Path> directories = folders.stream().map(Folder::directory).sorted().distinct().toList();
    return new Found(
        histories,
        directories,
        passedOver,
        directories.isEmpty() && passedOver.isEmpty()
            ? Elsewhere.of(tree.files(), search)
            : besideOthers(histories, wanted.size() == folders.size(), tree),
        modules);
  }

  /**
   * @param all whether the histories are those of all directories
   */
  private Optional<String> besideOthers(List<History> histories, boolean all, FileTree tree) {
    boolean foreign =
        all
            && search.directories().isEmpty()
            && histories.stream().allMatch(one -> one.dialect() != Dialect.POSTGRESQL);
    return foreign ? Elsewhere.beside(tree.files()) : Optional.empty();
  }
}
