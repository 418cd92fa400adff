package dev.drydock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.report.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on the architecture says of each package what the package says of itself. */
class ArchitecturePageTest {
  private static final Path PAGE = Path.of("docs/architecture.md");
  private static final Path ROOT = Path.of("src/main/java/dev/drydock");
  private static final Pattern TABLE = Pattern.compile("(?s)(\\|---\\|---\\|\n).*?(?=\n## )");

  /** A link within Javadoc, by the simple name of what it leads to. */
  private static final Pattern LINK = Pattern.compile("\\{@(?:link|code) (?:[a-z.]+\\.)?([^}]+)}");

  @Test
  void thePageListsThePackagesInTheirOrder() throws IOException {
    String rows = packages().map(ArchitecturePageTest::row).collect(Collectors.joining());
    assertThat(rows.lines()).hasSizeGreaterThan(ArchitectureTest.ORDER.size());
    String page = Files.readString(PAGE);
    Golden.equal(PAGE, TABLE.matcher(page).replaceFirst("$1" + Matcher.quoteReplacement(rows)));
  }

  private static Stream<String> packages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<String> all =
          files
              .filter(Files::isDirectory)
              .filter(ArchitecturePageTest::hasClasses)
              .map(directory -> ROOT.relativize(directory).toString().replace('/', '.'))
              .toList();
      return all.stream()
          .sorted(
              Comparator.comparing(
                      (String name) -> ArchitectureTest.ORDER.indexOf(name.split("\\.")[0]))
                  .thenComparing(Comparator.naturalOrder()));
    }
  }

  private static boolean hasClasses(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> file.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String row(String name) {
    try {
      String text = Files.readString(ROOT.resolve(name.replace('.', '/') + "/package-info.java"));
      String words = text.substring(0, text.indexOf("*/")).replaceAll("(?m)^/?\\*+|^ \\*+", "");
      String first = words.split("<p>")[0].strip().replaceAll("\\s+", " ");
      return "| `%s` | %s |\n".formatted(name, LINK.matcher(first).replaceAll("`$1`"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
