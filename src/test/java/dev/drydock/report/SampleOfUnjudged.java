package dev.drydock.report;

import static dev.drydock.report.SampleFiles.file;
import static dev.drydock.report.SampleFiles.span;

import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report of a run that could not judge everything. */
final class SampleOfUnjudged {
  private SampleOfUnjudged() {}

  /** Of two histories, one could not be replayed; the other has a finding. */
  static Report report() {
    Report judged = SampleReports.many(1, false);
    SourceFile broken =
        file("V3__broken.sql", "create table a (id int);\ninsert into b select * from a;\n");
    Map<Path, SourceFile> files = new LinkedHashMap<>(judged.files());
    files.put(broken.path(), broken);
    return new Report(
        judged.toolVersion(),
        judged.failOn(),
        List.of(
            new Unjudged(
                "billing/migrations",
                "the applied migration %s does not replay: relation \"b\" does not exist"
                    .formatted(broken.path()),
                Optional.of(span(broken, "b select")),
                "give its SQL with `before:` in .drydock.yml"),
            new Unjudged("ledger/migrations", "the server ran out of disk", Optional.empty(), "")),
        judged.histories(),
        judged.findings(),
        judged.suppressed(),
        judged.rules(),
        judged.notices(),
        files);
  }
}
