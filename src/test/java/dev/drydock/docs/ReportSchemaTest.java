package dev.drydock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.drydock.report.Golden;
import dev.drydock.report.HostileReports;
import dev.drydock.report.JsonReports;
import dev.drydock.report.Report;
import dev.drydock.report.SampleReports;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportSchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ReportSchema.json(), InputFormat.JSON);

  @Test
  void theSchemaIsPublished() {
    Golden.equal(Path.of("docs/schemas/report.schema.json"), ReportSchema.json());
  }

  static Stream<Report> reports() {
    return Stream.of(
        SampleReports.everything(),
        SampleReports.clean(),
        SampleReports.nothingPending(),
        SampleReports.many(20, true),
        HostileReports.all());
  }

  @ParameterizedTest
  @MethodSource("reports")
  void everyReportIsAsTheSchemaSays(Report report) {
    assertThat(errors(JsonReports.render(report))).isEmpty();
  }

  @Test
  void aDocumentWithAnotherVersionIsRefused() {
    assertThat(errors(clean().replace("\"schemaVersion\": 1", "\"schemaVersion\": 2")))
        .isNotEmpty();
  }

  @Test
  void aDocumentWithAMemberTooManyIsRefused() {
    assertThat(errors(clean().replace("\"notices\": []", "\"notices\": [], \"seconds\": 3")))
        .isNotEmpty();
  }

  @Test
  void aDocumentWithAMemberTooFewIsRefused() {
    assertThat(errors(clean().replace("\"notices\": [],", ""))).isNotEmpty();
  }

  @Test
  void aSeverityThatDoesNotExistIsRefused() {
    assertThat(errors(clean().replace("\"failOn\": \"error\"", "\"failOn\": \"fatal\"")))
        .isNotEmpty();
  }

  private static String clean() {
    return JsonReports.render(SampleReports.clean());
  }

  private static List<Error> errors(String json) {
    return SCHEMA.validate(json, InputFormat.JSON);
  }
}
