package dev.drydock.history.layout;

import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The files around migrations that say how a tool is set up. */
public final class Surroundings {
  private final List<FileTree> trees;
  private final Map<Path, Boolean> present = new HashMap<>();
  private final Map<Path, Optional<String>> texts = new HashMap<>();
  private final Map<Path, Settings> settings = new HashMap<>();
  private final Map<List<String>, List<Path>> homes = new HashMap<>();

  /**
   * @param trees asked in this order
   */
  public Surroundings(List<FileTree> trees) {
    this.trees = List.copyOf(trees);
  }

  public boolean has(Path file) {
    return present.computeIfAbsent(file, asked -> trees.stream().anyMatch(tree -> tree.has(asked)));
  }

  /**
   * The text of {@code file}. One that cannot be read tells nothing: it is not the file under
   * review, and reading it must not end the run.
   */
  public Optional<String> text(Path file) {
    return texts.computeIfAbsent(file, this::read);
  }

  /**
   * The entries of a settings file, read once: they are asked for with every migration.
   *
   * @param reader the same for the same file
   */
  Settings settings(Path file, Function<String, Settings> reader) {
    return settings.computeIfAbsent(file, asked -> text(asked).map(reader).orElse(Settings.none()));
  }

  /** The file with the text that {@link #text} has of it. */
  Optional<SourceFile> file(Path file) {
    return text(file).map(text -> new SourceFile(file, text));
  }

  private Optional<String> read(Path file) {
    for (FileTree tree : trees) {
      try {
        if (tree.has(file)) {
          return Optional.of(tree.read(file).text());
        }
      } catch (SourceException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The texts of {@code file} in all trees, those of the first tree last. */
  List<String> texts(Path file) {
    return trees.reversed().stream()
        .flatMap(tree -> new Surroundings(List.of(tree)).text(file).stream())
        .toList();
  }

  /** The nearest file of one of these names in {@code folder} or above it. */
  Optional<Path> nearest(Path folder, String... names) {
    for (Path at : Folders.upwards(folder)) {
      for (String name : names) {
        if (has(at.resolve(name))) {
          return Optional.of(at.resolve(name));
        }
      }
    }
    return Optional.empty();
  }

  /** The directories that have a file of one of these names. */
  List<Path> homes(List<String> names) {
    return homes.computeIfAbsent(
        names,
        asked ->
            trees.stream()
                .flatMap(tree -> tree.files().stream())
                .filter(file -> asked.contains(Folders.name(file)))
                .map(Folders::of)
                .distinct()
                .sorted()
                .toList());
  }

  /** The files in {@code folder} itself. */
  List<Path> in(Path folder) {
    return trees.stream()
        .flatMap(tree -> tree.files().stream())
        .filter(file -> Folders.of(file).equals(folder))
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether anything lies in {@code folder} or below it. */
  boolean hasBelow(Path folder) {
    return trees.stream()
        .flatMap(tree -> tree.files().stream())
        .anyMatch(file -> Folders.holds(folder, file));
  }

  /** Whether a file called {@code name} in {@code folder} or above it mentions {@code word}. */
  boolean mentions(Path folder, String name, String word) {
    return Folders.upwards(folder).stream()
        .flatMap(at -> text(at.resolve(name)).stream())
        .anyMatch(text -> text.contains(word));
  }

  /** Whether a directory beside {@code folder} has such a name. */
  boolean anyBeside(Path folder, Predicate<String> name) {
    Path parent = Folders.of(folder);
    return trees.stream()
        .flatMap(tree -> tree.files().stream())
        .map(Folders::of)
        .filter(at -> Folders.holds(parent, at) && !Folders.holds(folder, at))
        .flatMap(at -> Folders.below(parent, at).stream())
        .anyMatch(other -> name.test(Folders.name(other)));
  }

  /** Whether the text of one of these files says something. Nothing of them is kept. */
  boolean says(Predicate<Path> files, Predicate<String> something) {
    return trees.stream()
        .flatMap(tree -> tree.files().stream())
        .filter(files)
        .distinct()
        .anyMatch(file -> read(file).filter(something).isPresent());
  }
}
