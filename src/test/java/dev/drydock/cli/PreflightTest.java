package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A finding about rows comes with a query that production can be asked before. */
@Timeout(300)
class PreflightTest extends InDirectory {
  @Test
  void productionIsAskedNothingThatTheTypesItHasDoNotAnswer() throws IOException {
    write(
        "V1__shop.sql",
        "create type state as enum ('new'); create table orders (id bigint primary key, state state);"
            + " create table items (id bigint primary key, size bigint);");
    write(
        "V2__more.sql",
        """
        alter table orders alter column state type text using state::text;
        alter table orders add constraint orders_state check (state in ('new', 'late'));
        alter table items add constraint items_size check (size > 0);
        """);
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("for check orders_state under ACCESS EXCLUSIVE")
        .contains("select * from public.items where not ((size > 0)) limit 10")
        .doesNotContain("select * from public.orders");
  }

  @Test
  void productionIsAskedForNoLabelThatTheChangeNames() throws IOException {
    write(
        "V1__shop.sql",
        "create type state as enum ('new', 'done'); create type grade as enum ('low', 'high');"
            + " create table orders (id bigint primary key, state state, grade grade);");
    write(
        "V2__more.sql",
        """
        alter type state rename value 'done' to 'late';
        alter table orders add constraint orders_state check (state <> 'late');
        alter table orders add constraint orders_grade check (grade <> 'low');
        """);
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("for check orders_state under ACCESS EXCLUSIVE")
        .contains("where not ((grade <> 'low'::public.grade)) limit 10")
        .doesNotContain("where not ((state <>");
  }
}
