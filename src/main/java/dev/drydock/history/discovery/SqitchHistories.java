package dev.drydock.history.discovery;

import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Folders;
import dev.drydock.history.layout.Sqitch;
import dev.drydock.history.layout.SqitchPlan;
import dev.drydock.history.layout.SqitchTarget;
import dev.drydock.history.layout.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a history of each plan of Sqitch's that has scripts. */
final class SqitchHistories {
  private final Search search;
  private final List<Path> baseFiles;
  private final List<Path> headFiles;
  private final Surroundings base;
  private final Surroundings head;
  private final List<SqitchTarget> targets = new ArrayList<>();
  private final List<Folder> folders = new ArrayList<>();

  private SqitchHistories(
      Search search,
      List<Path> baseFiles,
      List<Path> headFiles,
      Surroundings base,
      Surroundings head) {
    this.search = search;
    this.baseFiles = baseFiles;
    this.headFiles = headFiles;
    this.base = base;
    this.head = head;
  }

  static SqitchHistories of(
      Search search,
      List<Path> baseFiles,
      List<Path> headFiles,
      Surroundings base,
      Surroundings head) {
    SqitchHistories histories = new SqitchHistories(search, baseFiles, headFiles, base, head);
    if (search.layout().filter(layout -> !(layout instanceof Sqitch)).isEmpty()) {
      histories.find();
    }
    return histories;
  }

  List<Folder> folders() {
    return folders;
  }

  /** Whether a directory is one for the scripts of a plan. */
  boolean hold(Path directory) {
    return targets.stream().anyMatch(target -> target.holds(directory));
  }

  private void find() {
    Map<Path, SqitchTarget> now = targets(headFiles, head);
    Map<Path, SqitchTarget> then = targets(baseFiles, base);
    targets.addAll(now.values());
    targets.addAll(then.values());
    Map<Path, SqitchTarget> gone = new TreeMap<>(then);
    gone.keySet().removeAll(now.keySet());
    now.forEach(
        (plan, target) -> {
          Optional<SqitchTarget> before =
              Optional.ofNullable(then.get(plan)).or(() -> moved(target, gone.values()));
          before.ifPresent(old -> gone.remove(old.plan()));
          add(target, before.orElse(target));
        });
    gone.values().forEach(target -> add(target, target));
  }

  /** To Sqitch, a project is its name, wherever its files lie. */
  private Optional<SqitchTarget> moved(SqitchTarget now, Collection<SqitchTarget> gone) {
    Optional<String> project = now.read(head).flatMap(SqitchPlan::project);
    return gone.stream()
        .filter(then -> project.isPresent())
        .filter(then -> then.read(base).flatMap(SqitchPlan::project).equals(project))
        .findFirst();
  }

  /** The plans of a tree that have a script, by their paths. */
  private static Map<Path, SqitchTarget> targets(List<Path> files, Surroundings around) {
    Map<Path, SqitchTarget> targets = new TreeMap<>();
    files.stream()
        .filter(file -> Folders.name(file).equals(SqitchTarget.CONFIGURATION))
        .forEach(file -> SqitchTarget.in(file, around).forEach(targets::putIfAbsent));
    files.stream()
        .filter(file -> Folders.name(file).equals(SqitchTarget.PLAN))
        .forEach(file -> targets.computeIfAbsent(file, SqitchTarget::of));
    targets.values().removeIf(target -> !hasScripts(target, around));
    return targets;
  }

  private static boolean hasScripts(SqitchTarget target, Surroundings around) {
    return target
        .read(around)
        .filter(
            plan ->
                plan.changes().stream()
                    .anyMatch(change -> around.has(change.script(target, around::has))))
        .isPresent();
  }

  private void add(SqitchTarget now, SqitchTarget then) {
    if (isWanted(now.deploy()) || isWanted(now.plan())) {
      folders.add(
          new Folder(
              Sqitch.of(now, then, head, base),
              now.deploy(),
              then.deploy(),
              files(then, baseFiles),
              files(now, headFiles)));
    }
  }

  private boolean isWanted(Path path) {
    return search.directories().isEmpty()
        ? !Survey.isAside(path)
        : search.directories().stream()
            .anyMatch(
                asked ->
                    Folders.holds(asked, path) && !Survey.isAside(Folders.relative(asked, path)));
  }

  private static List<Path> files(SqitchTarget target, List<Path> all) {
    Set<Path> files = new TreeSet<>();
    all.stream()
        .filter(file -> file.equals(target.plan()) || target.keeps(Folders.of(file)))
        .forEach(files::add);
    return List.copyOf(files);
  }
}
