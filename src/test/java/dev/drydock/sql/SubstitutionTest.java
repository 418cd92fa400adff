package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.history.Placeholders;
import dev.drydock.sql.Substitution.UnknownPlaceholderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SubstitutionTest {

  private static final Placeholders.Braced VALUES =
      new Placeholders.Braced(
          Map.of("a", "", "b", "x", "schema", "app", "flyway:user", "longer than its placeholder"));

  @Test
  void placeholdersAreFilledIn() {
    assertThat(Substitution.fill("ALTER TABLE ${schema}.t${a};", VALUES).sql())
        .isEqualTo("ALTER TABLE app.t;");
  }

  @Test
  void aColonIsFilledInAsItIsQuoted() {
    Placeholders colons = new Placeholders.Colon(Map.of("a", "it's", "b", "longer"));
    Substitution filled = Substitution.fill("${c} :a :'a' :\"a\" b::a :ab x:b (:b)", colons);

    assertThat(filled.sql()).isEqualTo("${c} it's 'it''s' \"it's\" b::a :ab x:b (longer)");
    assertThat(filled.sourceOffset(filled.sql().indexOf(')'))).isEqualTo(34);
  }

  @Test
  void namesMatchInAnyCase() {
    assertThat(Substitution.fill("${Schema}", VALUES).sql()).isEqualTo("app");
  }

  @Test
  void valuesAreNotFilledInAgain() {
    assertThat(
            Substitution.fill("${x}", new Placeholders.Braced(Map.of("x", "${y}", "y", "z"))).sql())
        .isEqualTo("${y}");
  }

  @Test
  void anOpenPlaceholderIsLeftAlone() {
    assertThat(Substitution.fill("${schema} ${b", VALUES).sql()).isEqualTo("app ${b");
  }

  @Test
  void aPlaceholderWithoutValueIsRefusedAtItsPlace() {
    assertThatThrownBy(() -> Substitution.fill("SELECT ${nope}", VALUES))
        .isInstanceOfSatisfying(
            UnknownPlaceholderException.class,
            e -> {
              assertThat(e.name()).isEqualTo("nope");
              assertThat(e.offset()).isEqualTo(7);
            })
        .hasMessage("placeholder ${nope} has no value");
  }

  @Test
  void whatAValueBroughtInIsAtItsPlaceholder() {
    Substitution filled = Substitution.fill("a ${schema} b", VALUES);

    assertThat(filled.sourceOffset(filled.sql().indexOf("pp"))).isEqualTo(2);
    assertThat(filled.sourceEnd(filled.sql().indexOf(" b"))).isEqualTo(11);
  }

  @Test
  void aTextWithoutPlaceholdersMapsToItself() {
    Substitution none = Substitution.none("abc");

    assertThat(none.sourceOffset(3)).isEqualTo(3);
    assertThat(none.sourceEnd(3)).isEqualTo(3);
    assertThat(none.sourceEnd(0)).isZero();
  }

  /** A text in pieces, each either plain or a placeholder. */
  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> plain =
        Arbitraries.of("SELECT ", "'", "$", "{", "}", "é", "\uD83D\uDE00", "\n");
    Arbitrary<String> placeholder =
        Arbitraries.of(VALUES.values().keySet()).map(name -> "${" + name + "}");
    return Arbitraries.oneOf(plain, placeholder)
        .list()
        .ofMaxSize(20)
        .filter(pieces -> !String.join("\u0000", pieces).contains("$\u0000{"));
  }

  @Property
  void everyCharacterOutsidePlaceholdersMapsBackToItself(@ForAll("texts") List<String> pieces) {
    String source = String.join("", pieces);

    Substitution filled = Substitution.fill(source, VALUES);

    StringBuilder expected = new StringBuilder();
    List<Integer> origins = new ArrayList<>();
    int at = 0;
    for (String piece : pieces) {
      boolean plain = piece.length() < 2 || !piece.startsWith("${");
      String value = plain ? piece : VALUES.values().get(piece.substring(2, piece.length() - 1));
      for (int i = 0; i < value.length(); i++) {
        origins.add(plain ? at + i : at);
      }
      expected.append(value);
      at += piece.length();
    }
    assertThat(filled.sql()).isEqualTo(expected.toString());
    for (int i = 0; i < filled.sql().length(); i++) {
      assertThat(filled.sourceOffset(i)).isEqualTo(origins.get(i));
    }
  }

  @Property
  void spansNeverTurnRound(@ForAll("texts") List<String> pieces) {
    Substitution filled = Substitution.fill(String.join("", pieces), VALUES);

    for (int start = 0; start < filled.sql().length(); start++) {
      for (int end = start + 1; end <= filled.sql().length(); end++) {
        assertThat(filled.sourceEnd(end)).isGreaterThan(filled.sourceOffset(start));
      }
    }
  }
}
