package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.postgres.server.ServerError;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotSqlTest {
  private static String hint(String sql) {
    return hint(sql, "{");
  }

  private static String hint(String sql, String near) {
    ServerError error =
        new ServerError(
            "42601",
            "syntax error at or near \"" + near + "\"",
            "",
            "",
            OptionalInt.empty(),
            new SourceFile(Path.of("a.sql"), sql).location(0, 1));
    return NotSql.hint(error, sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table {{ .Schema }}.a",
        "drop table {{\n}}a",
        "{% if x %} drop table a",
        "drop table <%= a %>",
        "drop table :SCHEMA.a",
        "drop table /* SCHEMA */ .a"
      })
  void templatesAreTold(String sql) {
    assertThat(hint(sql)).startsWith("It looks like a template that its tool fills in: render");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"drop table :name", "insert into a values (:'name')", "drop table :\"name\""})
  void aVariableOfPsqlIsTold(String sql) {
    assertThat(hint(sql, ":"))
        .isEqualTo(
            "When it is a variable of psql, give it a value under `placeholders:` in .drydock.yml, a colon before its name.");
    assertThat(hint(sql)).isEmpty();
  }

  @Test
  void aPlaceholderWithoutAValueIsNamed() {
    assertThat(hint("do $$ begin update a set b = ${default.admin.id}; end $$", "$"))
        .isEqualTo(
            "When the tool fills in ${default.admin.id}, give ${default.admin.id} a value under `placeholders:` in .drydock.yml.");
    assertThat(hint("select '${a}' from", "from")).isEmpty();
  }

  @Test
  void aWordThatANewerServerTookIsTold() {
    assertThat(hint("create function f() returns table (json jsonb) as 'select 1'", "json"))
        .isEqualTo(
            "PostgreSQL 17 and newer have json for a word of their own: as the name of a function, a parameter or a column of RETURNS TABLE it needs quotes.");
    assertThat(hint("create tabel a (json jsonb)", "tabel")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"drop }} a {{", "drop {{} a", "drop a::TEXT", "drop <% a", "drop table /* a */ b"})
  void whatIsNotClosedIsNoTemplate(String sql) {
    assertThat(hint(sql)).isEmpty();
  }

  @Test
  @Timeout(10)
  void openersWithoutEndTakeNoTimeToSpeakOf() {
    for (String opener : new String[] {"{{ ", "{% ", "<% ", "table /* ", "on  "}) {
      assertThat(hint("create table a (b int default (" + opener.repeat(100_000) + "))")).isEmpty();
    }
  }
}
