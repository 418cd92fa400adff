package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReportsTest {
  private static final String EVERYTHING = JsonReports.render(SampleReports.everything());

  static Stream<Report> reports() {
    return Stream.of(
        SampleReports.everything(),
        SampleReports.clean(),
        SampleReports.nothingPending(),
        SampleOfUnjudged.report(),
        SampleReports.many(20, false),
        HostileReports.all());
  }

  @Test
  void everythingIsInTheDocument() throws Exception {
    JsonNode json = new ObjectMapper().readTree(EVERYTHING);

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "schemaVersion",
            "tool",
            "verdict",
            "unjudged",
            "histories",
            "findings",
            "suppressed",
            "judging",
            "notices",
            "rules",
            "files");
    assertThat(json.get("verdict").toString())
        .isEqualTo(
            "{\"complete\":true,\"failed\":true,\"failOn\":\"error\",\"errors\":5,\"warnings\":1,\"infos\":1,"
                + "\"suppressed\":1}");
    assertThat(json.at("/suppressed/0/suppressions/0/reason").asText())
        .isEqualTo("order_audit has 40 rows");
    assertThat(json.get("rules").findValuesAsText("id"))
        .isSorted()
        .contains("table-rewrite", "unprefixed-index")
        .as("what a finding or a suppressed one is of")
        .containsOnlyOnceElementsOf(json.findValuesAsText("rule"))
        .hasSameSizeAs(Set.copyOf(json.findValuesAsText("rule")));
    Golden.equal("everything.json", EVERYTHING);
  }

  @ParameterizedTest
  @MethodSource("reports")
  void aDocumentReadsBackAsTheReportItWasMadeOf(Report report) throws Exception {
    String json = JsonReports.render(report);
    Report read = JsonReports.read(json);

    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("files", "rules")
        // What only a run of a rule needs is not in the document.
        .ignoringFieldsMatchingRegexes(
            ".*\\.rule\\.(engines|aliases|when|weigh|options|message|recipes|suggestions|preflight|examples)")
        .isEqualTo(report);
    assertThat(read.files().keySet()).isEqualTo(report.files().keySet());
    for (SourceFile file : report.files().values()) {
      assertThat(read.files().get(file.path()).text()).isEqualTo(file.text());
    }
    assertThat(JsonReports.render(read)).isEqualTo(json);
    assertThat(TextReport.render(read, 100, Colours.NONE))
        .isEqualTo(TextReport.render(report, 100, Colours.NONE));
    assertThat(SummaryComment.render(read, CommentContext.PLAIN, 65_000))
        .isEqualTo(SummaryComment.render(report, CommentContext.PLAIN, 65_000));
  }

  @Test
  void whatATerminalWouldObeyIsEscaped() {
    String json = JsonReports.render(HostileReports.all());

    assertThat(json.codePoints().filter(c -> c != '\n' && VisibleText.hidden(c)).toArray())
        .isEmpty();
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(json)).isTrue();
    assertThat(json).doesNotContain("##[").doesNotContain("##vso[");
    assertThat(json).contains("\\u202E;elbat pord").contains("👩\u200d🚀 表 🎉");
  }

  @Test
  void aNewerDocumentIsCalledThat() {
    assertUnreadable(
        EVERYTHING.replace("\"schemaVersion\": 1,", "\"schemaVersion\": 2, \"new\": [{}],"),
        "The report has schemaVersion 2; this version of Drydock reads 1. Use the version that"
            + " wrote it.");
  }

  @Test
  void anUnknownMemberIsNamedWithItsPlaceAndTheKnownOnes() {
    assertUnreadable(
        EVERYTHING.replaceFirst("\"failOn\":", "\"failWhen\": 1,\n    \"failOn\":"),
        "The report is not what `drydock lint --format json` writes, line 16, column 4: there is"
            + " no member failWhen here; there are complete, errors, failOn, failed, infos, suppressed,"
            + " warnings");
  }

  @Test
  void aMissingMemberIsNamedWithThePlaceWhereItWasExpected() {
    assertUnreadable(
        EVERYTHING.replaceFirst("\"failOn\": \"error\",", ""),
        "The report is not what `drydock lint --format json` writes, line 15, column 3: Missing"
            + " required creator property 'failOn'");
  }

  @Test
  void aMemberOfAnotherTypeIsRefused() {
    assertThatThrownBy(
            () -> JsonReports.read(EVERYTHING.replaceFirst("\"errors\": 5", "\"errors\": \"5\"")))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessageContaining("line 11");
    assertThatThrownBy(() -> JsonReports.read(EVERYTHING.replaceFirst("\"V1\"", "null")))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessageContaining("object");
  }

  @Test
  void whatIsNoReportAtAllIsRefused() {
    for (String text : new String[] {"", "[]", "{}", "{", "null", "\u001b[2J", EVERYTHING + "{}"}) {
      assertThatThrownBy(() -> JsonReports.read(text))
          .isInstanceOf(UnreadableReportException.class)
          .hasMessageStartingWith("The report is not what `drydock lint --format json` writes")
          .hasMessageNotContaining("\u001b");
    }
  }

  @Test
  void aDocumentThatContradictsItselfIsRefused() {
    assertUnreadable(
        EVERYTHING.replaceFirst("\"rule\": \"table-rewrite\"", "\"rule\": \"no-such\""),
        "The report contradicts itself: a finding is of rule no-such, which is not among its"
            + " rules");
    assertUnreadable(
        EVERYTHING.replaceFirst("\"severity\": \"error\"", "\"severity\": \"fatal\""),
        "The report contradicts itself: there is no severity fatal");
    assertThatThrownBy(
            () -> JsonReports.read(EVERYTHING.replaceFirst("\"endLine\": \\d+", "\"endLine\": 0")))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessageContaining("not a span");
  }

  @Test
  void aLineThatNoFileHasIsRefused() {
    assertUnreadable(
        EVERYTHING.replaceFirst("\"endLine\": \\d+", "\"endLine\": 2147483647"),
        "The report contradicts itself: no file has a line 2147483647");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x.sql", "db/../../x.sql", "db/../x.sql", ".."})
  void aPathOutOfTheRepositoryIsRefused(String path) {
    assertUnreadable(
        EVERYTHING.replaceFirst(
            "\"file\": \"db/migration/[^\"]+\",(\\s+\"startLine)", "\"file\": \"" + path + "\",$1"),
        "The report contradicts itself: " + path + " is not a path in a repository");
  }

  @Test
  void pathsAreWrittenWithSlashes() {
    assertThat(JsonReports.path(Path.of("db", "migration", "V1.sql")))
        .isEqualTo("db/migration/V1.sql");
    assertThat(JsonReports.path(Path.of("/tmp/V1.sql"))).isEqualTo("/tmp/V1.sql");
  }

  private static void assertUnreadable(String json, String message) {
    assertThatThrownBy(() -> JsonReports.read(json))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessage(message);
  }
}
