package dev.drydock.engine.postgres.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.replay.Cause;
import dev.drydock.schema.Function;
import dev.drydock.schema.Name;
import dev.drydock.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalledFunctionsTest {
  private static Function function(String name, String body) {
    return new Function(
        "function " + name,
        new Name("public", name),
        "function",
        "",
        "void",
        List.of(),
        List.of(),
        0,
        "plpgsql",
        "volatile",
        false,
        List.of(),
        body,
        List.of(),
        List.of());
  }

  private static Optional<String> writing(String sql, Stream<Function> functions) {
    return CalledFunctions.of(sql, Schema.of(functions.toList()))
        .writing("orders", change -> true, List.of())
        .map(Cause::function);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select purge()",
        "select public.Purge (1)",
        "select public.\"purge\"()",
        "do $$ begin execute 'select purge()'; end $$"
      })
  void aFunctionIsFoundByTheNameBeforeTheParenthesis(String sql) {
    Stream<Function> purge = Stream.of(function("purge", "begin delete from orders; end"));
    assertThat(writing(sql, purge)).contains("public.purge()");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"select unpurge()", "select \"the purge\"()", "select purge", "select purge$()"})
  void anotherNameIsNotIts(String sql) {
    Stream<Function> purge = Stream.of(function("purge", "begin delete from orders; end"));
    assertThat(writing(sql, purge)).isEmpty();
  }

  @Test
  @Timeout(15)
  void aLongChainOfCallsIsFollowedInTimeThatGrowsWithIt() {
    int last = 10_000;
    Stream<Function> chain =
        IntStream.rangeClosed(0, last)
            .mapToObj(
                i ->
                    function(
                        "f" + i,
                        i == last
                            ? "begin update orders set a = 1; perform f0(); end"
                            : "begin perform f%d(); end".formatted(i + 1)));
    assertThat(writing("select f0()", chain)).contains("public.f10000()");
    assertThat(writing("x".repeat(300_000) + " " + "\"".repeat(100_000), Stream.empty())).isEmpty();
  }
}
