package dev.drydock.engine.postgres;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** SQL in any amount, for benchmarks: the tables t0, t1, … and what is done to them. */
public final class ManyTables {
  private ManyTables() {}

  /** One statement for each of {@code count} tables, from t0 on, which makes it. */
  public static String created(int count) {
    return forEach(0, count, "create table t%d (id bigint primary key, a int, b text);\n");
  }

  /** Ten statements of different kinds for each of {@code count} tables, from {@code first} on. */
  public static String changed(int first, int count) {
    return forEach(
        first,
        count,
        """
        alter table t%1$d add column c int;
        alter table t%1$d add column d text not null default '';
        alter table t%1$d alter column a type bigint;
        create index on t%1$d (b);
        alter table t%1$d add constraint positive check (a > 0);
        alter table t%1$d rename column b to e;
        update t%1$d set c = 1;
        alter table t%1$d alter column c set default 2;
        comment on table t%1$d is 'changed';
        create table u%1$d (id bigint primary key, t bigint references t%1$d);
        """);
  }

  private static String forEach(int first, int count, String sql) {
    return IntStream.range(first, first + count)
        .mapToObj(sql::formatted)
        .collect(Collectors.joining());
  }
}
