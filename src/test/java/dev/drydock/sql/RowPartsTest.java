package dev.drydock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.sql.Syntax.Flag;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of the rows that an INSERT, UPDATE or DELETE means. */
class RowPartsTest {

  private static final SyntaxReader READER = SyntaxReader.start(Duration.ofSeconds(30));

  @AfterAll
  static void stop() {
    READER.close();
  }

  private static Syntax read(String sql) {
    return READER.read(Migrations.statements(sql).list().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true                                   | all
          (TRUE)                                 | all
          1 = 1                                  | all
          1 <> 2                                 | all
          2 > 1.5 and 'a' = 'a'                  | all
          NOT (1 = 2)                            | all
          a = 1 OR 1 = 1                         | all
          id = id                                | all
          a IS NULL OR a IS NOT NULL             | all
          true = true /* all */                  | all
          id IN (SELECT id FROM t)               | all
          t.id in (select "id" from public.T x)  | all
          id IN (SELECT id FROM t LIMIT 10)      | some
          id IN (SELECT id FROM t WHERE a = 2)   | some
          id IN (SELECT id FROM u)               | some
          id IN (SELECT a FROM t)                | some
          id IN (SELECT DISTINCT ON (a) id FROM t) | some
          id NOT IN (SELECT id FROM t)           | some
          false                                  | none
          1 = 2                                  | none
          1 = 0 AND a = 1                        | none
          NULL IS NOT NULL                       | none
          1 = 0 OR a = 1                         | some
          a = 1                                  | some
          a = b                                  | some
          a IS NOT NULL                          | some
          a IS NULL OR b IS NOT NULL             | some
          1 = 1 AND a                            | some
          EXISTS (SELECT 1)                      | some
          a @> '{1}' AND E'\\'' = ANY (b)        | some
          CURRENT OF c                           | some
          """)
  void aConditionIsMetByAllRowsOrSomeOrNone(String condition, String rows) {
    Set<Flag> expected =
        switch (rows) {
          case "all" -> Set.of();
          case "none" -> Set.of(Flag.RESTRICTED, Flag.CHANGES_NOTHING);
          default -> Set.of(Flag.RESTRICTED);
        };

    assertThat(read("DELETE FROM t WHERE " + condition).flags()).isEqualTo(expected);
    assertThat(read("UPDATE t SET a = 1 WHERE " + condition).flags()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO t VALUES (1), (2) ON CONFLICT DO NOTHING | true
          INSERT INTO t (a) DEFAULT VALUES                     | true
          INSERT INTO t SELECT 1                               | false
          INSERT INTO t VALUES ((SELECT max(a) FROM u))        | false
          INSERT INTO t TABLE u                                | false
          WITH x AS (SELECT 1) INSERT INTO t VALUES (1)        | false
          DO $$ BEGIN INSERT INTO t VALUES (1); END $$         | true
          DO $$ BEGIN NULL; END $$                             | false
          DO $$ BEGIN INSERT INTO t TABLE u; END $$            | false
          DO $$ BEGIN LOOP INSERT INTO t VALUES (1); END LOOP; END $$         | false
          DO $$ BEGIN INSERT INTO t VALUES (1); UPDATE t SET a = 1; END $$    | false
          DO $$ BEGIN INSERT INTO t VALUES (1); PERFORM fill(); END $$        | false
          """)
  void rowsThatStandInAnInsertAreToldFromThoseOfAQuery(String sql, boolean writtenOut) {
    assertThat(read(sql).flags().contains(Flag.WRITTEN_OUT)).isEqualTo(writtenOut);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id IS NOT NULL                      | not null id
          t.id IS NOT NULL                    | not null id
          (t."Id" IS NOT NULL) AND b IS NULL  | not null Id,null b
          (id IS NOT NULL) AND true           | not null id
          id IS NOT NULL AND a = 2            |
          id IS NOT NULL OR a = 2             |
          id IS NULL                          | null id
          id IS NULL AND a = 2                |
          id IS NULL OR b IS NOT NULL         |
          NOT (id IS NOT NULL)                |
          """)
  void aConditionThatOnlyAsksForValuesOrNoneNamesTheirColumns(String condition, String tests) {
    List<String> expected = tests == null ? List.of() : List.of(tests.split(","));

    for (String changing :
        List.of("DELETE FROM t", "UPDATE t SET a = 1", "UPDATE u AS t SET a = 1")) {
      assertThat(read(changing + " WHERE " + condition).parts())
          .filteredOn(part -> part.kind().endsWith("null"))
          .extracting(part -> part.kind() + " " + part.name())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id = 5                              | id
          t."Id" = '5'::uuid AND (b = 'x')    | Id,b
          id = 5 AND a > 2                    | id
          -5 = id                             | id
          t.id IN ('5') AND 'x' = b           | id,b
          id IN (5, 6)                        |
          id NOT IN (5)                       |
          id IN (SELECT 1)                    |
          id IN (a)                           |
          id = 5 OR a = 2                     |
          id = a                              |
          id = (SELECT 1)                     |
          NOT id = 5                          |
          id <> 5                             |
          """)
  void aConditionThatGivesColumnsAValueNamesThem(String condition, String columns) {
    List<String> expected = columns == null ? List.of() : List.of(columns.split(","));

    for (String changing : List.of("DELETE FROM t", "UPDATE t SET a = 1")) {
      assertThat(read(changing + " WHERE " + condition).parts())
          .filteredOn(part -> part.kind().equals("given"))
          .extracting(Syntax.Part::name)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void anUpdateOfAllRowsNamesTheColumnsItGivesAConstant() {
    assertThat(
            read("UPDATE t SET a = 'x', b = -1.5::numeric(10, 2), c = now(), d = c, e = e'\\n'")
                .parts())
        .filteredOn(part -> part.kind().equals("same"))
        .extracting(Syntax.Part::name)
        .containsExactly("a", "b", "c");
    for (String other :
        List.of(
            "UPDATE t SET a = 1 WHERE b",
            "UPDATE t SET a[1] = 1",
            "UPDATE t SET a = 1 FROM u",
            "UPDATE ONLY t SET a = 1",
            "UPDATE t SET (a, b) = (1, 2)",
            "UPDATE t SET a = 'x' || b",
            "WITH x AS (SELECT 1) UPDATE t SET a = 1",
            "UPDATE t SET a = 1 WHERE CURRENT OF c")) {
      assertThat(read(other).parts()).extracting(Syntax.Part::kind).doesNotContain("same");
    }
  }

  @Test
  void noConditionRestrictsNothing() {
    assertThat(read("DELETE FROM t").flags()).isEmpty();
    assertThat(read("UPDATE t SET a = (SELECT 1 WHERE b)").flags()).isEmpty();
    assertThat(read("WITH x AS (DELETE FROM a WHERE b RETURNING *) DELETE FROM c").flags())
        .isEmpty();
  }

  @Test
  void aTextOfAnyLengthIsOneValue() {
    assertThat(read("UPDATE t SET a = '" + "''x".repeat(20_000) + "'").names("same"))
        .containsExactly("a");
  }
}
