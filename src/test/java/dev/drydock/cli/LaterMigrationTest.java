package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An applied migration that lacks what a later one makes. */
class LaterMigrationTest extends InDirectory {
  @Test
  void theLaterMigrationThatMakesWhatIsMissingIsNamed() throws IOException {
    write("V1__rights.sql", "grant select on public.reviews to public;\n");
    write(
        "V2__reviews.sql", "create table if not exists public.reviews (id bigint primary key);\n");
    write("V3__more.sql", "select 1;\n");
    CommandLineRun run = lint("V3__more.sql", "V1__rights.sql", "V2__reviews.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "relation \"public.reviews\" does not exist",
            "remedy: V2__reviews.sql makes it, and comes after it by its name: production ran them in another"
                + " order. Name the files in that order, or give what is missing in a file under `before:` in"
                + " .drydock.yml");
  }

  @Test
  void aLaterMigrationThatMakesItAnewOrMakesAnotherIsNotNamed() throws IOException {
    write("V1__index.sql", "create index cache_key on cache (key);\n");
    write("V2__more.sql", "create table \"cache entry\" (id bigint primary key);\n");
    write(
        "V3__anew.sql", "drop table \"cache\";\ncreate table \"cache\" (key text primary key);\n");
    write("V4__last.sql", "select 1;\n");
    CommandLineRun run = lint("V4__last.sql", "V1__index.sql", "V2__more.sql", "V3__anew.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("relation \"cache\" does not exist")
        .doesNotContain("V2__more.sql", "V3__anew.sql");
  }

  @Test
  void aLaterMigrationIsNotNamedForWhatTheFileMakesItself() throws IOException {
    write(
        "V1__parts.sql",
        "create table orders (code text);\ncreate type part as (number int);\n"
            + "create function part_of(text) returns part immutable language sql\n"
            + "  as $$ select row(length($1))::part $$;\n"
            + "create index orders_part on orders (part_of(code));\n");
    write("V2__wider.sql", "drop type part cascade;\ncreate type part as (number bigint);\n");
    write("V3__more.sql", "select 1;\n");
    CommandLineRun run =
        run("lint", "V3__more.sql", "--applied", "V1__parts.sql", "--applied", "V2__wider.sql");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("type \"part\" does not exist", "remedy: PostgreSQL 17 and newer look for")
        .doesNotContain("V2__wider.sql makes it");
  }
}
