package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Precondition;
import dev.drydock.history.Script;
import dev.drydock.history.layout.FormattedSql.Changeset;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormattedSqlTest {
  private static final String HEADER = "--liquibase formatted sql\n";

  private static FormattedSql read(String text) {
    return FormattedSql.of(new SourceFile(Path.of("a.sql"), text));
  }

  private static String only(String text) {
    return read(HEADER + "--changeset a:1\n" + text).changesets().getFirst().up().text();
  }

  @Test
  void theHeaderIsToldHoweverItIsWritten() {
    for (String header :
        List.of(
            "--liquibase formatted sql",
            "\uFEFF-- Liquibase Formatted SQL logicalFilePath:a.sql",
            "\n\n  --  liquibase formatted sql")) {
      assertThat(FormattedSql.is(header + "\n--changeset a:1\nselect 1;")).isTrue();
    }
    assertThat(FormattedSql.is("select 1;\n--liquibase formatted sql")).isFalse();
  }

  @Test
  void changesetsDivideTheFileAndEveryPlaceStays() {
    String text =
        HEADER
            + "\n-- changeset ann b:1 runOnChange:true\nselect 1;\n\n--CHANGESET \"a:b\":\"x y\"\nselect 2;\n";
    List<Changeset> changesets = read(text).changesets();

    assertThat(changesets).extracting(Changeset::author).containsExactly("ann b", "a:b");
    assertThat(changesets).extracting(Changeset::id).containsExactly("1", "x y");
    assertThat(changesets)
        .extracting(changeset -> changeset.up().text())
        .containsExactly("select 1;\n\n", "select 2;\n");
    assertThat(text.substring(changesets.get(1).up().start())).isEqualTo("select 2;\n");
    assertThat(changesets.getFirst().options().is("runOnChange", "true")).isTrue();
    assertThat(changesets.getFirst().options().get("splitStatements")).isEmpty();
  }

  @Test
  void linesThatAreToBeIgnoredAreBlank() {
    assertThat(only("select 1;\n--ignoreLines:1\nselect 2;\nselect 3;\n").strip())
        .matches("select 1;\\s+select 3;");
    assertThat(
            only("select 1;\n--ignoreLines:start\n--changeset x:y\n--ignoreLines:end\nselect 3;\n"))
        .matches("select 1;\\s+select 3;\\s+");
  }

  @Test
  void aDelimiterOnItsOwnIsNotSent() {
    assertThat(only("select 1;\ngo\nselect 2\n/\nselect 3;\n"))
        .isEqualTo("select 1;\n  \nselect 2\n;\nselect 3;\n");
    assertThat(only("select 4\n / 2;\n")).isEqualTo("select 4\n / 2;\n");
  }

  @Test
  void aDelimiterThatIsNamedIsNotSent() {
    String text =
        HEADER
            + "--changeset a:1 endDelimiter:@@\nselect 1 @@\nselect 2@@\n"
            + "--changeset a:2 endDelimiter:\\nGO\nselect 1\nGO\n"
            + "--changeset a:3 endDelimiter:--\nselect 1; -- one\n--\n";

    assertThat(read(text).changesets())
        .extracting(changeset -> changeset.up().text())
        .containsExactly("select 1 ; \nselect 2; \n", "select 1\n; \n", "select 1; -- one\n--\n");
  }

  @Test
  void theWayBackIsNotRun() {
    Changeset changeset =
        read(HEADER
                + "--changeset a:1\ncreate table a ();\n--rollback drop\n-- rollback table a;\n"
                + "/* liquibase rollback\ndrop /* all */ table b;\n*/\nselect 1;\n")
            .changesets()
            .getFirst();

    assertThat(changeset.up().text()).doesNotContain("all").contains("select 1;");
    assertThat(changeset.down().map(Script::text).orElseThrow().replaceAll("\\s+", " ").strip())
        .isEqualTo("drop table a; drop /* all */ table b;");
    assertThat(read(HEADER + "--changeset a:1\nselect 1;\n--rollback not required\n").changesets())
        .allMatch(one -> one.down().orElseThrow().text().isBlank());
  }

  @Test
  void theChecksumIsOfTheSqlWithoutItsBlanks() {
    String plain = read(HEADER + "--changeset a:1\nselect 1;\n").changesets().getFirst().content();

    assertThat(
            read(HEADER
                    + "--changeset a:1 dbms:postgresql\n--comment new\nselect\r\n\t1;\n\n--rollback drop\n")
                .changesets()
                .getFirst()
                .content())
        .isEqualTo(plain);
    assertThat(
            read(HEADER + "--changeset a:1\nselect 1; -- one\n").changesets().getFirst().content())
        .isNotEqualTo(plain);
  }

  @Test
  void theFirstValueOfAPropertyForPostgresCounts() {
    assertThat(
            read(HEADER
                    + "--property name:a value:x dbms:oracle\n--property name: a value: y\n--property name:a value:z\n")
                .properties())
        .containsExactly(java.util.Map.entry("a", "y"));
  }

  @Test
  void whatIsForAnotherDatabaseOrHasToBeAskedForDoesNotApply() {
    for (String options :
        List.of(
            "dbms:oracle", "dbms:!postgresql,h2", "dbms:none", "context:@test", "ignore:true")) {
      assertThat(new FormattedSql.Options(options).apply()).as(options).isFalse();
    }
    for (String options :
        List.of("", "dbms:h2,postgresql", "dbms:!oracle", "dbms:all", "context:\"a or b\"")) {
      assertThat(new FormattedSql.Options(options).apply()).as(options).isTrue();
    }
  }

  private static List<Precondition> preconditions(String... lines) {
    String text = HEADER + "--changeset a:1\n" + String.join("\n", lines) + "\nselect 1;\n";
    return read(text).changesets().getFirst().up().preconditions();
  }

  @Test
  void whatTheCatalogAnswersIsAsked() {
    String tables = "select count(*) from information_schema.tables t where t.table_name = 'a,b'";
    assertThat(
            preconditions(
                "--preconditions onFail:MARK_RAN onError:HALT",
                "--precondition-sql-check expectedResult:0 " + tables + ";"))
        .containsExactly(new Precondition(tables, "0"));
    assertThat(
            preconditions(
                "-- PRECONDITIONS onFail:\"CONTINUE\"",
                "-- precondition-sql-check expectedResult:\"a b\" SELECT 'a b'"))
        .containsExactly(new Precondition("SELECT 'a b'", "a b"));
  }

  @Test
  void whatRowsAnswerOrWhatStopsTheDeploymentIsNotAsked() {
    String asked = "--precondition-sql-check expectedResult:0 select count(*) from ";
    assertThat(preconditions("--preconditions onFail:HALT", asked + "pg_class")).isEmpty();
    assertThat(preconditions(asked + "pg_class")).isEmpty();
    for (String tables :
        List.of("orders", "pg_class c, orders", "pg_class join orders on true", "${s}.orders")) {
      assertThat(preconditions("--preconditions onFail:MARK_RAN", asked + tables))
          .as(tables)
          .extracting(Precondition::ofRows)
          .containsExactly(true);
    }
  }
}
