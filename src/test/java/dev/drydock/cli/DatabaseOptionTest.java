package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs on a server that the user has: what is found there, and that all is as it was afterwards.
 */
class DatabaseOptionTest {
  private static TestServers.Listening server;
  private static List<String> atFirst;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    server = TestServers.listening(17);
    ask("create role app login password 'x'");
    atFirst = everything();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @AfterEach
  void everythingIsAsItWas() throws Exception {
    assertThat(everything()).isEqualTo(atFirst);
  }

  @Test
  void aChangeIsObservedThere() throws Exception {
    write(
        "1.sql",
        """
        create table orders (id bigint primary key, note text);
        create role reporting;
        grant select on orders to reporting;
        """);
    write("2.sql", "create index on orders (note);\nalter table orders owner to auditor;\n");

    CommandLineRun run = lint(server.url());

    assertThat(run.out())
        .contains("error[blocking-index-build]")
        .contains("observed: SHARE on public.orders: writes wait")
        .contains("role auditor does not exist in the replay and was made for it");
    assertThat(run.status()).as(run.err()).isEqualTo(1);
  }

  @Test
  void rolesThatOthersMakeMeanwhileAreLeftAlone() throws Exception {
    write(
        "1.sql",
        """
        create role app_owner;
        do $$
        begin
          execute format('create role %I', 'app_' || 'reader');
        exception when duplicate_object then null;
        end $$;
        begin;
        create role app_writer;
        alter role app_writer rename to app_editor;
        commit;
        do $$ begin create role app_auditor; commit; end $$;
        grant app to current_user;
        select pg_sleep(3);
        """);
    write("2.sql", "create role app_guest;\ngrant app_guest to app;\nset role app_owner;\n");
    Thread other =
        Thread.ofPlatform().start(() -> awaitThenAsk("create role boss superuser login"));
    try {
      CommandLineRun run = lint(server.url());
      other.join();

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.err() + run.out())
          .contains("role boss came while the applied migrations ran")
          .contains("role app_auditor came while the applied migrations ran")
          .doesNotContain("role app_owner came");
      assertThat(ask("select rolname || ' ' || rolsuper from pg_roles where rolname = 'boss'"))
          .containsExactly("boss true");
    } finally {
      ask("drop role if exists boss, app_auditor");
    }
  }

  @Test
  void rolesThatAPlatformBringsGoWithTheRun() throws Exception {
    write("20240101000000_a.sql", "create table notes (id bigint primary key);\n");
    write("20240102000000_b.sql", "grant select on notes to authenticated;\n");

    CommandLineRun run =
        CommandLineRun.in(
            directory,
            "lint",
            "20240102000000_b.sql",
            "--applied",
            "20240101000000_a.sql",
            "--layout",
            "supabase",
            "--database",
            server.url());

    assertThat(run.status()).as(run.err() + run.out()).isLessThanOrEqualTo(1);
    assertThat(run.out() + run.err()).doesNotContain("migration-fails").doesNotContain(" came ");
  }

  /** Has the server do something while the applied migration waits. */
  private static void awaitThenAsk(String sql) {
    try {
      while (ask("select 1 from pg_stat_activity where wait_event = 'PgSleep'").isEmpty()) {
        Thread.sleep(20);
      }
      ask(sql);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aPendingMigrationHasNoRightsOfASuperuser() throws Exception {
    write("1.sql", "create table orders (id bigint primary key);\n");
    write(
        "2.sql",
        "create table stolen (line text);\ncopy stolen from program 'id';\nalter role app superuser;\n");

    CommandLineRun run = lint(server.url());

    assertThat(run.out())
        .contains("needs-superuser")
        .contains("copy stolen from program 'id'")
        .contains("alter role app superuser");
  }

  @Test
  void aBaseThatDoesNotReplayLeavesNothing() throws Exception {
    write("1.sql", "create role half;\ncreate table orders (id bigint);\nselect 1/0;\n");
    write("2.sql", "select 1;\n");

    CommandLineRun run = lint(server.url());

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("1.sql:3:").contains("division by zero");
  }

  /** Each keeps a database from being dropped. */
  @Test
  void whatOutlivesItsSessionGoesToo() throws Exception {
    write(
        "1.sql",
        """
        select pg_create_logical_replication_slot('kept', 'pgoutput');
        create subscription s connection 'host=192.0.2.1' publication p with (connect = false);
        create table orders (id bigint primary key);
        """);
    write("2.sql", "begin; alter table orders add note text; prepare transaction 'it''s kept';\n");

    CommandLineRun run = lint(server.url());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(ask("select slot_name from pg_replication_slots")).isEmpty();
    assertThat(ask("select subname from pg_subscription")).isEmpty();
    assertThat(ask("select gid from pg_prepared_xacts")).isEmpty();
  }

  @Test
  void aUserWhoIsNoSuperuserIsRefused() throws Exception {
    write("1.sql", "select 1;\n");
    write("2.sql", "select 1;\n");

    CommandLineRun run = lint(server.url().replace("owner:se%20cret", "app:x"));

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("the role app is no superuser").contains("remedy: ");
  }

  @Test
  void aPasswordIsNotShown() throws Exception {
    write("1.sql", "select 1;\n");
    write("2.sql", "select 1;\n");
    for (String url :
        List.of(
            server.url().replace("se%20cret", "hush"),
            "postgresql://owner:hush@127.0.0.1:1/postgres")) {
      CommandLineRun run = lint(url);

      assertThat(run.status()).as(url).isEqualTo(3);
      assertThat(run.out() + run.err()).contains("--database").doesNotContain("hush");
    }
    for (String url :
        List.of(
            "mysql://owner:hush@127.0.0.1/postgres",
            "postgresql://owner:hush@127.0.0.1/postgres?sslmode=verify_full",
            "postgresql://owner:hush@127.0.0.1/postgres?ssl=true")) {
      CommandLineRun run = lint(url);

      assertThat(run.status()).as(url).isEqualTo(2);
      assertThat(run.out() + run.err()).contains("--database").doesNotContain("hush");
    }
  }

  @Test
  void theParametersOfTheUrlCount() throws Exception {
    write(
        "1.sql",
        """
        do $$
        begin
          if current_setting('application_name') <> 'ci' or current_setting('work_mem') <> '7MB' then
            raise exception '% %', current_setting('application_name'), current_setting('work_mem');
          end if;
        end $$;
        """);
    write("2.sql", "select 1;\n");

    CommandLineRun run =
        lint(
            server.url()
                + "?sslmode=prefer&connect_timeout=20&application_name=ci&options=-c%20work_mem%3D7MB");

    assertThat(run.status()).as(run.err()).isZero();
  }

  /** The server of the test has no certificate. */
  @Test
  void aConnectionIsAsSafeAsTheUrlAsks() throws Exception {
    write("1.sql", "select 1;\n");
    write("2.sql", "select 1;\n");

    CommandLineRun run = lint(server.url() + "?sslmode=verify-full");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("cannot be used: The server does not support SSL.");
  }

  @Test
  void anUnknownParameterIsRefusedByName() throws Exception {
    write("1.sql", "select 1;\n");
    write("2.sql", "select 1;\n");

    CommandLineRun run = lint(server.url() + "?sslmode=require&target_session_attrs=any");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "--database has a parameter that Drydock does not know, target_session_attrs; it knows"
                + " application_name, channel_binding, connect_timeout, options, sslcert, sslkey,"
                + " sslmode, sslpassword, sslrootcert");
  }

  private CommandLineRun lint(String url) {
    return CommandLineRun.in(directory, "lint", "2.sql", "--applied", "1.sql", "--database", url);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  /** Databases, roles, memberships and what is in the database that the URL names. */
  private static List<String> everything() throws Exception {
    List<String> all = new ArrayList<>();
    all.addAll(ask("select 'database ' || datname from pg_database order by 1"));
    all.addAll(
        ask(
            "select 'role ' || rolname || ' ' || rolsuper from pg_roles where oid >= 16384"
                + " order by 1"));
    all.addAll(
        ask("select roleid::regrole || ' of ' || member::regrole from pg_auth_members order by 1"));
    all.addAll(ask("select 'relation ' || relname from pg_class where oid >= 16384 order by 1"));
    all.addAll(ask("select 'schema ' || nspname from pg_namespace where oid >= 16384 order by 1"));
    return all;
  }

  private static List<String> ask(String sql) throws Exception {
    List<String> answers = new ArrayList<>();
    String address = server.url().replaceFirst("owner:se%20cret@", "");
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + address, "owner", "se cret");
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            answers.add(rows.getString(1));
          }
        }
      }
    }
    return answers;
  }
}
