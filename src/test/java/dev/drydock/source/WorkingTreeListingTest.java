package dev.drydock.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The working tree has the files that git itself lists. */
class WorkingTreeListingTest {

  /**
   * @param tracked put into the index before the rules on what to ignore are there, forced
   * @param more written afterwards
   * @param gone deleted from the disk at the end
   * @param rules of each .gitignore, by its directory
   */
  @Property(tries = 60)
  void whatGitListsIsListed(
      @ForAll @Size(max = 6) List<@From("paths") String> tracked,
      @ForAll @Size(max = 10) List<@From("paths") String> more,
      @ForAll @Size(max = 2) List<@From("paths") String> gone,
      @ForAll @Size(max = 3) Map<@From("directories") String, @From("rules") String> rules,
      @ForAll @From("rules") String excludes)
      throws Exception {
    Path root = Files.createTempDirectory("listing");
    try {
      git(root, "init", "-q");
      for (String path : tracked) {
        write(root, path, "one");
      }
      git(root, "add", "-f", ".");
      for (String path : more) {
        write(root, path, "two");
      }
      for (Map.Entry<String, String> one : rules.entrySet()) {
        write(root, one.getKey() + ".gitignore", one.getValue());
      }
      Files.writeString(root.resolve(".git/info/exclude"), excludes);
      for (String path : gone) {
        if (Files.isRegularFile(root.resolve(path))) {
          Files.delete(root.resolve(path));
        }
      }

      List<String> listed;
      try (Checkout checkout = Checkout.open(root, FileTree.DEFAULT_LIMIT)) {
        listed = checkout.workingTree().files().stream().map(GitPath::toGit).sorted().toList();
      }

      TreeSet<String> expected =
          new TreeSet<>(git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"));
      git(root, "ls-files", "-z", "--deleted").forEach(expected::remove);
      assertThat(listed).containsExactlyElementsOf(expected);
    } finally {
      delete(root);
    }
  }

  @Provide
  Arbitrary<String> paths() {
    Arbitrary<String> file = Arbitraries.of("a.sql", "b.sql", "c.log", "d", "a.sql.bak");
    return Combinators.combine(directories(), file).as(String::concat);
  }

  @Provide
  Arbitrary<String> directories() {
    return Arbitraries.of("", "out/", "db/", "db/out/", "db/a b/", "db/out/x/");
  }

  @Provide
  Arbitrary<String> rules() {
    return Arbitraries.of(
            "out",
            "out/",
            "/out",
            "/db/out/",
            "*.log",
            "!c.log",
            "*.sql",
            "!a.sql",
            "db/**",
            "**/out",
            "!out/",
            "x/*",
            "# nothing",
            "a\\ b/",
            "d",
            "/*",
            "!/db")
        .list()
        .ofMaxSize(4)
        .map(lines -> String.join("\n", lines) + "\n");
  }

  private static void write(Path root, String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** What the git of this machine says, without the user's own configuration. */
  private static List<String> git(Path root, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return Arrays.stream(said.split("\0")).filter(path -> !path.isEmpty()).toList();
  }

  private static void delete(Path root) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = new ArrayList<>(walk.toList());
    }
    for (Path path : all.reversed()) {
      Files.delete(path);
    }
  }
}
