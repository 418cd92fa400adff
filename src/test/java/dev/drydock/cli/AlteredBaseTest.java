package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.GitRepository;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A change that has a say in what runs before its migrations gets no rights by that. */
class AlteredBaseTest extends InDirectory {
  private static final String ATTACK = "copy (select 1) to program 'cat >/dev/null';\n";
  private static final String INJECTED =
      "t values (1); copy (select 1) to program 'cat >/dev/null'; insert into t";
  private static final String OF_SUPERUSERS =
      "create event trigger e on ddl_command_end" + " execute function noted();\n";

  private GitRepository repository;

  @BeforeEach
  void aRepository() {
    repository = GitRepository.create(directory);
    repository
        .write("migration/V1__a.sql", "create table t (id bigint primary key);\n")
        .write("migration/V2__b.sql", "insert into ${tab} values (2);\n")
        .write("flyway.toml", "[flyway.placeholders]\ntab = \"t\"\n")
        .write(".drydock.yml", "fail-on: error\n")
        .commit("start");
    repository.branch("change");
  }

  @AfterEach
  void close() {
    repository.close();
  }

  static Stream<Arguments> attacks() {
    return Stream.of(
        Arguments.of("migration/beforeMigrate.sql", Map.of("migration/beforeMigrate.sql", ATTACK)),
        Arguments.of(
            ".drydock.yml, x.sql", Map.of(".drydock.yml", "before: [x.sql]\n", "x.sql", ATTACK)),
        Arguments.of(
            ".drydock.yml, x.sql",
            Map.of(".drydock.yml", "stand-ins: {migration/V1__a.sql: x.sql}\n", "x.sql", ATTACK)),
        Arguments.of(
            ".drydock.yml",
            Map.of(".drydock.yml", "placeholders: {tab: \"%s\"}\n".formatted(INJECTED))),
        Arguments.of(
            "the settings of flyway",
            Map.of("flyway.toml", "[flyway.placeholders]\ntab = \"%s\"\n".formatted(INJECTED))));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void whatAChangeBringsIsNoSuperuser(String altered, Map<String, String> files) {
    files.forEach(repository::write);
    repository.write("migration/V3__c.sql", "alter table t add column a integer;\n");
    repository.commit("attack");

    CommandLineRun run = run("lint", "--base", "main");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("permission denied to COPY to or from an external program")
        .contains(
            "remedy: this change alters %s, which has a say in what runs before it, so that all of it"
                    .formatted(altered)
                + " ran without a superuser's rights: let what is altered there be merged before the"
                + " migrations.\n  Otherwise: ");
  }

  @Test
  void generatedRowsRunNothingOfAChangeAsSuperuser() {
    repository
        .write(".drydock.yml", "before: [x.sql]\n")
        .write(
            "x.sql",
            """
            create sequence by_superuser;
            create sequence by_migrator;
            create function note() returns int language plpgsql as $$
            begin
              if (select rolsuper from pg_roles where rolname = current_user) then
                perform nextval('public.by_superuser');
              else
                perform nextval('public.by_migrator');
              end if;
              return 1;
            end $$;
            create table victim (id bigint primary key, n int default note());
            create table other (id bigint primary key, check (note() = 1));
            """)
        .write(
            "migration/V3__c.sql",
            """
            alter table victim add column x int;
            alter table other add column x int;
            do $$
            begin
              raise exception 'seen: % and %',
                (select is_called from by_superuser), (select is_called from by_migrator);
            end $$;
            """)
        .commit("attack");

    CommandLineRun run = run("lint", "--base", "main");

    assertThat(run.out().replaceAll("\\s+", " ")).contains("seen: f and t.");
  }

  @Test
  void whichCommitOfASubmoduleIsThereIsTheChangesToSay() {
    repository.checkout("main");
    try (GitRepository module = GitRepository.create(directory.resolve("sub"))) {
      module.write("x.sql", ATTACK).commit("superuser's work");
      repository.write(".drydock.yml", "before: [sub/x.sql]\n").commit("submodule");
      repository.branch("moved");
      repository.write("migration/V3__c.sql", "alter table t add column a integer;\n");
      repository.commit("change");
      CommandLineRun same = run("lint", "--base", "main");
      module.write("x.sql", ATTACK + "select 1;\n").commit("attack");
      repository.commit("attack");
      CommandLineRun moved = run("lint", "--base", "main");

      assertThat(same.status()).as(same.err()).isZero();
      assertThat(moved.status()).isEqualTo(3);
      assertThat(moved.err()).contains("this change alters sub/x.sql, which has a say");
    }
  }

  @Test
  void whatNeedsNoSuchRightsRunsAndItIsSaid() {
    repository
        .write(".drydock.yml", "before: [x.sql]\n")
        .write("x.sql", "create schema app; create extension vector; create role app_reader;\n")
        .write("migration/V3__c.sql", "alter table t add column a vector(3);\n")
        .commit("change");

    CommandLineRun run = run("lint", "--base", "main");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: this change alters .drydock.yml, x.sql, which has a say in what runs before it, so"
                + " that all of it ran without a superuser's rights");
  }

  @Test
  void whatTheBaseHasAndWhatIsNotCommittedIsTrusted() {
    String makesOne =
        "create function noted() returns event_trigger language plpgsql as 'begin end';\n"
            + OF_SUPERUSERS;
    repository.checkout("main");
    repository
        .write("migration/beforeMigrate.sql", "drop event trigger if exists e;\n" + OF_SUPERUSERS)
        .write("setup.sql", makesOne)
        .write(".drydock.yml", "before: [setup.sql]\n")
        .commit("superuser's work");
    repository.branch("trusted");
    repository
        .write("migration/V3__c.sql", "alter table t add column a integer;\n")
        .write(".drydock.yml", "before: [setup.sql]\nfail-on: warning\n")
        .commit("change");
    CommandLineRun committed = run("lint", "--base", "main");
    repository.write("setup.sql", makesOne + "select 1;\n");
    CommandLineRun atHand = run("lint", "--base", "main");

    for (CommandLineRun run : new CommandLineRun[] {committed, atHand}) {
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).doesNotContain("superuser's rights");
    }
  }

  @Test
  void whatAChangeAltersOfHowItIsJudgedIsInTheReport() {
    repository
        .write(".drydock.yml", "fail-on: warning\nseverity: {table-drop: off}\n")
        .write("migration/V3__c.sql", "create table u (id bigint primary key);\n")
        .commit("change");

    assertThat(run("lint", "--base", "main").out().replaceAll("\\s+", " "))
        .contains("this change also alters how it is judged: .drydock.yml (fail-on, severity)");
    assertThat(run("lint", "--base", "main", "--fail-on", "error").out().replaceAll("\\s+", " "))
        .contains("this change also alters how it is judged: .drydock.yml (severity)");
  }
}
