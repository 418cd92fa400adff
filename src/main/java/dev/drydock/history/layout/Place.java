package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A directory that may hold migrations.
 *
 * @param nested whether each migration has a directory of its own in it
 * @param files the files that may be migrations or belong to one
 */
public record Place(Path directory, boolean nested, List<Path> files, Surroundings around) {
  /** Enough to meet a tool's marks, and few enough to cost nothing in a large repository. */
  private static final int SAMPLES = 3;

  /** A tool's marks stand near the top, and a file may be a dump of megabytes. */
  private static final int SAMPLE_LENGTH = 64 * 1024;

  private static final Pattern NUMBERED = Pattern.compile("\\d+[._-].*\\.sql");

  public Place {
    files = List.copyOf(files);
  }

  boolean anyNamed(Pattern name) {
    return files.stream().anyMatch(file -> name.matcher(Folders.name(file)).matches());
  }

  long countNamed(Pattern name) {
    return files.stream().filter(file -> name.matcher(Folders.name(file)).matches()).count();
  }

  /** Whether other numbered files do not outnumber those with such a name. */
  boolean isMostly(Pattern name) {
    long others =
        files.stream()
            .map(Folders::name)
            .filter(own -> NUMBERED.matcher(own).matches() && !name.matcher(own).matches())
            .count();
    return countNamed(name) >= others;
  }

  /** Whether a migration's own directory has such a name. */
  boolean anyFolderNamed(Pattern name) {
    return files.stream()
        .map(Folders::of)
        .filter(folder -> !folder.equals(directory))
        .anyMatch(folder -> name.matcher(Folders.name(folder)).matches());
  }

  /** Whether a file beside a migration, in its own directory, has this name. */
  boolean anyBeside(String name) {
    return files.stream().anyMatch(file -> around.has(Folders.of(file).resolve(name)));
  }

  boolean has(String name) {
    return around.has(directory.resolve(name));
  }

  /** Whether the first, middle or last of the files with such a name holds the mark. */
  boolean anySampleHas(Pattern name, Pattern mark) {
    List<Path> named =
        files.stream().filter(file -> name.matcher(Folders.name(file)).matches()).toList();
    return IntStream.range(0, named.size())
        .filter(index -> isSample(index, named.size()))
        .mapToObj(named::get)
        .flatMap(file -> around.text(file).stream())
        .map(text -> text.substring(0, Math.min(text.length(), SAMPLE_LENGTH)))
        .anyMatch(text -> mark.matcher(text).find());
  }

  private static boolean isSample(int index, int count) {
    return count <= SAMPLES || index == 0 || index == count / 2 || index == count - 1;
  }

  /** Whether a word of the directory's name is one of these. */
  boolean isNamed(List<String> words) {
    return Folders.isNamed(directory, words);
  }
}
