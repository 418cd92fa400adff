package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An applied migration that fails in the replay alone is mended, and the replay goes on. */
@Timeout(300)
class AppliedRepairTest extends InDirectory {
  @Test
  void aTemporaryTableThatAnEarlierMigrationLeftIsForgotten() throws IOException {
    String rows =
        "begin;\ncreate temporary table rows (id int);\ninsert into rows values (1);\ncommit;\n";
    write("V1__shop.sql", "create table orders (id int primary key);\n" + rows);
    write("V2__rows.sql", rows + "insert into orders select id from rows;\n");
    write("V3__note.sql", rows + "alter table orders add column note text;");
    CommandLineRun run = lint("V3__note.sql", "V1__shop.sql", "V2__rows.sql");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).doesNotContain("migration-fails");
  }

  @Test
  void whatAnAppliedMigrationLoadsFromAFileIsLeftOut() throws IOException {
    write(
        "V1__shop.sql",
        "begin;\ncreate table orders (id int primary key);\n"
            + "create temporary table rows (data jsonb);\n"
            + "\\copy rows(data) from program 'sed s/a/b/ data.json';\n"
            + "insert into orders select (data ->> 'id')::int from rows;\ncommit;\n"
            + "copy orders from '/nowhere/orders.csv';\n");
    write("V2__note.sql", "alter table orders add column note text;");
    CommandLineRun run = lint("V2__note.sql", "V1__shop.sql");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: rows that only production has are not in the replay, so statements that load or"
                + " refer to them were left out of V1__shop.sql");
  }

  @Test
  void anAppliedStatementThatWantsRowsOfProductionIsLeftOut() throws IOException {
    write(
        "V1__shop.sql",
        "create table orders (id int primary key);"
            + " create table items (id int primary key, orders_id int not null references orders);");
    write(
        "V2__rows.sql",
        "insert into items values (1, 8906);\n"
            + "insert into items values (2, (select id from orders where id = 7));\n"
            + "with made as (insert into items values (3, (select id from orders where id = 7)) returning 1)"
            + " select count(*) from made;\n"
            + "alter table items add column note text;\n");
    write("V3__index.sql", "alter table items alter column note set default '';");
    CommandLineRun run = lint("V3__index.sql", "V1__shop.sql", "V2__rows.sql");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: rows that only production has are not in the replay, so statements that load or"
                + " refer to them were left out of V2__rows.sql");
    write("V2__rows.sql", "insert into items values (1, null);");
    assertThat(lint("V3__index.sql", "V1__shop.sql", "V2__rows.sql").err())
        .contains("V2__rows.sql does not replay: null value in column");
  }

  @Test
  void anAppliedStatementThatWantsThemAtTheCommitIsLeftOutAndTheOthersAreNot() throws IOException {
    write(
        "V1__shop.sql",
        "create table orders (id int primary key); create table items (id int primary key,"
            + " orders_id int references orders deferrable initially deferred);");
    for (String last :
        List.of(
            "insert into items values (2, null);", "alter table orders add column note text;")) {
      write(
          "V2__rows.sql",
          "insert into items values (1, 8906);\ninsert into orders values (5);\n" + last);
      write(
          "V3__check.sql",
          "do $$ begin assert (select count(*) from orders) = 1 and (select count(*) from items)"
              + " = %d; end $$;".formatted(last.startsWith("insert") ? 1 : 0));
      CommandLineRun run = lint("V3__check.sql", "V1__shop.sql", "V2__rows.sql");

      assertThat(run.status()).as(run.err() + run.out()).isZero();
      assertThat(run.out().replaceAll("\\s+", " "))
          .contains("statements that load or refer to them were left out of V2__rows.sql")
          .doesNotContain("missing-rows");
    }
  }

  @Test
  void aGrantorThatIsTheSuperuserOfProductionMayGrantAnyRole() throws IOException {
    write(
        "V1__roles.sql",
        "create role dd_a; create role dd_b; grant dd_a to dd_b granted by postgres;");
    write("V2__rest.sql", "do $$ begin assert pg_has_role('dd_b', 'dd_a', 'usage'); end $$;");
    write("V3__more.sql", "select 1;");
    CommandLineRun run = lint("V3__more.sql", "V1__roles.sql", "V2__rest.sql");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
  }

  @Test
  void whatComesAfterTheRoleIsDemotedRunsAsASuperuserNevertheless() throws IOException {
    write("V1__demote.sql", "create role api; alter role postgres nosuperuser createrole;");
    write("V2__wait.sql", "alter role api set statement_timeout = '8s'; create extension amcheck;");
    write("V3__more.sql", "select 1;");
    CommandLineRun run = lint("V3__more.sql", "V1__demote.sql", "V2__wait.sql");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "note: a migration takes the rights of a superuser from the role postgres, and applied"
                + " ones after it need them: they ran as a superuser");
  }
}
