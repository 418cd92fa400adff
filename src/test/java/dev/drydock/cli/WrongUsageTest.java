package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.drydock.source.GitRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake of the user's is told as one, before the replay, and not as a bug. */
@Timeout(300)
class WrongUsageTest extends InDirectory {
  @BeforeEach
  void aMigration() {
    write("V1__shop.sql", SHOP);
  }

  @Test
  void aDirectoryIsNoFileForAReport() {
    assertRefused(
        directory + " cannot be written: it is a directory",
        "lint",
        "V1__shop.sql",
        "--output",
        directory.toString());
    assertRefused(
        directory + " cannot be written: it is a directory",
        "lint",
        "V1__shop.sql",
        "--report",
        "json=" + directory);
  }

  @Test
  void noReportGoesBelowAFile() {
    assertRefused(
        directory.resolve("V1__shop.sql/a/b.txt")
            + " cannot be written: "
            + directory.resolve("V1__shop.sql")
            + " is a file",
        "lint",
        "V1__shop.sql",
        "--output",
        "V1__shop.sql/a/b.txt");
  }

  @Test
  void noReportGoesWhereTheUserMayNotWrite() throws Exception {
    assumeFalse(System.getProperty("user.name").equals("root"), "root may write anywhere");
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));

    assertRefused(
        closed.resolve("a/b.txt") + " cannot be written: there is no permission to write " + closed,
        "lint",
        "V1__shop.sql",
        "--output",
        "closed/a/b.txt");
  }

  @Test
  void aFileTakesOneReport() {
    assertRefused(
        "two reports would be written to ./a.json: name a file for each",
        "lint",
        "V1__shop.sql",
        "--report",
        "json=a.json",
        "--report",
        "sarif=./a.json");
    assertRefused(
        "two reports would be written to a.json: name a file for each",
        "lint",
        "V1__shop.sql",
        "--output",
        "a.json",
        "--report",
        "json=a.json");
    assertRefused(
        "--report is FORMAT=FILE, such as json=drydock.json, not `json`",
        "lint",
        "V1__shop.sql",
        "--report",
        "json");
  }

  @Test
  void aConfigurationThatIsNotUtf8IsRefusedWithTheLine() throws Exception {
    byte[] latin = "# réglages\nfail-on: info\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(directory.resolve(".drydock.yml"), latin);

    assertRefused(
        ".drydock.yml is not UTF-8 text (byte 0xE9 in line 1) and is not read. Save it as UTF-8.",
        "lint",
        "V1__shop.sql");
  }

  @Test
  void aRuleThatIsNotUtf8IsRefusedWithTheLine() throws Exception {
    write(".drydock.yml", "rules: [own]\n");
    byte[] latin = "id: own\n# é\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(Files.createDirectory(directory.resolve("own")).resolve("own.yaml"), latin);

    CommandLineRun run = run("lint", "V1__shop.sql");

    assertThat(run.err())
        .isEqualTo(
            "drydock: own/own.yaml is not UTF-8 text (byte 0xE9 in line 2) and is not read. Save it as UTF-8.\n");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void aRuleThatIsALinkOutIsNotRead() throws Exception {
    write(".drydock.yml", "rules: [own]\n");
    Files.createSymbolicLink(
        Files.createDirectory(directory.resolve("own")).resolve("a.yaml"), Path.of("/dev/zero"));

    CommandLineRun run = run("lint", "V1__shop.sql");

    assertThat(run.err())
        .isEqualTo(
            "drydock: own/a.yaml is a symbolic link to /dev/zero, which is not a file of the given files, and is not followed. Put the file itself there.\n");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void rulesThatAreNotThereAreNamed() {
    write(".drydock.yml", "rules: [own]\n");

    CommandLineRun run = run("lint", "V1__shop.sql");

    assertThat(run.err()).isEqualTo("drydock: the rules in own cannot be read: it is not there\n");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void aConfigurationThatIsALinkOutIsNotRead() throws Exception {
    Files.createSymbolicLink(directory.resolve(".drydock.yml"), Path.of("/etc/hostname"));
    assertRefused(
        ".drydock.yml is a symbolic link to /etc/hostname, which is not a file of "
            + directory
            + ", and is not followed. Put the file itself there.",
        "lint",
        "V1__shop.sql");
    Files.createSymbolicLink(directory.resolve("zero.yml"), Path.of("/dev/zero"));
    assertRefused(
        "zero.yml is a symbolic link to /dev/zero, which is not a file of "
            + directory
            + ", and is not followed. Put the file itself there.",
        "lint",
        "V1__shop.sql",
        "--config",
        "zero.yml");
    assertRefused(
        "/dev/zero is not a file of /dev. Check the path.",
        "lint",
        "V1__shop.sql",
        "--config",
        "/dev/zero");
  }

  @Test
  void aConfigurationElsewhereIsReadThroughTheUsersOwnLink() throws Exception {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Path real =
        Files.writeString(
            Files.createDirectory(elsewhere.resolve("deep")).resolve("c.yml"), "no-such-key: 1\n");
    Path link = Files.createSymbolicLink(elsewhere.resolve("own.yml"), real);

    CommandLineRun run = run("lint", "V1__shop.sql", "--config", link.toString());

    assertThat(run.err()).startsWith("drydock: " + link + ":1:1: the configuration has no key");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void whatIsNamedAndNotThereIsAMistakeOnTheCommandLine() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.commit("start");
      for (String option : new String[] {"--base", "--head"}) {
        CommandLineRun revision = run("lint", option, "no-such-ref");
        assertThat(revision.complaints())
            .containsExactly(
                "drydock: no-such-ref is not a revision of this repository. Check the spelling, or run git fetch.");
        assertThat(revision.status()).isEqualTo(2);
      }
      CommandLineRun outside = run("lint", "--base", "HEAD", "--dir", "../elsewhere");
      assertThat(outside.err()).startsWith("drydock: ../elsewhere lies outside the checkout at ");
      assertThat(outside.status()).isEqualTo(2);

      CommandLineRun file = run("lint", "V1__shop.sql", "--applied", "no-such-directory");
      assertThat(file.complaints())
          .containsExactly(
              "drydock: no-such-directory does not exist, so it cannot be linted. Check the path.");
      assertThat(file.status()).isEqualTo(2);

      // What the clone lacks is not the command line's mistake.
      repository.shallowAt(repository.commit("end"));
      assertThat(run("lint", "--base", "no-such-ref").status()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0"})
  void theNewestAreAtLeastOne(String number) {
    assertRefused("--newest is at least 1, not " + number, "lint", "--newest", number);
  }

  @Test
  void whatNamedFilesLeaveNothingToSayIsRefused() {
    String file = "V1__shop.sql";
    assertRefused(
        "--base does not go with files that are named, which are linted whatever git says",
        "lint",
        file,
        "--base",
        "main");
    assertRefused(
        "--head does not go with files that are named, which are linted whatever git says",
        "lint",
        file,
        "--head",
        "topic");
    assertRefused(
        "--newest does not go with files that are named, which are the new ones",
        "lint",
        file,
        "--newest",
        "1");
    assertRefused(
        "--base does not go with --newest, which compares nothing",
        "lint",
        "--newest",
        "1",
        "--base",
        "main");
    assertRefused(
        "--applied goes with the pending files: name them after the options",
        "lint",
        "--applied",
        file);
  }

  @Test
  void whatFailsAtTheEndAllTheSameIsASentenceThatNamesTheFile() {
    CommandLineRun run = run("lint", "V1__shop.sql", "--output", "/dev/full");

    assertThat(run.complaints())
        .containsExactly("drydock: /dev/full cannot be written: No space left on device");
    assertThat(run.status()).isEqualTo(3);
  }

  /** That nothing is started is seen by a place for runs that is not there. */
  private void assertRefused(String message, String... arguments) {
    CommandLineRun run = run(Map.of("TMPDIR", temporary.resolve("gone").toString()), arguments);

    assertThat(run.err()).isEqualTo("drydock: " + message + "\n");
    assertThat(run.status()).isEqualTo(2);
  }

  /** Java says this of a user without a name; what lies there may be a pull request's. */
  @Test
  void aHomeThatIsNoneIsNotLookedForInTheCheckout() {
    write("V1__shop.sql", SHOP);
    CommandLineRun run =
        run(
            Map.of(
                "user.home",
                "?",
                "HOME",
                "",
                "XDG_CACHE_HOME",
                "",
                "DRYDOCK_CACHE",
                "",
                "user.name",
                "?"),
            "lint",
            "V1__shop.sql");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "drydock: the user has no home directory to keep a cache in: name a directory for it with"
                + " DRYDOCK_CACHE\n");
    assertThat(directory.resolve("?")).doesNotExist();
  }

  /** What matches no pattern of names would not be told of at all. */
  @Test
  void aNameWithALineBreakIsRefused() {
    write("migrations/1_shop.sql", SHOP);
    write("migrations/2\nmore.sql", "drop table orders;\n");
    CommandLineRun run = run("lint", "--newest", "1");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "migrations/2\nmore.sql has a line break in its name, so it cannot be told which tool would run it. Give it another name.");
  }

  @Test
  void aRuleThatComesToNoEndIsStopped() {
    String numbers = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
    StringBuilder loops = new StringBuilder("true");
    for (char name = 'a'; name < 'm'; name++) {
      loops.insert(0, numbers + ".all(%s, ".formatted(name)).append(')');
    }
    write(
        "own/endless.yaml",
        """
        id: endless
        title: Loops in loops
        severity: warning
        engines: [postgresql]
        tags: [correctness]
        each: statement
        when: "%s"
        message: x
        why: x
        fix: x
        references: [https://example.org]
        examples:
          - name: x
            bad: |
              -- FINDING: x
              select 1;
        """
            .formatted(loops));
    write(".drydock.yml", "rules: [own]\n");
    write("V1__shop.sql", SHOP);
    CommandLineRun run = run("lint", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("rule endless fails on V1__shop.sql:1:1");
  }
}
