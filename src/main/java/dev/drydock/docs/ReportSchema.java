package dev.drydock.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.policy.Severity;
import dev.drydock.report.JsonReport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The published JSON Schema of the JSON report. */
public final class ReportSchema {
  private ReportSchema() {}

  /** The text of {@code docs/schemas/report.schema.json}. */
  public static String json() {
    return new RecordSchema(
            "Drydock report",
            JsonReport.class,
            RecordSchema.Required.ALL_BUT_OPTIONAL,
            new ObjectMapper())
        .refine(
            JsonReport.class,
            "schemaVersion",
            schema -> schema.put("const", JsonReport.SCHEMA_VERSION))
        .refine(JsonReport.Tool.class, "name", schema -> schema.put("const", "drydock"))
        .refine(JsonReport.Verdict.class, "failOn", ReportSchema::severity)
        .refine(JsonReport.Verdict.class, "errors", atLeast(0))
        .refine(JsonReport.Verdict.class, "warnings", atLeast(0))
        .refine(JsonReport.Verdict.class, "infos", atLeast(0))
        .refine(JsonReport.Verdict.class, "suppressed", atLeast(0))
        .refine(JsonReport.History.class, "applied", atLeast(0))
        .refine(JsonReport.Migration.class, "statements", atLeast(0))
        .refine(JsonReport.Step.class, "transaction", atLeast(0))
        .refine(
            JsonReport.Step.class,
            "outcome",
            oneOf("succeeded", "failed", "refused", "stopped", "not-reached", "not-judged"))
        .refine(JsonReport.Change.class, "event", oneOf("created", "dropped", "renamed", "altered"))
        .refine(JsonReport.Finding.class, "severity", ReportSchema::severity)
        .refine(JsonReport.Finding.class, "fixes", schema -> schema.put("maxItems", 1))
        .refine(JsonReport.Finding.class, "suppressions", schema -> schema.put("maxItems", 1))
        .refine(JsonReport.Finding.class, "weighed", schema -> schema.put("maxItems", 1))
        .refine(JsonReport.Weighed.class, "scale", oneOf("small", "medium", "large"))
        .refine(JsonReport.Weighed.class, "otherwise", ReportSchema::severity)
        .refine(JsonReport.Weighed.class, "captured", schema -> schema.put("format", "date-time"))
        .refine(JsonReport.Weighed.class, "tables", schema -> schema.put("minItems", 1))
        .refine(JsonReport.TableSize.class, "rows", atLeast(-1))
        .refine(JsonReport.TableSize.class, "bytes", atLeast(-1))
        .refine(
            JsonReport.Finding.class,
            "fingerprint",
            schema -> schema.put("pattern", "^[0-9a-f]{32}$"))
        .refine(JsonReport.Place.class, "startLine", atLeast(1))
        .refine(JsonReport.Place.class, "startColumn", atLeast(1))
        .refine(JsonReport.Place.class, "endLine", atLeast(1))
        .refine(JsonReport.Place.class, "endColumn", atLeast(1))
        .refine(JsonReport.Rule.class, "severity", ReportSchema::severity)
        .refine(JsonReport.Rule.class, "defaultSeverity", ReportSchema::severity)
        .json();
  }

  private static Consumer<ObjectNode> atLeast(int smallest) {
    return schema -> schema.put("minimum", smallest);
  }

  private static Consumer<ObjectNode> oneOf(String... values) {
    return schema -> RecordSchema.oneOf(schema, Stream.of(values));
  }

  private static void severity(ObjectNode schema) {
    RecordSchema.oneOf(schema, Stream.of(Severity.values()).map(Severity::id));
  }
}
