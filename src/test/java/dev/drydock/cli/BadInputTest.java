package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever is wrong with what Drydock is given or with the machine, it says so and leaves nothing.
 */
@Timeout(300)
class BadInputTest extends InDirectory {
  @Test
  void withoutAGitRepositoryItSaysHowToDoWithoutOne() {
    CommandLineRun run = run("lint");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("is not in a git repository, so there is no change to compare")
        .contains("name the pending files");
  }

  @Test
  void withoutMigrationsItSaysWhereItLooked() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("README.md", "nothing here\n").commit("start");
      CommandLineRun run = run("lint", "--base", "HEAD");

      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err())
          .isEqualTo(
              "drydock: no migrations were found under %s. Name their directory with --dir, or the files themselves.\n"
                  .formatted(repository.repository().getWorkTree()));
    }
  }

  @Test
  void noChangeIsOneLine() {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("migrations/V1__shop.sql", SHOP).commit("start");
      CommandLineRun run = run("lint", "--base", "HEAD");

      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo("passed: no pending migrations; drydock 0.1.0-SNAPSHOT\n");
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void aNameInAMessageIsNoCommandToARunner() throws IOException {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("README.md", "x").commit("start");
      String name = "a\n::add-mask::x\n##[error]y\u001b[2J/migrations/1_a.up.sql";
      repository.write(name, new byte[] {(byte) 0xff});
      CommandLineRun run = run("lint", "--base", "HEAD");

      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err())
          .contains("\\u003a:add-mask::x\n\\u0023#[error]y\\u001b[2J/migrations/1_a.up.sql")
          .doesNotContain("\n::", "##[", "\u001b");
    }
  }

  @Test
  void aFileThatIsNotTextIsNamed() throws IOException {
    write("V1__shop.sql", SHOP);
    Files.write(
        directory.resolve("V2__latin.sql"), "select 'é';".getBytes(StandardCharsets.ISO_8859_1));
    CommandLineRun run = lint("V2__latin.sql", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("V2__latin.sql").contains("UTF-8");
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    CommandLineRun run = run("lint", "V2__gone.sql");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "drydock: V2__gone.sql does not exist, so it cannot be linted. Check the path.\n");
  }

  @Test
  void aPendingMigrationThatFailsIsAFindingWhereTheServerPoints() throws IOException {
    write("V1__shop.sql", SHOP);
    write("V2__more.sql", "-- more\nalter table orders\n  add column total nummeric;\n");
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("error[migration-fails]: ALTER TABLE fails: type \"nummeric\" does not exist.")
        .contains(" --> V2__more.sql:3:20\n");
  }

  @Test
  void withoutServerBinariesItSaysHowToGetThem() throws IOException {
    write("V1__shop.sql", SHOP);
    CommandLineRun run =
        run(
            Map.of("os.name", "Windows 11", "user.home", directory.toString()),
            "lint",
            "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("there are no PostgreSQL 17 binaries for windows-")
        .contains("mvn dependency:get")
        .contains("--database");
  }

  @Test
  void aSocketPathThatIsTooLongIsToldWithItsLength() throws IOException {
    write("V1__shop.sql", SHOP);
    Path deep = Files.createDirectories(temporary.resolve("d".repeat(90)));
    CommandLineRun run = run(Map.of("TMPDIR", deep.toString()), "lint", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("the path for the server's socket has")
        .contains("set TMPDIR to a shorter path");
    assertThat(deep).isEmptyDirectory();
  }

  @Test
  void aDirectoryForRunsThatIsNotThereIsNamed() throws IOException {
    write("V1__shop.sql", SHOP);
    CommandLineRun run =
        run(Map.of("TMPDIR", temporary.resolve("gone").toString()), "lint", "V1__shop.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains(temporary.resolve("gone").toString()).contains("TMPDIR");
  }

  @Test
  void aNameThatTheCharacterSetCannotWriteMattersOnlyToAMigration() throws Exception {
    try (GitRepository repository = GitRepository.create(directory)) {
      repository.write("migrations/V1__shop.sql", SHOP).commit("start");
      repository.write("käse/brie.txt", "ripe\n").write("öl.txt", "\n");

      assertThat(plain("lint", "--base", "HEAD")).contains("passed: no pending migrations");

      repository.write("migrations/V2__öl.sql", "select 1;\n");

      assertThat(plain("lint", "--base", "HEAD"))
          .contains("has a name that this system's character set cannot write")
          .contains("Set LC_ALL=C.UTF-8.");
    }
  }

  /** What the program says in a process of its own, on a system that knows ASCII alone. */
  private String plain(String... arguments) throws Exception {
    Path log = temporary.resolveSibling(temporary.getFileName() + ".log");
    ProcessBuilder builder = program(arguments).redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", "C");
    try {
      assertThat(builder.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
      return Files.readString(log);
    } finally {
      Files.delete(log);
    }
  }

  @Test
  void rightsOnTheDatabaseByItsNameDoNotFailAPendingMigration() throws IOException {
    write("V1__a.sql", "create table notes (id bigint primary key);\n");
    write("V2__b.sql", "revoke all on database postgres from public;\n");
    CommandLineRun run = lint("V2__b.sql", "V1__a.sql");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("migration-fails");
  }

  @Test
  void aListOfPartitionsWithThousandsOfValuesIsRead() {
    String values =
        IntStream.range(0, 1700).mapToObj("'c%d'"::formatted).collect(Collectors.joining(", "));
    write(
        "V1__parts.sql",
        "create table parts (kind text) partition by list (kind);\n"
            + "create table part (kind text, constraint kinds check (kind is not null and kind in (%s)));\n"
                .formatted(values)
            + "alter table parts attach partition part for values in (%s);\n".formatted(values));
    write("V2__drop.sql", "alter table part drop constraint kinds;\n");
    CommandLineRun run = lint("V2__drop.sql", "V1__parts.sql");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("constraint-drop");
  }
}
