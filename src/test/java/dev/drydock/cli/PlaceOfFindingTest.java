package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A finding points at the words that cause it. */
@Timeout(300)
class PlaceOfFindingTest extends InDirectory {
  @Test
  void aKeyThatGetsTheNameOfTheOneThatIsDroppedIsTheOneThatIsAdded() throws IOException {
    write(
        "V1__shop.sql",
        "create table parts (id bigint, shop bigint not null, constraint parts_pkey primary key (id));");
    write(
        "V2__more.sql",
        "alter table parts drop constraint parts_pkey,\n  add primary key (shop, id);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.out())
        .containsPattern("constraint-index-build][^>]*--> V2__more.sql:2:7\n")
        .containsPattern("primary-key-drop][^>]*--> V2__more.sql:1:");
  }

  @Test
  void aForeignKeyWithoutANameIsAtItsColumn() throws IOException {
    write("V1__shop.sql", "create table parts (id bigint primary key, shop bigint);");
    write(
        "V2__more.sql",
        """
        create table sales (
          id bigint primary key,
          part bigint references parts
        );
        alter table parts
          add column twin bigint,
          add column parent bigint references parts;
        create table returns (
          part bigint,
          foreign key (part) references parts
        );
        """);
    CommandLineRun run = lint("V2__more.sql", "V1__shop.sql");

    assertThat(run.out())
        .containsPattern(
            "foreign-key-without-index]: No index of\\s+public.sales [^>]*--> V2__more.sql:3:3\n")
        .containsPattern(
            "foreign-key-without-index]: No index of\\s+public.parts [^>]*--> V2__more.sql:7:14\n")
        .containsPattern(
            "foreign-key-without-index]: No index of\\s+public.returns [^>]*--> V2__more.sql:8:1\n");
  }
}
