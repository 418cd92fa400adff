package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.engine.postgres.PostgresEngine;
import dev.drydock.lint.Fixing;
import dev.drydock.policy.Rule;
import dev.drydock.policy.RulePack;
import dev.drydock.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FixCommandTest {
  private static final RulePack PACK = RulePack.builtIn();
  private static final String TABLE = "create table orders (id bigint primary key, note text);\n";
  private static final String INDEX = "create index orders_note on orders (note);\n";
  private static final String CHECK =
      "alter table orders add constraint note_short check (length(note) < 9);\n";

  @TempDir Path directory;

  static Stream<String> suggestingRules() {
    return PACK.rules().stream().filter(rule -> !rule.suggestions().isEmpty()).map(Rule::id);
  }

  @ParameterizedTest
  @MethodSource("suggestingRules")
  void whatARuleSuggestsIsWrittenAndIsClean(String id) throws Exception {
    Rule rule = PACK.find(id).orElseThrow();
    write(".drydock.yml", "preset: all\n");
    int written = 0;
    for (int i = 0; i < rule.examples().size(); i++) {
      Rule.Example example = rule.examples().get(i);
      if (example.bad().isEmpty() || example.from() > PostgresEngine.DEFAULT_MAJOR) {
        continue;
      }
      String place = "example" + i;
      int number = 1;
      for (String sql : example.history()) {
        write("%s/applied/%03d_base.sql".formatted(place, number++), sql);
      }
      List<String> files = new ArrayList<>();
      for (String sql : example.bad()) {
        files.add("%s/pending/%03d_change.sql".formatted(place, number++));
        write(files.getLast(), sql);
      }
      List<String> selection = new ArrayList<>(files);
      if (!example.history().isEmpty()) {
        selection.addAll(List.of("--applied", place + "/applied"));
      }
      List<String> before = read(files);

      CommandLineRun fix = run("fix", selection);

      assertThat(fix.status()).as(fix.err()).isBetween(0, 1);
      List<String> after = read(files);
      List<String> reported = reported(id, selection);
      for (int f = 0; f < files.size(); f++) {
        if (!after.get(f).equals(before.get(f))) {
          written++;
          assertThat(fix.out()).contains("+++ b/" + files.get(f));
          assertThat(reported).as(after.get(f)).doesNotContain(files.get(f));
        }
      }
    }
    assertThat(written).as("files written for " + id).isPositive();
  }

  @Test
  void whatItWritesCommitsStepByStepInAPlainFile() throws Exception {
    write("old/1_orders.sql", TABLE);
    write("new/2_check.sql", "-- short notes\r\n" + CHECK.replace("\n", "\r\n"));

    CommandLineRun fix = CommandLineRun.in(directory, "fix", "new/2_check.sql", "--applied", "old");

    assertThat(fix.complaints())
        .containsExactly("Fixed 1 file; 1 finding is left: `drydock lint` says what.");
    assertThat(read("new/2_check.sql"))
        .isEqualTo(
            """
            -- short notes
            alter table orders add constraint note_short check (length(note) < 9) NOT VALID;
            ALTER TABLE public.orders VALIDATE CONSTRAINT note_short;
            """
                .replace("\n", "\r\n"));
    assertThat(fix.status()).isZero();
  }

  @Test
  void gooseIsToldToOpenNoTransaction() throws Exception {
    write("db/00001_orders.sql", "-- +goose Up\n" + TABLE);
    write("db/00002_index.sql", "-- +goose Up\n" + INDEX + "-- +goose Down\ndrop index x;\n");

    CommandLineRun fix =
        CommandLineRun.in(
            directory, "fix", "db/00002_index.sql", "--applied", "db/00001_orders.sql");

    assertThat(read("db/00002_index.sql"))
        .as(fix.out() + fix.err())
        .isEqualTo(
            "-- +goose NO TRANSACTION\n-- +goose Up\n"
                + "create index CONCURRENTLY orders_note on orders (note);\n"
                + "-- +goose Down\ndrop index x;\n");
  }

  @Test
  void dbmateIsToldToOpenNoTransactionWithoutTheWayBackBeingTouched() throws Exception {
    write("db/1_orders.sql", "-- migrate:up\n" + TABLE + "-- migrate:down\n");
    write("db/2_index.sql", "-- migrate:up\n" + INDEX + "-- migrate:down\ndrop index x;\n");

    CommandLineRun fix =
        CommandLineRun.in(directory, "fix", "db/2_index.sql", "--applied", "db/1_orders.sql");

    assertThat(read("db/2_index.sql"))
        .as(fix.out() + fix.err())
        .isEqualTo(
            "-- migrate:up transaction:false\n"
                + "create index CONCURRENTLY orders_note on orders (note);\n"
                + "-- migrate:down\ndrop index x;\n");
  }

  @Test
  void aFileOfSeveralMigrationsIsLeftToItsAuthor() throws Exception {
    String text =
        "-- migrate:up\nselect 1;\n-- migrate:down\n-- migrate:up\n" + INDEX + "-- migrate:down\n";
    write("db/1_orders.sql", "-- migrate:up\n" + TABLE + "-- migrate:down\n");
    write("db/2_index.sql", text);

    CommandLineRun fix =
        CommandLineRun.in(directory, "fix", "db/2_index.sql", "--applied", "db/1_orders.sql");

    assertThat(read("db/2_index.sql")).isEqualTo(text);
    assertThat(fix.out() + fix.err())
        .contains("the file holds several migrations; rewrite it by hand to:");
  }

  @Test
  void sqlxIsToldToOpenNoTransaction() throws Exception {
    write("sqlx.toml", "");
    write("migrations/1_orders.sql", TABLE);
    write("migrations/2_index.sql", INDEX);

    CommandLineRun fix =
        CommandLineRun.in(
            directory,
            "fix",
            "--layout",
            "sqlx",
            "migrations/2_index.sql",
            "--applied",
            "migrations/1_orders.sql");

    assertThat(read("migrations/2_index.sql"))
        .as(fix.out() + fix.err())
        .isEqualTo("-- no-transaction\ncreate index CONCURRENTLY orders_note on orders (note);\n");
  }

  @Test
  void whatSharesATransactionIsLeftAndSaidWithTheFileItNeeds() throws Exception {
    write("V1__orders.sql", TABLE);
    String shared = "alter table orders add column a int;\n" + INDEX;
    write("V2__index.sql", shared);
    write("V3__check.sql", CHECK);

    CommandLineRun fix =
        CommandLineRun.in(
            directory, "fix", "V2__index.sql", "V3__check.sql", "--applied", "V1__orders.sql");

    assertThat(read("V2__index.sql")).isEqualTo(shared);
    assertThat(read("V3__check.sql")).isEqualTo(CHECK);
    assertThat(fix.out()).isEmpty();
    assertThat(fix.err())
        .contains(
            "blocking-index-build: it has to run without a transaction, and shares one with the other"
                + " statements of its file; move it to a migration of its own, such as V4__finish.sql (put a"
                + " file of its name and `.conf` beside it with `executeInTransaction=false`; `CREATE INDEX"
                + " CONCURRENTLY` needs `flyway.postgresql.transactional.lock=false` as well):\n"
                + "    create index CONCURRENTLY orders_note on orders (note);\n")
        .contains("    ALTER TABLE public.orders VALIDATE CONSTRAINT note_short;\n")
        .contains("Fixed 0 files; ");
    assertThat(fix.status()).isEqualTo(1);
  }

  /** A tool that sends a file as one query runs two statements of it in one transaction. */
  @Test
  void eachStatementThatHasToRunAloneGetsAFileOfItsOwn() throws Exception {
    write("1_orders.up.sql", TABLE);
    write("2_index.up.sql", "alter table orders add constraint note_once unique (note);\n" + INDEX);

    CommandLineRun fix =
        CommandLineRun.in(directory, "fix", "2_index.up.sql", "--applied", "1_orders.up.sql");

    assertThat(fix.err())
        .contains(
            "; move it to a migration of its own, such as 3_finish.up.sql (one statement alone in its file"
                + " has none), and what follows it to the next one:\n"
                + "    CREATE UNIQUE INDEX CONCURRENTLY note_once ON public.orders (note);\n"
                + "    ALTER TABLE public.orders ADD CONSTRAINT note_once UNIQUE USING INDEX note_once;\n")
        .contains(
            "; move it to a migration of its own, such as 4_finish.up.sql (one statement alone in its file"
                + " has none):\n"
                + "    create index CONCURRENTLY orders_note on orders (note);\n");
  }

  @Test
  void theFileItNeedsComesAfterTheNewestVersion() throws Exception {
    write("V1__orders.sql", TABLE);
    write("V2__index.sql", "alter table orders add column a int;\n" + INDEX);
    write("R__views.sql", "create or replace view open_orders as select 1 as one;\n");

    CommandLineRun fix =
        CommandLineRun.in(
            directory, "fix", "V2__index.sql", "R__views.sql", "--applied", "V1__orders.sql");

    assertThat(fix.err()).contains("a migration of its own, such as V3__finish.sql (");
  }

  @Test
  void whereNothingTellsItsNameNoneIsSaid() throws Exception {
    write("orders.sql", TABLE);
    write("index.sql", "begin;\n" + INDEX + "commit;\n");
    write("check.sql", "begin;\n" + CHECK + "commit;\n");

    CommandLineRun fix =
        CommandLineRun.in(directory, "fix", "index.sql", "check.sql", "--applied", "orders.sql");

    assertThat(fix.err())
        .contains("; move it to a migration of its own:\n")
        .contains(", and a later migration, with a commit in between, holds:\n");
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    write("1_orders.sql", TABLE);
    write("2_index.sql", INDEX);

    CommandLineRun fix =
        CommandLineRun.in(
            directory,
            true,
            List.of("fix", "--dry-run", "2_index.sql", "--applied", "1_orders.sql"));

    assertThat(read("2_index.sql")).isEqualTo(INDEX);
    assertThat(fix.out())
        .contains("\u001b[31m-create index orders_note on orders (note);\u001b[0m\n")
        .contains("\u001b[32m+create index CONCURRENTLY orders_note on orders (note);\u001b[0m\n")
        .contains("Would fix 1 file; nothing is reported any more.\n");
    assertThat(fix.status()).isZero();
  }

  /** With what a patch has to keep to the byte, and a name that git would put in quotes. */
  @Test
  void aDryRunPrintsWhatGitApplies() throws Exception {
    String name = "new ones/2_\"ä\".sql";
    String text = "\uFEFF-- a\ttab ü\r\n\tcreate index orders_note\ton orders (note);\r\n";
    write("1_orders.sql", TABLE);
    write(name, text);

    CommandLineRun fix =
        CommandLineRun.in(directory, "fix", "--dry-run", name, "--applied", "1_orders.sql");

    assertThat(read(name)).isEqualTo(text);
    write("fix.patch", fix.out());
    Process apply =
        new ProcessBuilder("git", "apply", "fix.patch")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(apply.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(apply.waitFor()).as(said + fix.out()).isZero();
    assertThat(read(name)).isEqualTo(text.replace("create index", "create index CONCURRENTLY"));
    assertThat(fix.complaints()).containsExactly("Would fix 1 file; nothing is reported any more.");
  }

  @Test
  void aFileThatWasChangedMeanwhileKeepsAllFilesAsTheyAre() throws Exception {
    write("1_a.sql", "old");
    write("2_b.sql", "mine");

    assertThatThrownBy(
            () -> Rewrite.prepare(directory, List.of(fixed("1_a.sql"), fixed("2_b.sql"))))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "2_b.sql was changed while it was linted, and nothing is written; run `drydock fix` again");

    assertThat(read("1_a.sql")).isEqualTo("old");
    assertThat(directory.toFile().list()).hasSize(2);
  }

  @Test
  void whatIsThereBeforeAFileFailsIsTold() throws Exception {
    write("1_a.sql", "old");
    write("sub/2_b.sql", "old");
    List<Fixing.FixedFile> done = new ArrayList<>();
    List<Fixing.FixedFile> files = List.of(fixed("1_a.sql"), fixed("sub/2_b.sql"));

    try (Rewrite rewrite = Rewrite.prepare(directory, files)) {
      // A directory cannot be written over by a file.
      Files.delete(directory.resolve("sub/2_b.sql"));
      write("sub/2_b.sql/in-the-way", "");

      assertThatThrownBy(() -> rewrite.run(done::add))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("sub/2_b.sql cannot be written: ");
    }

    assertThat(done).containsExactly(files.getFirst());
    assertThat(read("1_a.sql")).isEqualTo("new");
    assertThat(directory.resolve("sub").toFile().list()).containsExactly("2_b.sql");
  }

  @Test
  void aLinkAndThePermissionsOfAFileStay() throws Exception {
    write("real.sql", "old");
    Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-r-----");
    Files.setPosixFilePermissions(directory.resolve("real.sql"), mode);
    Files.createSymbolicLink(directory.resolve("1_a.sql"), Path.of("real.sql"));

    try (Rewrite rewrite = Rewrite.prepare(directory, List.of(fixed("1_a.sql")))) {
      rewrite.run(file -> {});
    }

    assertThat(directory.resolve("1_a.sql")).isSymbolicLink().content().isEqualTo("new");
    assertThat(Files.getPosixFilePermissions(directory.resolve("real.sql"))).isEqualTo(mode);
  }

  private static Fixing.FixedFile fixed(String path) {
    return new Fixing.FixedFile(
        new SourceFile(Path.of(path), "old"), new SourceFile(Path.of(path), "new"));
  }

  @Test
  void migrationsThatMayBeAppliedAreNotChanged() throws Exception {
    write("migrations/1_orders.sql", TABLE);
    write("migrations/2_index.sql", INDEX);

    CommandLineRun fix = CommandLineRun.in(directory, "fix", "--newest", "1");

    assertThat(fix.status()).isEqualTo(2);
    assertThat(fix.err())
        .isEqualTo(
            "drydock: with --head or --newest the migrations may be applied already, and those are"
                + " not changed; add --dry-run to see what would be\n");
    assertThat(read("migrations/2_index.sql")).isEqualTo(INDEX);
  }

  private CommandLineRun run(String command, List<String> selection, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(more));
    arguments.addAll(selection);
    return CommandLineRun.in(directory, false, arguments);
  }

  /** The files in which a rule reports something. */
  private List<String> reported(String rule, List<String> selection) throws IOException {
    CommandLineRun lint = run("lint", selection, "--format", "json");
    List<String> files = new ArrayList<>();
    for (JsonNode finding : new ObjectMapper().readTree(lint.out()).get("findings")) {
      if (finding.get("rule").asText().equals(rule)) {
        files.add(finding.at("/location/file").asText());
      }
    }
    return files;
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String read(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  private List<String> read(List<String> files) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String file : files) {
      texts.add(read(file));
    }
    return texts;
  }
}
