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
}
