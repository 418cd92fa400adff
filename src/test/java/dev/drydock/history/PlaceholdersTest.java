package dev.drydock.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
  @Test
  void aTextMayAskForAValueThatNobodyKnows() {
    Placeholders colons = new Placeholders.Colon(Map.of("a", "x"));
    Placeholders braces = new Placeholders.Braced(Map.of("a", "x"));

    assertThat(List.of("(:b)", " :'b'", ":\"b\"")).allMatch(colons::mayBeIn);
    assertThat(List.of("a::text", "x[1:n]", "${b}", ": b")).noneMatch(colons::mayBeIn);
    assertThat(braces.mayBeIn("${b}")).isTrue();
    assertThat(braces.mayBeIn(":a")).isFalse();
  }

  @Test
  void whatHasNoValueIsFoundWithinBracesAndLeftAloneAfterAColon() {
    assertThat(new Placeholders.Braced(Map.of("a", "x")).in("${b} ${A}"))
        .containsExactly(
            new Placeholders.Found(0, 4, "b", Optional.empty()),
            new Placeholders.Found(5, 9, "A", Optional.of("x")));
    assertThat(new Placeholders.Colon(Map.of("a", "x")).in(":b :A")).isEmpty();
    assertThat(new Placeholders.Colon(Map.of()).in(":b")).isEmpty();
  }

  @Test
  void whatIsGivenComesBeforeWhatIsKnown() {
    assertThat(
            new Placeholders.Braced(Map.of("a", "x", "b", "y")).with(Map.of("A", "z")).in("${a}"))
        .extracting(Placeholders.Found::value)
        .containsExactly(Optional.of("z"));
    assertThat(
            new Placeholders.Colon(Map.of("a", "x", "c", "y"))
                .with(Map.of(":a", "z", "b", "w"))
                .values())
        .isEqualTo(Map.of("a", "z", "b", "w", "c", "y"));
  }

  @Test
  void aColonBeforeEachNameThatIsGivenSaysHowAScriptAsks() {
    assertThat(Placeholders.given(Map.of(":a", "x"))).isInstanceOf(Placeholders.Colon.class);
    // Liquibase has a name like that among others.
    assertThat(Placeholders.given(Map.of(":a", "x", "b", "")).in("${:a}"))
        .containsExactly(new Placeholders.Found(0, 5, ":a", Optional.of("x")));
  }

  @Test
  void theJdbcDriverMakesOneQuestionMarkOfTwo() {
    Placeholders values = new Placeholders.Jdbc(new Placeholders.Braced(Map.of("a", "x")));

    assertThat(values.in("d ?? ${a} -- ??\nand e ??| '??' and f @?? $$??$$ and g ? h"))
        .extracting(Placeholders.Found::start, Placeholders.Found::end)
        .containsExactly(tuple(2, 4), tuple(5, 9), tuple(22, 24), tuple(38, 40));
    assertThat(values.in("${a??b}")).hasSize(1);
    assertThat(values.in("d ??? e")).extracting(Placeholders.Found::end).containsExactly(4);
    assertThat(values.mayBeIn("d ?? e")).isTrue();
    assertThat(values.mayBeIn("d ? e")).isFalse();
    assertThat(values.with(Map.of("b", "y")).in("${b} ?? c")).hasSize(2);
  }
}
