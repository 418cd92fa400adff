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
    assertThat(SqlText.bare("a -- b\nc")).isEqualTo("a  \nc");
    assertThat(SqlText.bare("a /* b /* c */ d */ e")).isEqualTo("a   e");
    assertThat(SqlText.bare("a 'b''c' d")).isEqualTo("a   d");
    assertThat(SqlText.bare("do $$ x; $$;")).isEqualTo("do  ;");
    assertThat(SqlText.bare("do $a$ x $b$ $a$;")).isEqualTo("do  ;");
    assertThat(SqlText.bare("a$b$c")).isEqualTo("a$b$c");
  }

  @Example
  void quotesInNamesAndEscapedOnesBeginNoString() {
    assertThat(
            SqlText.bare("create table b (\"it's\" int); comment on table b is 'stop; vacuum b';"))
        .isEqualTo("create table b (\"____\" int); comment on table b is  ;");
    assertThat(SqlText.bare("is E'customer\\'s orders'; select 'a\\'; select 2"))
        .isEqualTo("is E ; select  ; select 2");
    assertThat(SqlText.bare("a \"b")).isEqualTo("a \"_");
  }

  @Example
  void whatIsBetweenTokensIsNoStatement() {
    assertThat(SqlText.isSame("select 1;", "-- why\nselect\n  1 ;\r\n")).isTrue();
    assertThat(SqlText.isSame("select a\n>= b", "select a /* or */ >= b")).isTrue();
    assertThat(SqlText.isSame("select a > = b", "select a >= b")).isFalse();
    assertThat(SqlText.isSame("select 'a'\n'b'", "select 'a' 'b'")).isFalse();
    assertThat(SqlText.isSame("select e'a'", "select e 'a'")).isFalse();
    assertThat(SqlText.isSame("select ' '", "select '  '")).isFalse();
    assertThat(SqlText.isSame("do $$ a $$", "do $$ a -- b\n $$")).isFalse();
    assertThat(SqlText.isSame("select ab", "select a b")).isFalse();
    assertThat(SqlText.isSame("copy a from stdin;\n1\t2\n\\.\n", "copy a from stdin;\n1 2\n\\.\n"))
        .isFalse();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("aE'\"\\-/*$\n ;").ofMaxLength(40);
  }

  @Property
  void anyTextEndsAndNothingIsAdded(@ForAll("texts") String text) {
    assertThatCode(() -> SqlText.bare(text)).doesNotThrowAnyException();
    assertThat(SqlText.bare(text)).hasSizeLessThanOrEqualTo(text.length());
  }
}
