package dev.drydock.report;

import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The migrations that {@link SampleReports} are about. */
final class SampleFiles {
  static final String DIRECTORY = "db/migration";

  static final SourceFile INITIAL =
      file(
          "V1__initial.sql",
          """
          create table customers (id bigint primary key);
          create table orders (
            id bigint primary key,
            customer_id bigint,
            quantity integer
          );
          """);

  static final SourceFile BY_CUSTOMER =
      file(
          "V7__orders_by_customer.sql",
          """
          -- The customer page lists orders.
          set local lock_timeout = '2s';

          create index orders_customer_id_idx on orders (customer_id);
          alter table orders
            add constraint orders_customer_fk
            foreign key (customer_id) references customers (id);
          """);

  static final SourceFile QUANTITY =
      file(
          "V8__quantity.sql",
          """
          alter table orders
            alter column quantity type bigint;

          -- drydock:allow blocking-index-build: order_audit has 40 rows
          create index audit_by_day on order_audit (day);
          create index orders_quantity_idx
            on orders (quantity);
          """);

  static final SourceFile BROKEN =
      file("V9__broken.sql", "alter table orders\n\tadd column total nummeric;\n");

  private SampleFiles() {}

  /** The span of the first occurrence of {@code words}. */
  static Location span(SourceFile file, String words) {
    int start = file.text().indexOf(words);
    if (start < 0) {
      throw new IllegalArgumentException("%s does not hold: %s".formatted(file, words));
    }
    return file.location(start, start + words.length());
  }

  static Map<Path, SourceFile> files(SourceFile... files) {
    Map<Path, SourceFile> byPath = new LinkedHashMap<>();
    for (SourceFile file : files) {
      byPath.put(file.path(), file);
    }
    return byPath;
  }

  static SourceFile file(String name, String text) {
    return new SourceFile(Path.of(DIRECTORY, name), text);
  }

  static String path(String name) {
    return DIRECTORY + "/" + name;
  }
}
