package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.policy.Finding;
import dev.drydock.policy.Severity;
import dev.drydock.source.SourceFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SarifReportTest {
  private static final Format.Style ARCHIVE =
      new Format.Style(
          100,
          Colours.NONE,
          "drydock",
          SuppressedResults.KEPT,
          Optional.of(URI.create("https://drydock.example/")));
  private static final Format.Style UPLOAD =
      new Format.Style(100, Colours.NONE, "drydock", SuppressedResults.LEFT_OUT, Optional.empty());

  private static final Report EVERYTHING = SampleReports.everything();

  @Test
  void everyFindingIsAResultAtOnePlace() {
    JsonNode results = run(EVERYTHING, UPLOAD).get("results");

    assertThat(results).hasSameSizeAs(EVERYTHING.findings());
    for (int i = 0; i < results.size(); i++) {
      Finding finding = EVERYTHING.findings().get(i);
      JsonNode result = results.get(i);
      assertThat(result.get("ruleId").asText()).isEqualTo(finding.rule().id());
      assertThat(result.at("/message/text").asText()).startsWith(finding.message());
      assertThat(result.get("locations")).hasSize(1);
      JsonNode place = result.at("/locations/0/physicalLocation");
      assertThat(place.at("/artifactLocation/uri").asText())
          .isEqualTo(finding.location().file().toString());
      assertThat(place.get("region").toString())
          .isEqualTo(
              "{\"startLine\":%d,\"startColumn\":%d,\"endLine\":%d,\"endColumn\":%d}"
                  .formatted(
                      finding.location().startLine(),
                      finding.location().startColumn(),
                      finding.location().endLine(),
                      finding.location().endColumn()));
    }
    Golden.equal("everything.sarif", SarifReport.render(EVERYTHING, ARCHIVE));
  }

  @Test
  void ofMuchThatWasSeenTheRestIsCounted() {
    Finding finding = SampleReports.single("a.sql", "SELECT 1;", "SELECT 1").findings().getFirst();
    List<String> seen = IntStream.rangeClosed(1, 10).mapToObj("sight %d"::formatted).toList();
    Finding told =
        SampleReports.finding(
            finding.rule(),
            finding.location(),
            "It waits.",
            "t",
            "SELECT 1",
            seen,
            List.of(),
            Optional.empty(),
            "");

    assertThat(run(SampleReports.of(List.of(told)), UPLOAD).at("/results/0/message/text").asText())
        .isEqualTo(
            "It waits. Observed: sight 1; sight 2; sight 3; sight 4; sight 5; sight 6; sight 7; sight 8; and 2 more.");
  }

  @Test
  void whatCouldNotBeJudgedIsARunThatFailed() {
    JsonNode invocation = run(SampleOfUnjudged.report(), UPLOAD).at("/invocations/0");

    assertThat(run(EVERYTHING, UPLOAD).at("/invocations/0/executionSuccessful").asBoolean())
        .isTrue();
    assertThat(invocation.get("executionSuccessful").asBoolean()).isFalse();
    JsonNode notified = invocation.get("toolExecutionNotifications");
    assertThat(notified.findValuesAsText("level")).containsExactly("error", "error");
    assertThat(notified.at("/0/message/text").asText())
        .endsWith("does not exist. What to do: give its SQL with `before:` in .drydock.yml");
    assertThat(notified.at("/0/locations/0/physicalLocation/region/startLine").asInt())
        .isEqualTo(2);
    assertThat(notified.at("/1/message/text").asText()).isEqualTo("the server ran out of disk");
  }

  @Test
  void levelsAreSaidEvenWhereSarifHasADefault() {
    assertThat(run(EVERYTHING, UPLOAD).get("results").findValuesAsText("level"))
        .containsExactly("warning", "error", "error", "error", "note", "error", "error");
  }

  @Test
  void everyRuleThatWasAskedIsListedWithItsHelp() {
    JsonNode rules = run(SampleReports.clean(), UPLOAD).at("/tool/driver/rules");

    assertThat(rules.findValuesAsText("id"))
        .containsExactly(
            "blocking-index-build",
            "blocking-table-scan",
            "edited-migration",
            "migration-fails",
            "table-rewrite",
            "unprefixed-index");
    for (JsonNode rule : rules) {
      assertThat(rule.at("/shortDescription/text").asText()).isNotBlank();
      assertThat(rule.at("/fullDescription/text").asText()).isNotBlank().hasSizeLessThan(1025);
      assertThat(rule.at("/help/text").asText()).isNotBlank();
      assertThat(rule.at("/help/markdown").asText()).contains("## Why");
      assertThat(rule.at("/defaultConfiguration/level").asText()).isNotBlank();
    }
    JsonNode scan = rules.get(1);
    assertThat(scan.get("name").asText()).isEqualTo("BlockingTableScan");
    assertThat(scan.get("properties").toString())
        .isEqualTo(
            "{\"tags\":[\"lock\",\"data-dependent\"],\"precision\":\"high\",\"problem.severity\":\"error\"}");
  }

  @Test
  void resultsPointAtTheirRules() {
    JsonNode run = run(EVERYTHING, UPLOAD);

    for (JsonNode result : run.get("results")) {
      assertThat(run.at("/tool/driver/rules").get(result.get("ruleIndex").asInt()).get("id"))
          .isEqualTo(result.get("ruleId"));
    }
  }

  @Test
  void aLockIsNoVulnerability() {
    assertThat(SarifReport.render(EVERYTHING, ARCHIVE)).doesNotContain("security-severity");
  }

  @Test
  void withoutFindingsTheResultsAreEmptyAndNotAbsent() {
    assertThat(run(SampleReports.clean(), UPLOAD).get("results")).isEmpty();
    assertThat(run(SampleReports.clean(), UPLOAD).get("results").isArray()).isTrue();
  }

  @Test
  void theSeverityIsTheOneTheUserChose() {
    Report softened =
        new Report(
            "dev",
            Severity.ERROR,
            List.of(),
            List.of(),
            List.of(),
            Map.of(
                SampleRules.BLOCKING_INDEX_BUILD,
                Severity.INFO,
                SampleRules.TABLE_REWRITE,
                Severity.OFF),
            List.of(),
            Map.of());
    JsonNode driver = run(softened, UPLOAD).at("/tool/driver");

    assertThat(driver.at("/rules/0/defaultConfiguration").toString())
        .isEqualTo("{\"level\":\"note\"}");
    assertThat(driver.at("/rules/0/properties/problem.severity").asText())
        .isEqualTo("recommendation");
    assertThat(driver.at("/rules/1/defaultConfiguration").toString())
        .isEqualTo("{\"enabled\":false,\"level\":\"none\"}");
    assertThat(driver.has("semanticVersion")).as("dev is none").isFalse();
    assertThat(driver.get("version").asText()).isEqualTo("dev");
  }

  @Test
  void aResultCarriesTheLineHashOfCodeScanningAndOurFingerprint() {
    Finding finding = EVERYTHING.findings().get(1);
    String text = EVERYTHING.files().get(finding.location().file()).text();

    assertThat(run(EVERYTHING, UPLOAD).at("/results/1/partialFingerprints").toString())
        .isEqualTo(
            "{\"primaryLocationLineHash\":\"%s\",\"drydock/v1\":\"%s\"}"
                .formatted(
                    LineHashes.of(text).at(finding.location().startLine()).orElseThrow(),
                    finding.fingerprint().value()));
  }

  @Test
  void whatWasSeenIsPartOfTheMessageAndRelatedPlacesAreLinked() {
    JsonNode result = run(EVERYTHING, UPLOAD).at("/results/2");

    assertThat(result.at("/message/text").asText())
        .isEqualTo(
            "ALTER TABLE checks every row of public.orders while holding SHARE ROW EXCLUSIVE."
                + " Until the check ends, writes wait. Observed: SHARE ROW EXCLUSIVE on"
                + " public.orders: writes wait; SHARE ROW EXCLUSIVE on public.customers: writes"
                + " wait; full scan of public.orders under SHARE ROW EXCLUSIVE. See [the table that"
                + " the constraint refers to](1), [writes wait from here on](2).");
    assertThat(result.get("relatedLocations").findValuesAsText("id")).containsExactly("1", "2");
    assertThat(result.at("/relatedLocations/0/message/text").asText())
        .isEqualTo("the table that the constraint refers to");
    assertThat(result.at("/relatedLocations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("db/migration/V1__initial.sql");
  }

  @Test
  void aSuggestionIsAReplacement() {
    JsonNode change = run(EVERYTHING, UPLOAD).at("/results/1/fixes/0/artifactChanges/0");

    assertThat(change.at("/replacements/0/insertedContent/text").asText())
        .isEqualTo("create index concurrently orders_customer_id_idx on orders (customer_id)");
    assertThat(change.at("/replacements/0/deletedRegion/startLine").asInt()).isEqualTo(4);
  }

  @Test
  void suppressedFindingsAreLeftOutOfAnUpload() {
    JsonNode results = run(EVERYTHING, UPLOAD).get("results");

    assertThat(results).hasSize(7);
    assertThat(results.findValues("suppressions")).isEmpty();
  }

  @Test
  void inAnArchiveEveryResultSaysWhetherItIsSuppressed() {
    JsonNode results = run(EVERYTHING, ARCHIVE).get("results");

    assertThat(results).hasSize(8).allMatch(result -> result.get("suppressions").isArray());
    List<JsonNode> suppressions = new ArrayList<>();
    results.forEach(result -> result.get("suppressions").forEach(suppressions::add));
    assertThat(suppressions)
        .singleElement()
        .satisfies(
            suppression -> {
              assertThat(suppression.get("kind").asText()).isEqualTo("inSource");
              assertThat(suppression.get("justification").asText())
                  .isEqualTo("order_audit has 40 rows");
              assertThat(suppression.at("/location/physicalLocation/region/startLine").asInt())
                  .isEqualTo(4);
            });
  }

  @Test
  void theCategoryKeepsAnalysesApart() {
    assertThat(run(EVERYTHING, UPLOAD).at("/automationDetails/id").asText()).isEqualTo("drydock/");
    assertThat(run(EVERYTHING, Format.Style.PLAIN).has("automationDetails")).isFalse();
  }

  @Test
  void theToolSaysWhichItIsAndHowItCounts() {
    JsonNode run = run(EVERYTHING, ARCHIVE);

    assertThat(run.at("/tool/driver/name").asText()).isEqualTo("Drydock");
    assertThat(run.at("/tool/driver/semanticVersion").asText()).isEqualTo("0.1.0");
    assertThat(run.at("/tool/driver/informationUri").asText())
        .isEqualTo("https://drydock.example/");
    assertThat(run.get("columnKind").asText()).isEqualTo("utf16CodeUnits");
    assertThat(run.at("/invocations/0").toString())
        .isEqualTo(
            "{\"toolExecutionNotifications\":[{\"message\":{\"text\":\"The extension postgis is not"
                + " available here and was replaced by a stub.\"},\"level\":\"note\"}],"
                + "\"executionSuccessful\":true}");
  }

  @Test
  void aByteOrderMarkIsNoColumn() {
    JsonNode region =
        run(
                SampleReports.single(
                    "V1.sql", "\ufeffdrop table a;\ndrop table b;", "drop table a"),
                UPLOAD)
            .at("/results/0/locations/0/physicalLocation/region");

    assertThat(region.get("startColumn").asInt()).isEqualTo(1);
    assertThat(region.get("endColumn").asInt()).isEqualTo(13);
  }

  @Test
  void nothingInAMigrationLinksOrHides() {
    String sarif = SarifReport.render(HostileReports.all(), ARCHIVE);
    JsonNode run = run(HostileReports.all(), ARCHIVE);

    assertThat(sarif.codePoints().filter(c -> c != '\n' && VisibleText.hidden(c)).toArray())
        .isEmpty();
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(sarif)).isTrue();
    assertThat(sarif).doesNotContain("##[").doesNotContain("##vso[");
    for (JsonNode result : run.get("results")) {
      String text = result.at("/message/text").asText();
      assertThat(text.codePoints().filter(VisibleText::hidden).toArray()).isEmpty();
      String active = text.replace("\\\\", "").replaceAll("\\\\[\\[\\]]", "");
      assertThat(Pattern.compile("\\]\\(").matcher(active).results())
          .as("the one link is ours: %s", text)
          .hasSize(1);
      assertThat(active).endsWith("](1).");
      assertThat(active.chars().filter(c -> c == '[').count())
          .isEqualTo(active.chars().filter(c -> c == ']').count());
    }
  }

  @Test
  void everyUriNamesItsFile() {
    Report report = HostileReports.all();

    assertThat(
            run(report, UPLOAD).get("results").findValuesAsText("uri").stream()
                .map(uri -> Path.of(URI.create(uri).getPath())))
        .allMatch(report.files()::containsKey);
  }

  @Test
  void aFindingInAFileThatIsNotAtHandHasNoLineHash() {
    Report whole = SampleReports.single("V1.sql", "drop table a;", "drop table a");
    Report without =
        new Report(
            whole.toolVersion(),
            whole.failOn(),
            whole.histories(),
            whole.findings(),
            whole.suppressed(),
            whole.rules(),
            whole.notices(),
            Map.<Path, SourceFile>of());

    assertThat(run(without, UPLOAD).at("/results/0/partialFingerprints").fieldNames())
        .toIterable()
        .containsExactly("drydock/v1");
  }

  private static JsonNode run(Report report, Format.Style style) {
    try {
      return new ObjectMapper().readTree(SarifReport.render(report, style)).at("/runs/0");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
