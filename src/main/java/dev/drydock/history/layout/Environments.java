package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which environment a directory of migrations is for, going by names. */
final class Environments {
  static final List<String> PRODUCTION = List.of("prod", "production", "prd", "live");

  static final List<String> DEVELOPMENT = List.of("dev", "development", "local", "demo");

  /** What is beside a directory for production is not production's. */
  static final List<String> OTHERS =
      Stream.concat(
              DEVELOPMENT.stream(),
              Stream.of(
                  "sandbox", "qa", "q", "q1", "q2", "staging", "stage", "stg", "uat", "preprod",
                  "int", "sit"))
          .toList();

  /** Where production may run, and the machine of a developer does not. */
  private static final List<String> HOSTED = List.of("gcp", "aws", "azure", "cloud");

  private Environments() {}

  /** {@code prod}, {@code prod-gcp}, {@code gcp}: what production runs besides what all run. */
  static boolean isOfProduction(String name) {
    List<String> words = Folders.words(name);
    return words.stream().anyMatch(PRODUCTION::contains)
        || (words.stream().anyMatch(HOSTED::contains) && !isOfAnother(name));
  }

  /** {@code dev}, {@code local-postgres}: what production never runs. */
  static boolean isOfAnother(String name) {
    List<String> words = Folders.words(name);
    return words.stream().anyMatch(OTHERS::contains)
        && words.stream().noneMatch(PRODUCTION::contains);
  }

  /**
   * The directory that takes the place of {@code folder} in production, where that lies in a source
   * set for development: {@code src/main/resources} for {@code src/dev/resources}.
   */
  static Optional<Path> mainResources(Path folder) {
    for (int i = 0; i + 2 < folder.getNameCount(); i++) {
      if (folder.getName(i).toString().equals("src")
          && folder.getName(i + 2).toString().equals("resources")
          && isOfAnother(folder.getName(i + 1).toString())) {
        return Optional.of(folder.subpath(0, i + 1).resolve("main").resolve("resources"));
      }
    }
    return Optional.empty();
  }
}
