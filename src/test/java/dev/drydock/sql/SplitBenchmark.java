package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What splitting costs: 50 million characters of SQL that never are in memory as a whole, and how
 * much of the heap is in use on the way.
 *
 * <p>{@code mvn test -Dtest=SplitBenchmark -Dexcluded.groups=}
 */
@Tag("long")
class SplitBenchmark {
  private static final PrintStream OUT = System.out;
  private static final int LENGTH = 50_000_000;
  private static final int ROUNDS = 3;
  private static final int LOOKS = 5;

  private static final String BLOCK =
      """
      -- One of many; with a comment.
      create table if not exists "Orders" (id bigint primary key, note text default 'it''s; new');
      create or replace function bump() returns trigger language plpgsql as $body$
      begin
        new.version := old.version + 1; /* a nested /* comment */ here */
        return new;
      end $body$;
      insert into orders (id, note) values (1, E'a\\'b;'), (2, 'c'), (3, $$d;e$$);
      alter table orders add constraint positive check (id > 0) not valid;

      """;

  /** {@link #BLOCK} over and over. */
  private record Repeated(int start, int end) implements CharSequence {
    @Override
    public int length() {
      return end - start;
    }

    @Override
    public char charAt(int index) {
      return BLOCK.charAt((start + index) % BLOCK.length());
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Repeated(start + from, start + to);
    }

    @Override
    public String toString() {
      return new StringBuilder(this).toString();
    }
  }

  @Test
  void fiftyMillionCharacters() {
    for (int round = 1; round <= ROUNDS; round++) {
      long before = used();
      long most = 0;
      long statements = 0;
      long next = LENGTH / LOOKS;
      long paused = 0;
      long start = System.nanoTime();
      PostgresSplitter splitter = new PostgresSplitter(new Repeated(0, LENGTH), 0, LENGTH);
      while (splitter.hasNext()) {
        Fragment fragment = splitter.next();
        statements++;
        if (fragment.textEnd() > next) {
          long pause = System.nanoTime();
          most = Math.max(most, used() - before);
          next += LENGTH / LOOKS;
          paused += System.nanoTime() - pause;
        }
      }
      double seconds = (System.nanoTime() - start - paused) / 1e9;
      assertThat(statements).isGreaterThan(LENGTH / BLOCK.length() * 4L - 1);
      OUT.printf(
          "round %d: %d statements in %.2f s, at most %d KB of heap more than before%n",
          round, statements, seconds, most >> 10);
    }
  }

  /** Bytes of what is still reachable. */
  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
