package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.facts.mapping.TableSizes;
import dev.drydock.policy.PolicyException;
import dev.drydock.schema.Name;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSizesReaderTest {
  private static final String FILE =
      """
      {
        "version": 1,
        "captured": "2026-01-31T12:00:00Z",
        "server": "PostgreSQL 16.4",
        "tables": [
          {"schema": "public", "table": "a.b", "rows": 1200000, "bytes": 356515840},
          {"schema": "public", "table": "new", "rows": null, "bytes": 8192}
        ]
      }
      """;

  @Test
  void whatTheQueryPrintsIsRead() {
    assertThat(read(FILE))
        .isEqualTo(
            new TableSizes(
                Instant.parse("2026-01-31T12:00:00Z"),
                Map.of(
                    new Name("public", "a.b"), new TableSizes.Size(1_200_000, 356_515_840),
                    new Name("public", "new"), new TableSizes.Size(-1, 8192))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "version": 1|"version": 2|2:14: 'version' is not 1; make the file anew with the query of 'drydock stats'
          "version": 1|"version": "1"|2:14: 'version' is a whole number
          "version": 1,||1:1: the file of table sizes needs the key 'version'
          "server"|"sever"|4:3: the file of table sizes has no key 'sever'; there are 'version', 'captured', 'server', 'tables'
          12:00:00Z|noon|3:15: 'captured' is a time such as 2026-01-31T12:00:00Z
          "PostgreSQL 16.4"|16|4:13: 'server' is a text
          8192}|8192.5}|7:65: 'bytes' is a whole number, not '8192.5'
          8192}|-1}|7:65: 'bytes' is at least 0, not -1
          8192}|"8192"}|7:65: 'bytes' is a whole number
          8192}|null}|7:65: 'bytes' is a whole number
          , "rows": null||7:5: a table needs the key 'rows'
          "new"|"a.b"|7:5: the table is there twice
          "new"|3|7:35: 'table' is a text
          "schema": "public", "table": "new"|"schema": "public", "schema": "public"|7:26: the key 'schema' is there twice
          {"schema": "public", "table": "new", "rows": null, "bytes": 8192}|[]|7:5: a table is a mapping of keys to values
          """)
  void whatIsNotIsRefusedWithItsPlace(String good, String bad, String message) {
    assertThat(FILE).contains(good);
    assertThatThrownBy(() -> read(FILE.replace(good, bad == null ? "" : bad)))
        .isInstanceOf(PolicyException.class)
        .hasMessage("sizes.json:" + message.replace('\'', '`'));
  }

  @Test
  void whatIsNoJsonIsRefusedThoughItWereYaml() {
    assertThatThrownBy(() -> read("version: 1\n"))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("sizes.json:1:1: not JSON: ");
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(PolicyException.class)
        .hasMessage("sizes.json:1:1: the file of table sizes needs the key `version`");
    assertThatThrownBy(() -> read(FILE + "{}"))
        .isInstanceOf(PolicyException.class)
        .hasMessage("sizes.json:10:1: a second JSON document; one file holds one");
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("sizes.json:1:1: not JSON: Document nesting depth (1001)");
  }

  private static TableSizes read(String text) {
    return TableSizesReader.read("sizes.json", text);
  }
}
