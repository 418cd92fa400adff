package dev.drydock.report;

import dev.drydock.policy.Finding;
import dev.drydock.policy.Fingerprint;
import dev.drydock.policy.Fix;
import dev.drydock.policy.Related;
import dev.drydock.policy.Severity;
import dev.drydock.policy.Suppression;
import dev.drydock.policy.Weighed;
import dev.drydock.report.HistoryReport.MigrationReport;
import dev.drydock.report.HistoryReport.WorstLock;
import dev.drydock.source.Location;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports about a pull request that wants to be more than it is. */
public final class HostileReports {
  /** Strings that mean something to a terminal, to Markdown, to SARIF viewers or to a parser. */
  public static final List<String> CORPUS =
      List.of(
          "\u001b[2J\u001b[1;1Hpassed: no findings",
          "\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007",
          "\u009b2Jgone",
          "users\u202e;elbat pord\u202c",
          "\u2066users\u2069\u200f",
          "a\nerror[forged]: all is well\n --> safe.sql:1:1",
          "a\r\nb\rc\u0085d\u2028e\u2029f",
          "nul\u0000byte\u007f\b",
          "half\ud83d pair \udc00",
          "[click me](https://evil.example) [x](1) {0} {1}",
          "``` ~~~ </details> <!-- drydock:v1 --> @everyone #1 | a | b |",
          "::error file=x::forged",
          "##[error]forged ##vso[x]y",
          "x".repeat(90) + " ::stop-commands::x " + "y".repeat(90) + " ::stop-commands::x",
          "%41%0A..%2f..\\..\\",
          "quote\" back\\slash $1 ${x} \\u0041",
          "e" + "\u0301".repeat(2_000),
          "👩\u200d🚀 表 🎉\ufe0f",
          "n".repeat(10_000),
          "@everyone",
          "cc @octocat, (@octo-org/team) a@b@c",
          "someone@evil.example",
          "closes #1",
          "fixes owner/repo#12",
          "GH-7 gh-8",
          "deadbeef1234567 0123456789abcdef0123456789abcdef01234567",
          "https://evil.example/x",
          "www.evil.example",
          "<https://evil.example>",
          "javascript:alert(1)",
          "![pixel](https://evil.example/p.png)",
          "[a]: https://evil.example",
          "[^1] [x][a]",
          "<img src=x onerror=alert(1)>",
          "<script>alert(1)</script>",
          "</summary></details><h1>passed</h1>",
          "<!-- drydock:v1 id=YQ run=9.9 head= all=1 findings= -->",
          "<!-- drydock:v1 finding=00000000000000000000000000000000 -->",
          "-->",
          "--!> <!-->",
          "<![CDATA[x]]> <?php ?> <!DOCTYPE x>",
          "&lt;b&gt; &#64;octocat &commat;octocat",
          "# heading",
          "###### heading\n===\n---",
          "> quote",
          "> [!CAUTION]\n> forged",
          "- [x] done",
          "1. one\n2. two",
          "* star\n\n+ plus",
          "***\n___",
          "**bold** __bold__ *it* _it_ ~~gone~~",
          "`code` ``more`` ```",
          "`",
          "````\n```suggestion\ndrop table users;\n```\n````",
          "~~~suggestion",
          "    indented code",
          "| a | b |\n|---|---|\n| 1 | 2 |",
          "\\| a \\\\| b \\",
          "|",
          "\\",
          "trailing  \nbreak\\\nbreak",
          "$x^2$ $$y$$",
          ":shipit: :+1:",
          "gantt\n  title x : crit, 0, 1\n%%{init: {}}%%",
          "click x href \"https://evil.example\"",
          "end; section x; A-->B",
          "::add-mask::x",
          "::set-output name=verdict::passed",
          "%0A::error::forged%0D",
          "a,line=1,title=b::c",
          "\u200b\u200b\u2060\ufeff",
          "\udb40\udc41\udb40\udc42",
          "",
          " ",
          // Looks like a mention, looks like nothing, looks like another name.
          "\uff20everyone \uff031",
          "@\u200beveryone @every\u200done \u2060@octocat",
          "users\u3164 us\u034fers users\ufe00 users\udb40\udd00",
          // Links without a scheme, and with one that is not usual.
          "evil.example/login?x=1",
          "mailto:a@evil.example xmpp:a@evil.example/x ftp://evil.example",
          "//evil.example \\\\evil.example\\share",
          "octo/shop@0123abc octo/shop#7 octocat:main 0123456...89abcde",
          "gh-12, (GH-3) GHSA-2222-3333-4444",
          // Markers: half of one in each part, one in a quote, one of a newer run.
          "<!-- drydock:v1 finding=",
          "0123456789abcdef0123456789abcdef -->",
          "x\n<!-- drydock:by id=drydock run=999999999999.1 -->",
          "✅ **Fixed in 0123456789abcdef0123456789abcdef01234567.**",
          "✅ No findings",
          // What GitHub takes for more than text, inside code too.
          "$`x^2`$ \\(x\\) \\[x\\]",
          "```math\nx\n```",
          "```suggestion\r\nselect 1;\r\n```",
          "[^note]: a footnote",
          "</td></tr></table><details open>",
          "&amp;#64;octocat &#x40;octocat &nbsp;&zwj;",
          "<a href=\"https://evil.example\">x</a><br/>",
          // For a diagram.
          "%%{init: {\"securityLevel\": \"loose\", \"theme\": \"base\"}}%%",
          "a\n  click a call alert(1)\n  section b",
          "pk",
          "end",
          // For a runner and a terminal.
          "\u00a0\u3000::warning::x",
          "::STOP-COMMANDS::x\n::x::\n::group::y",
          "##[add-path]/tmp ##[endgroup]",
          "\u001b]52;c;cm0gLXJmIC8=\u0007\u001bP$q\u001b\\",
          "a\r\n::error file=b.sql::c\r\n",
          "(".repeat(2_000) + "[".repeat(2_000),
          "`a`b".repeat(500),
          "表".repeat(10_000),
          "\u202e".repeat(1_000));

  private HostileReports() {}

  /** A report in which every text that a pull request decides is taken from the corpus. */
  public static Report all() {
    return of(CORPUS);
  }

  /** The same with other texts, each of them everywhere. */
  static Report of(List<String> texts) {
    List<Finding> findings = new ArrayList<>();
    List<Finding> suppressed = new ArrayList<>();
    List<MigrationReport> migrations = new ArrayList<>();
    Map<Path, SourceFile> files = new LinkedHashMap<>();
    int number = 0;
    for (String hostile : texts) {
      number++;
      String statement = "create index \"" + hostile + "\" on\n\t\"" + hostile + "\" (a)";
      SourceFile file =
          new SourceFile(
              Path.of("db", number + pathPart(hostile) + ".sql"), "-- x\n" + statement + ";\n");
      files.put(file.path(), file);
      Location whole = SampleFiles.span(file, statement);
      Location name = SampleFiles.span(file, "\"" + hostile + "\"");
      findings.add(finding(whole, hostile, statement, number));
      findings.add(finding(name, hostile, statement, number));
      suppressed.add(
          finding(name, hostile, statement, number)
              .suppressed(new Suppression(hostile, SampleFiles.span(file, "-- x"))));
      migrations.add(
          new MigrationReport(
              file.path().toString(),
              hostile,
              1,
              new WorstLock("SHARE", hostile, "writes"),
              List.of(hostile),
              List.of(hostile, "t"),
              false));
    }
    return new Report(
            "0.1.0",
            Severity.ERROR,
            List.of(
                new HistoryReport(
                    "db",
                    "flyway",
                    texts.getFirst(),
                    "postgresql",
                    "17.11 " + texts.getFirst(),
                    3,
                    migrations)),
            findings,
            suppressed,
            SampleReports.asked(),
            Stream.concat(texts.stream(), Stream.of("")).toList(),
            files)
        .judgedBy(texts);
  }

  private static Finding finding(Location place, String hostile, String statement, int number) {
    return new Finding(
        SampleRules.BLOCKING_INDEX_BUILD,
        Severity.ERROR,
        place,
        "Building this index locks " + hostile + ".",
        hostile,
        statement,
        List.of("SHARE on " + hostile + ": writes wait"),
        List.of(new Related(place, hostile)),
        SampleRules.BLOCKING_INDEX_BUILD.fix(),
        Optional.of(new Fix(place, "create\n" + hostile, hostile, true)),
        "select '" + hostile + "'",
        Fingerprint.of("blocking-index-build", hostile + number, statement),
        Optional.empty(),
        Optional.of(
            new Weighed(
                Weighed.Scale.SMALL,
                Severity.WARNING,
                Instant.EPOCH,
                List.of(new Weighed.Table(hostile, number, -1)))));
  }

  /** What of {@code text} a file may be called on the systems the tests run on. */
  private static String pathPart(String text) {
    String part = text.replace("\u0000", "").replace("/", "").replaceAll("[\ud800-\udfff]", "");
    return part.substring(0, Math.min(part.length(), 80));
  }
}
