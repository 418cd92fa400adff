package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flyway makes the schemas it is set up with, and works in the first of them. */
@Timeout(300)
class FlywaySchemasTest extends InDirectory {
  private static final String RESOURCES = "src/main/resources/";

  /** A history whose new migration names the tables of the one before both ways. */
  private CommandLineRun lintedWith(String settings) throws IOException {
    write(RESOURCES + "application.properties", settings);
    write(
        RESOURCES + "db/migration/V1__a.sql",
        """
        CREATE TABLE orders (id bigint PRIMARY KEY);
        CREATE TABLE public.clients (id bigint PRIMARY KEY);
        """);
    write(
        RESOURCES + "db/migration/V2__b.sql",
        """
        ALTER TABLE shop.orders ADD COLUMN note text;
        ALTER TABLE orders DROP COLUMN note;
        """);
    return run("lint", "--newest", "1");
  }

  @Test
  void theDefaultSchemaIsMadeAndComesFirst() throws IOException {
    CommandLineRun run = lintedWith("spring.flyway.default-schema=shop\n");

    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("no findings in 1 pending migration");
  }

  @Test
  void theFirstOfTheSchemasIsTheDefaultOne() throws IOException {
    assertThat(lintedWith("spring.flyway.schemas=shop,archive\n").err()).doesNotContain("remedy");
    write(
        RESOURCES + "db/migration/V3__c.sql",
        """
        CREATE TABLE archive.orders (id bigint);
        ALTER TABLE clients ADD COLUMN note text;
        """);

    CommandLineRun run = run("lint", "--newest", "1");
    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("clients");
  }

  @Test
  void theAddressMayNameTheSchema() throws IOException {
    CommandLineRun run =
        lintedWith(
            """
            shop.schema=shop
            spring.datasource.url=jdbc:postgresql://${HOST}/shop?ssl=true&currentSchema=${shop.schema}
            """);

    assertThat(run.status()).as(run.err() + run.out()).isZero();
  }

  @Test
  void whatThePathWasSetToBesidesStaysOnIt() throws IOException {
    write(".drydock.yml", "before: [ext.sql]\n");
    write(
        "ext.sql",
        """
        CREATE SCHEMA ext;
        CREATE EXTENSION "uuid-ossp" SCHEMA ext;
        ALTER ROLE current_user SET search_path = ext;
        """);
    write(RESOURCES + "application.properties", "spring.flyway.schemas=shop\n");
    write(
        RESOURCES + "db/migration/V1__a.sql",
        "CREATE TABLE orders (id uuid DEFAULT uuid_generate_v4());\n");
    write(RESOURCES + "db/migration/V2__b.sql", "ALTER TABLE shop.orders ADD COLUMN note text;\n");

    CommandLineRun run = run("lint", "--newest", "1");
    assertThat(run.status()).as(run.err() + run.out()).isZero();
  }
}
