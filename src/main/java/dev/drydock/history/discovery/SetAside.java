package dev.drydock.history.discovery;

import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Folders;
import dev.drydock.history.layout.Found;
import dev.drydock.history.layout.PlainFiles;
import dev.drydock.history.layout.Role;
import dev.drydock.history.layout.Supabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Leaves out folders of which others, and their names, say that no database is built of them. */
final class SetAside {
  private static final Set<String> OF_OLD =
      Set.of("legacy", "old", "archive", "archives", "archived", "deprecated", "obsolete", "bak");

  /** A directory for one migration, which its name begins with the number of. */
  private static final Pattern OF_ONE = Pattern.compile("(\\d+)_.+");

  private final List<Folder> folders;
  private final List<Found.PassedOver> passedOver;

  /**
   * @param folders what is left out is taken from them
   * @param passedOver what is to be said of it is added to them
   */
  SetAside(List<Folder> folders, List<Found.PassedOver> passedOver) {
    this.folders = folders;
    this.passedOver = passedOver;
  }

  void leave() {
    leaveDeclared();
    leaveSources();
    leaveOld();
    leaveByHand();
  }

  /**
   * The schema that a project of the Supabase CLI declares. The CLI writes migrations from it and
   * runs nothing of it, so that it says what the migrations say already.
   */
  private void leaveDeclared() {
    List<Path> projects =
        folders.stream()
            .filter(folder -> folder.layout() instanceof Supabase)
            .map(folder -> Folders.of(folder.directory()))
            .flatMap(project -> Stream.of(project, Folders.of(project)))
            .toList();
    folders.removeIf(
        folder ->
            folder.layout() instanceof PlainFiles
                && Folders.name(folder.directory()).equals("schemas")
                && projects.contains(Folders.of(folder.directory())));
  }

  /**
   * What migrations are made of, in a directory for each, where those have the same names: the tool
   * runs what was made.
   */
  private void leaveSources() {
    for (Folder folder : List.copyOf(folders)) {
      Matcher one = OF_ONE.matcher(Folders.name(folder.directory()));
      if (!one.matches()) {
        continue;
      }
      List<String> names = migrations(folder);
      Optional<Folder> made =
          folders.stream()
              .filter(other -> !OF_ONE.matcher(Folders.name(other.directory())).matches())
              .filter(other -> other.files().map(Folders::name).toList().containsAll(names))
              .findFirst();
      if (made.isPresent()
          && !names.isEmpty()
          && names.stream().allMatch(name -> name.startsWith(one.group(1)))) {
        folders.remove(folder);
        passedOver.add(Found.PassedOver.source(folder.directory(), made.get().directory()));
      }
    }
  }

  private static List<String> migrations(Folder folder) {
    return folder
        .files()
        .filter(file -> folder.layout().role(file) instanceof Role.Forward)
        .map(Folders::name)
        .toList();
  }

  /** What is run by hand, beside migrations that are not, stands on what those make. */
  private void leaveByHand() {
    List<Folder> byHand =
        folders.stream().filter(folder -> Survey.isByHand(folder.directory())).toList();
    if (byHand.size() < folders.size()) {
      folders.removeAll(byHand);
      byHand.forEach(folder -> passedOver.add(Found.PassedOver.byHand(folder.directory())));
    }
  }

  /** What a newer series beside it has taken the place of, going by its name. */
  private void leaveOld() {
    for (Folder folder : List.copyOf(folders)) {
      if (newer(folder).filter(other -> !other.equals(folder)).findAny().isPresent()) {
        folders.remove(folder);
        passedOver.add(Found.PassedOver.old(folder.directory()));
      }
    }
  }

  /**
   * The newer series: of the same tool beside a directory that is named for what is old, of any
   * tool in the project where the name says that it has migrations as well.
   */
  private Stream<Folder> newer(Folder folder) {
    Path directory = folder.directory();
    Path parent = Folders.of(directory);
    if (OF_OLD.contains(Folders.name(directory).toLowerCase(Locale.ROOT))) {
      return folders.stream()
          .filter(other -> other.layout().id().equals(folder.layout().id()))
          .filter(other -> Folders.holds(parent, other.directory()))
          .filter(other -> other.isNewerThan(folder));
    }
    if (!isOldMigrations(directory)) {
      return Stream.empty();
    }
    Predicate<Folder> newer =
        other ->
            other.layout().id().equals(folder.layout().id())
                ? other.isNewerThan(folder)
                : other.hasGreaterNumberThan(folder);
    return folders.stream()
        .filter(other -> !isOldMigrations(other.directory()))
        .filter(other -> Folders.holds(Folders.of(parent), other.directory()))
        .filter(newer);
  }

  private static boolean isOldMigrations(Path directory) {
    return PlainFiles.isNamedForMigrations(directory) && Folders.isNamed(directory, OF_OLD);
  }
}
