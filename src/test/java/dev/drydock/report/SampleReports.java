package dev.drydock.report;

import static dev.drydock.report.SampleFiles.BROKEN;
import static dev.drydock.report.SampleFiles.BY_CUSTOMER;
import static dev.drydock.report.SampleFiles.DIRECTORY;
import static dev.drydock.report.SampleFiles.INITIAL;
import static dev.drydock.report.SampleFiles.QUANTITY;
import static dev.drydock.report.SampleFiles.file;
import static dev.drydock.report.SampleFiles.files;
import static dev.drydock.report.SampleFiles.path;
import static dev.drydock.report.SampleFiles.span;
import static dev.drydock.report.SampleRules.BLOCKING_INDEX_BUILD;
import static dev.drydock.report.SampleRules.BLOCKING_TABLE_SCAN;
import static dev.drydock.report.SampleRules.EDITED_MIGRATION;
import static dev.drydock.report.SampleRules.MIGRATION_FAILS;
import static dev.drydock.report.SampleRules.NAMING;
import static dev.drydock.report.SampleRules.TABLE_REWRITE;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Related;
import dev.drydock.policy.Rule;
import dev.drydock.policy.Severity;
import dev.drydock.policy.Suppression;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.WorstLock;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports as a run would make them. */
public final class SampleReports {
  private SampleReports() {}

  /** A pull request of three migrations with something of everything. */
  public static Report everything() {
    String index = "create index orders_customer_id_idx on orders (customer_id)";
    String foreignKey =
        """
        alter table orders
          add constraint orders_customer_fk
          foreign key (customer_id) references customers (id)""";
    String rewrite = "alter table orders\n  alter column quantity type bigint";
    String second = "create index orders_quantity_idx\n  on orders (quantity)";
    String audit = "create index audit_by_day on order_audit (day)";
    String broken = "alter table orders\n\tadd column total nummeric";
    List<Finding> findings =
        List.of(
            new Finding(
                EDITED_MIGRATION,
                Severity.WARNING,
                Location.startOf(INITIAL.path()),
                DIRECTORY
                    + "/V1__initial.sql was applied before this change and has been edited. No"
                    + " environment that has run it will run it again.",
                "V1",
                "",
                List.of(),
                List.of(),
                EDITED_MIGRATION.fix(),
                Optional.empty(),
                "",
                Fingerprint.of("edited-migration", "V1", ""),
                Optional.empty(),
                Optional.empty()),
            finding(
                BLOCKING_INDEX_BUILD,
                span(BY_CUSTOMER, index),
                "Building this index takes a SHARE lock on public.orders. Every INSERT, UPDATE and"
                    + " DELETE on the table waits until the build ends.",
                "public.orders",
                index,
                List.of("SHARE on public.orders: writes wait"),
                List.of(),
                Optional.of(
                    new Fix(
                        span(BY_CUSTOMER, index),
                        "create index concurrently orders_customer_id_idx on orders (customer_id)",
                        "",
                        true)),
                ""),
            finding(
                BLOCKING_TABLE_SCAN,
                span(BY_CUSTOMER, "add constraint orders_customer_fk"),
                "ALTER TABLE checks every row of public.orders while holding SHARE ROW EXCLUSIVE."
                    + " Until the check ends, writes wait.",
                "public.orders",
                foreignKey,
                List.of(
                    "SHARE ROW EXCLUSIVE on public.orders: writes wait",
                    "SHARE ROW EXCLUSIVE on public.customers: writes wait",
                    "full scan of public.orders under SHARE ROW EXCLUSIVE"),
                List.of(
                    new Related(
                        span(INITIAL, "customers"), "the table that the constraint refers to"),
                    new Related(span(BY_CUSTOMER, index), "writes wait from here on")),
                Optional.of(
                    new Fix(
                        span(BY_CUSTOMER, foreignKey),
                        foreignKey + " not valid",
                        "alter table orders validate constraint orders_customer_fk;\n",
                        false)),
                """
                select count(*)
                from public.orders o
                where o.customer_id is not null
                  and not exists (select from public.customers c where c.id = o.customer_id);
                """),
            finding(
                TABLE_REWRITE,
                span(QUANTITY, rewrite),
                "ALTER TABLE copies every row of public.orders into a new file while holding"
                    + " ACCESS EXCLUSIVE. Until the copy ends, reads and writes wait.",
                "public.orders",
                rewrite,
                List.of(
                    "ACCESS EXCLUSIVE on public.orders: reads and writes wait",
                    "rewrite of table public.orders"),
                List.of(),
                Optional.empty(),
                ""),
            finding(
                BLOCKING_INDEX_BUILD,
                span(QUANTITY, "orders_quantity_idx"),
                "Building this index takes a SHARE lock on public.orders. Every INSERT, UPDATE and"
                    + " DELETE on the table waits until the build ends.",
                "public.orders",
                second,
                List.of("SHARE on public.orders: writes wait"),
                List.of(),
                Optional.of(
                    new Fix(
                        span(QUANTITY, second),
                        "create index concurrently orders_quantity_idx\n  on orders (quantity)",
                        "",
                        true)),
                ""),
            new Finding(
                NAMING,
                Severity.INFO,
                span(QUANTITY, "audit_by_day"),
                "The name of audit_by_day does not begin with its table's.",
                "public.audit_by_day",
                audit,
                List.of(),
                List.of(),
                NAMING.fix(),
                Optional.empty(),
                "",
                Fingerprint.of("unprefixed-index", "public.audit_by_day", audit),
                Optional.empty(),
                Optional.empty()),
            finding(
                MIGRATION_FAILS,
                span(BROKEN, "nummeric"),
                "The server refuses this statement: type \"nummeric\" does not exist.",
                "V9",
                broken,
                List.of(),
                List.of(),
                Optional.empty(),
                ""));
    Finding suppressed =
        finding(
                BLOCKING_INDEX_BUILD,
                span(QUANTITY, audit),
                "Building this index takes a SHARE lock on public.order_audit. Every INSERT, UPDATE"
                    + " and DELETE on the table waits until the build ends.",
                "public.order_audit",
                audit,
                List.of("SHARE on public.order_audit: writes wait"),
                List.of(),
                Optional.empty(),
                "")
            .suppressed(
                new Suppression(
                    "order_audit has 40 rows",
                    span(
                        QUANTITY,
                        "-- drydock:allow blocking-index-build: order_audit has 40 rows")));
    return new Report(
        "0.1.0",
        Severity.ERROR,
        List.of(
            history(
                List.of(
                    new MigrationReport(
                        path("V7__orders_by_customer.sql"),
                        "7",
                        3,
                        new WorstLock("SHARE ROW EXCLUSIVE", "public.orders", "writes"),
                        List.of(),
                        List.of("public.orders"),
                        false),
                    new MigrationReport(
                        path("V8__quantity.sql"),
                        "8",
                        3,
                        new WorstLock("ACCESS EXCLUSIVE", "public.orders", "reads and writes"),
                        List.of("public.orders"),
                        List.of(),
                        false),
                    new MigrationReport(
                        path("V9__broken.sql"), "9", 1, WorstLock.NONE, List.of(), List.of(), true),
                    new MigrationReport(
                        path("R__views.sql"),
                        "",
                        2,
                        WorstLock.NONE,
                        List.of(),
                        List.of(),
                        false)))),
        findings,
        List.of(suppressed),
        asked(),
        List.of("The extension postgis is not available here and was replaced by a stub."),
        files(INITIAL, BY_CUSTOMER, QUANTITY, BROKEN));
  }

  /** Those findings and nothing else. */
  public static Report of(List<Finding> findings) {
    return new Report(
        "0.1.0", Severity.ERROR, List.of(), findings, List.of(), Map.of(), List.of(), Map.of());
  }

  /** Two migrations that hurt nobody. */
  public static Report clean() {
    return new Report(
        "0.1.0",
        Severity.ERROR,
        List.of(history(List.of(quietMigration(1), quietMigration(2)))),
        List.of(),
        List.of(),
        asked(),
        List.of(),
        Map.of());
  }

  /** A change without migrations. */
  public static Report nothingPending() {
    return new Report(
        "0.1.0", Severity.ERROR, List.of(), List.of(), List.of(), asked(), List.of(), Map.of());
  }

  /** One finding of {@code count} statements each, all in one file. */
  public static Report many(int count, boolean onOneLine) {
    StringBuilder text = new StringBuilder();
    List<int[]> spans = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String statement = "create index i%d on orders (customer_id, c%d)".formatted(i, i % 7);
      spans.add(new int[] {text.length(), text.length() + statement.length()});
      statements.add(statement);
      text.append(statement).append(onOneLine ? "; " : ";\n\n");
    }
    SourceFile file = file("V10__many.sql", text.toString());
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      findings.add(
          finding(
              BLOCKING_INDEX_BUILD,
              file.location(spans.get(i)[0], spans.get(i)[1]),
              "Building this index takes a SHARE lock on public.orders.",
              "public.orders",
              statements.get(i),
              List.of("SHARE on public.orders: writes wait"),
              List.of(),
              Optional.of(
                  new Fix(
                      file.location(spans.get(i)[0], spans.get(i)[1]),
                      statements.get(i).replace("index", "index concurrently"),
                      "",
                      true)),
              ""));
    }
    return new Report(
        "0.1.0", Severity.ERROR, List.of(), findings, List.of(), asked(), List.of(), files(file));
  }

  /** One finding about {@code span} of {@code text}, which is its statement too. */
  public static Report single(String path, String text, String span) {
    SourceFile file = new SourceFile(Path.of(path), text);
    return single(file, span(file, span), span);
  }

  /** One finding at {@code location} of {@code file}. */
  public static Report single(SourceFile file, Location location, String statement) {
    return new Report(
        "0.1.0",
        Severity.ERROR,
        List.of(),
        List.of(
            finding(
                BLOCKING_INDEX_BUILD,
                location,
                "Writes on public.orders wait.",
                "public.orders",
                statement,
                List.of(),
                List.of(),
                Optional.empty(),
                "")),
        List.of(),
        asked(),
        List.of(),
        files(file));
  }

  static Finding finding(
      Rule rule,
      Location location,
      String message,
      String object,
      String statement,
      List<String> evidence,
      List<Related> related,
      Optional<Fix> fix,
      String preflight) {
    return new Finding(
        rule,
        rule.severity(),
        location,
        message,
        object,
        statement,
        evidence,
        related,
        rule.fix(),
        fix,
        preflight,
        Fingerprint.of(rule.id(), object, statement),
        Optional.empty(),
        Optional.empty());
  }

  static MigrationReport quietMigration(int version) {
    return new MigrationReport(
        path("V%d__quiet.sql".formatted(version)),
        Integer.toString(version),
        1,
        WorstLock.NONE,
        List.of(),
        List.of(),
        false);
  }

  static HistoryReport history(List<MigrationReport> migrations) {
    return new HistoryReport(
        DIRECTORY,
        "flyway",
        "in a migration of its own that runs outside a transaction: put `executeInTransaction=false` beside it",
        "postgresql",
        "17.11",
        6,
        migrations);
  }

  static Map<Rule, Severity> asked() {
    Map<Rule, Severity> rules = new LinkedHashMap<>();
    for (Rule rule :
        List.of(
            TABLE_REWRITE,
            BLOCKING_TABLE_SCAN,
            BLOCKING_INDEX_BUILD,
            MIGRATION_FAILS,
            EDITED_MIGRATION,
            NAMING)) {
      rules.put(rule, rule.severity());
    }
    return rules;
  }
}
