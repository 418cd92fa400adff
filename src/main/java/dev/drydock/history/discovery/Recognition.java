package dev.drydock.history.discovery;

import dev.drydock.history.layout.ChangelogOrder;
import dev.drydock.history.layout.DeploymentHandler;
import dev.drydock.history.layout.Flyway;
import dev.drydock.history.layout.FlywayLocations;
import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Folders;
import dev.drydock.history.layout.ForeignTool;
import dev.drydock.history.layout.Found;
import dev.drydock.history.layout.GolangMigrate;
import dev.drydock.history.layout.GraphileMigrate;
import dev.drydock.history.layout.Layout;
import dev.drydock.history.layout.Layouts;
import dev.drydock.history.layout.Liquibase;
import dev.drydock.history.layout.Place;
import dev.drydock.history.layout.PlainFiles;
import dev.drydock.history.layout.Role;
import dev.drydock.history.layout.SqlText;
import dev.drydock.history.layout.Surroundings;
import dev.drydock.source.FileTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which tool each directory of migrations in two trees is for. */
final class Recognition {
  private final Search search;
  private final List<Path> baseFiles;
  private final List<Path> headFiles;
  private final Surroundings around;
  private final Surroundings baseAround;
  private final Surroundings headAround;
  private final List<Folder> folders = new ArrayList<>();
  private final List<Found.PassedOver> passedOver = new ArrayList<>();
  private final List<String> foreignTools = new ArrayList<>();

  /** Places of tools that make one history of several. */
  private final List<Place> flyway = new ArrayList<>();

  private final List<Place> liquibase = new ArrayList<>();

  /** What was recognised in a place by itself. */
  private final List<Folder> others = new ArrayList<>();

  private Recognition(Search search, FileTree base, FileTree head) {
    this.search = search;
    this.baseFiles = base.files();
    this.headFiles = head.files();
    this.around = new Surroundings(List.of(head, base));
    this.baseAround = new Surroundings(List.of(base));
    this.headAround = new Surroundings(List.of(head));
  }

  static Recognition of(Search search, FileTree base, FileTree head) {
    Recognition recognition = new Recognition(search, base, head);
    recognition.recognise();
    return recognition;
  }

  List<Folder> folders() {
    return folders;
  }

  List<Found.PassedOver> passedOver() {
    return passedOver;
  }

  private void recognise() {
    SqitchHistories sqitch =
        SqitchHistories.of(search, baseFiles, headFiles, baseAround, headAround);
    folders.addAll(sqitch.folders());
    for (Place place : places()) {
      if (!sqitch.hold(place.directory())) {
        recognise(place);
      }
    }
    addLiquibase();
    joinVersions();
    JoinedFolders.join(others);
    List<FlywayLocations.Location> locations = locations();
    others.stream()
        .filter(
            folder -> locations.stream().noneMatch(location -> location.holds(folder.directory())))
        .filter(folder -> !isAboveMigrations(folder))
        .filter(folder -> others.stream().noneMatch(other -> other.leavesOut(folder)))
        .forEach(folders::add);
    if (search.directories().isEmpty() && search.layout().isEmpty()) {
      leaveLoose();
      leaveUncommitted();
    }
    if (search.directories().isEmpty()) {
      new SetAside(folders, passedOver).leave();
    }
    for (Path asked : search.directories()) {
      if (folders.stream().noneMatch(folder -> Folders.holds(asked, folder.directory()))
          && passedOver.stream().noneMatch(over -> Folders.holds(asked, over.directory()))) {
        addAsked(asked);
      }
    }
    folders.sort(Comparator.comparing(Folder::directory));
  }

  private void recognise(Place place) {
    Optional<Path> deployments =
        search.layout().isPresent() ? Optional.empty() : DeploymentHandler.home(place);
    if (deployments.isPresent()) {
      Found.PassedOver all = Found.PassedOver.deployments(deployments.get());
      if (!passedOver.contains(all)) {
        passedOver.add(all);
        foreignTools.add(DeploymentHandler.TOOL);
      }
      return;
    }
    Optional<String> foreign =
        search.layout().isPresent() ? Optional.empty() : ForeignTool.of(place);
    if (foreign.isPresent()) {
      passedOver.add(Found.PassedOver.foreign(place.directory(), foreign.get()));
      foreignTools.add(foreign.get());
      return;
    }
    Optional<Layout> layout = layoutOf(place);
    if (layout.filter(Flyway.class::isInstance).isPresent()) {
      flyway.add(place);
    } else if (layout.filter(Liquibase.class::isInstance).isPresent()) {
      liquibase.add(place);
    } else {
      layout.ifPresent(known -> others.add(folder(known, place)));
    }
  }

  /** What a changelog asks for is no history of another tool, whatever it looks like. */
  private void addLiquibase() {
    if (liquibase.isEmpty()) {
      return;
    }
    LiquibaseHistories histories =
        new LiquibaseHistories(
            liquibase,
            ChangelogOrder.sorted(baseFiles),
            ChangelogOrder.sorted(headFiles),
            baseAround,
            headAround,
            !search.directories().isEmpty());
    List<Folder> found = histories.find();
    passedOver.addAll(histories.leftOut());
    folders.addAll(found);
    others.removeIf(
        other ->
            found.stream()
                .flatMap(folder -> folder.headFiles().stream())
                .anyMatch(other.headFiles()::contains));
  }

  /** Each once, though a directory may lie in two that were asked for. */
  private Collection<Place> places() {
    Set<Path> all = new TreeSet<>(baseFiles);
    all.addAll(headFiles);
    Survey survey = new Survey(around);
    if (search.directories().isEmpty()) {
      return survey.places(all, Folders.ROOT, false);
    }
    Map<Path, Place> places = new TreeMap<>();
    for (Path top : search.directories()) {
      survey.places(all, top, false).forEach(place -> places.putIfAbsent(place.directory(), place));
    }
    return places.values();
  }

  private Optional<Layout> layoutOf(Place place) {
    if (search.layout().isEmpty()) {
      return Layouts.all().stream()
          .filter(layout -> layout.recognises(place) && runsAny(layout, place))
          .findFirst();
    }
    return search
        .layout()
        .filter(layout -> layout.fits(place.nested()))
        .filter(
            layout ->
                layout instanceof PlainFiles
                    ? layout.recognises(place)
                    : Folder.anyForward(
                        layout.fitted(place.directory(), place.files(), around), place.files()));
  }

  /** Marked files of which the tool would run none are for something that is like it. */
  private static boolean runsAny(Layout layout, Place place) {
    return !layout.knowsMarks()
        || place.files().stream()
            .map(layout::role)
            .anyMatch(role -> role instanceof Role.Forward || role instanceof Role.Code);
  }

  /**
   * Whether what lies loose in a directory named for migrations lies above the migrations: a dump
   * of the schema, say, in {@code migrate/} beside {@code migrate/migrations/}.
   */
  private boolean isAboveMigrations(Folder folder) {
    return folder.layout() instanceof PlainFiles plain
        && !plain.areOrdered()
        && Stream.concat(
                others.stream().map(Folder::directory),
                passedOver.stream().map(Found.PassedOver::directory))
            .anyMatch(
                below ->
                    !below.equals(folder.directory())
                        && Folders.holds(folder.directory(), below)
                        && PlainFiles.isNamedForMigrations(below));
  }

  /**
   * Files without order in a directory that is named for migrations are a series where there is no
   * other, and numbered ones that only ask for something may be one, or whose numbers are those of
   * releases, so that several have the same. Where a tool has one, they were for a person to run,
   * or for another database.
   */
  private void leaveLoose() {
    Optional<String> tool =
        Stream.concat(
                folders.stream()
                    .map(Folder::layout)
                    .filter(layout -> !(layout instanceof PlainFiles))
                    .map(Layout::tool),
                foreignTools.stream())
            .findFirst();
    if (tool.isEmpty()) {
      return;
    }
    for (Folder folder : List.copyOf(folders)) {
      if (folder.layout() instanceof PlainFiles plain) {
        if (!plain.areOrdered()
            || (!PlainFiles.isNamedForMigrations(folder.directory()) && folder.countsTwice())) {
          folders.remove(folder);
          passedOver.add(Found.PassedOver.loose(folder.directory(), tool.get()));
        } else if (isOnlyQueries(folder)) {
          folders.remove(folder);
          passedOver.add(Found.PassedOver.queries(folder.directory(), tool.get()));
        }
      }
    }
  }

  /** Where nothing is committed yet, there is nothing that tells the tool but its settings. */
  private void leaveUncommitted() {
    for (Folder folder : List.copyOf(folders)) {
      if (folder.layout() instanceof PlainFiles
          && GraphileMigrate.isUncommitted(folder.directory(), around)) {
        folders.remove(folder);
        passedOver.add(Found.PassedOver.uncommitted(folder.directory()));
      }
    }
  }

  private boolean isOnlyQueries(Folder folder) {
    return folder
        .files()
        .distinct()
        .filter(file -> folder.layout().role(file) instanceof Role.Forward)
        .allMatch(file -> around.text(file).filter(SqlText::isOnlyQueries).isPresent());
  }

  /**
   * Makes one history of numbered files in directories that are all named for versions, and takes
   * what lies above those, which is a dump of the newest, for none.
   */
  private void joinVersions() {
    Map<Path, List<Folder>> children = new TreeMap<>();
    for (Folder folder : others) {
      children
          .computeIfAbsent(Folders.of(folder.directory()), any -> new ArrayList<>())
          .add(folder);
    }
    children.forEach(
        (parent, folders) -> {
          if (folders.size() > 1 && folders.stream().allMatch(Recognition::isOfVersion)) {
            others.removeAll(folders);
            others.removeIf(
                folder ->
                    folder.directory().equals(parent)
                        && folder.layout() instanceof PlainFiles plain
                        && !plain.areOrdered());
            others.add(versions(parent));
          }
        });
  }

  private static boolean isOfVersion(Folder folder) {
    return PlainFiles.isVersion(folder.directory())
        && (folder.layout() instanceof GolangMigrate
            || (folder.layout() instanceof PlainFiles plain && plain.areOrdered()));
  }

  private Folder versions(Path parent) {
    return folder(
        PlainFiles.inFolders(),
        parent,
        file ->
            Folders.of(Folders.of(file)).equals(parent) && PlainFiles.isVersion(Folders.of(file)));
  }

  private Folder folder(Layout layout, Place place) {
    Predicate<Path> inside =
        file ->
            Folders.of(file).equals(place.directory())
                || layout.reaches(place.directory(), file)
                || (layout.isRecursive()
                    && !place.directory().equals(Folders.ROOT)
                    && Folders.holds(place.directory(), file))
                || (place.nested()
                    && !Folders.of(file).equals(Folders.ROOT)
                    && Folders.of(Folders.of(file)).equals(place.directory()));
    return folder(layout, place.directory(), inside);
  }

  private Folder folder(Layout layout, Path directory, Predicate<Path> inside) {
    List<Path> base = baseFiles.stream().filter(inside).toList();
    List<Path> head = headFiles.stream().filter(inside).toList();
    List<Path> both = new ArrayList<>(base);
    both.addAll(head);
    return new Folder(layout.fitted(directory, both, around), directory, base, head);
  }

  private List<FlywayLocations.Location> locations() {
    Flyway layout = new Flyway();
    FlywayLocations scanned = new FlywayLocations(layout, flyway, Set.copyOf(headFiles));
    List<FlywayLocations.Location> locations = scanned.find();
    passedOver.addAll(scanned.leftOut());
    for (FlywayLocations.Location location : locations) {
      List<Path> sources = FlywayLocations.sources(location.directory());
      Predicate<Path> inside =
          file ->
              (location.holds(file)
                      && locations.stream().noneMatch(other -> location.leaves(file, other)))
                  || sources.stream().anyMatch(folder -> Folders.holds(folder, file));
      folders.add(folder(layout, location.directory(), inside));
    }
    return locations;
  }

  /** A directory the user named is a history, whatever its files are called. */
  private void addAsked(Path directory) {
    Predicate<Path> inside = file -> Folders.of(file).equals(directory);
    List<Path> files =
        Stream.concat(baseFiles.stream(), headFiles.stream()).filter(inside).distinct().toList();
    Layout layout = search.layout().orElseGet(() -> PlainFiles.ofAsked(files));
    Folder asked =
        folder(
            layout instanceof PlainFiles ? PlainFiles.ofAsked(files) : layout, directory, inside);
    if (!asked.isEmpty()) {
      if (asked.files().anyMatch(file -> Folders.name(file).endsWith(".sql"))) {
        folders.add(asked);
      }
    } else if (layout instanceof PlainFiles) {
      Folder versions = versions(directory);
      if (!versions.isEmpty()) {
        folders.add(versions);
      }
    }
  }

  /** A directory that is gone and one that is new with the same files are one that was moved. */
  static List<Folder> withMoves(List<Folder> folders) {
    List<Folder> result = new ArrayList<>(folders);
    for (Folder arrived : folders) {
      if (arrived.isNew()) {
        Optional<Folder> gone =
            result.stream().filter(old -> old.isGone() && arrived.isMoved(old)).findFirst();
        if (gone.isPresent()) {
          result.remove(gone.get());
          result.set(result.indexOf(arrived), arrived.movedFrom(gone.get()));
        }
      }
    }
    return result;
  }
}
