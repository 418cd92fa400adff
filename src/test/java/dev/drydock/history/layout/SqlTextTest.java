package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SqlTextTest {

  @Example
  void commentsStringsAndBodiesAreLeftOut() {
    assertThat(SqlText.bare("a -- b\nc")).isEqualTo("a  c");
    assertThat(SqlText.bare("a /* b /* c */ d */ e")).isEqualTo("a   e");
    assertThat(SqlText.bare("a 'b''c' d")).isEqualTo("a    d");
    assertThat(SqlText.bare("do $$ x; $$;")).isEqualTo("do  ;");
    assertThat(SqlText.bare("do $a$ x $b$ $a$;")).isEqualTo("do  ;");
    assertThat(SqlText.bare("a$b$c")).isEqualTo("a$b$c");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("a'-/*$\n ;").ofMaxLength(40);
  }

  @Property
  void anyTextEndsAndNothingIsAdded(@ForAll("texts") String text) {
    assertThatCode(() -> SqlText.bare(text)).doesNotThrowAnyException();
    assertThat(SqlText.bare(text)).hasSizeLessThanOrEqualTo(text.length());
  }
}
