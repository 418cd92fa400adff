package dev.drydock.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * A report as the JSON document that {@code --format json} writes, member for member.
 *
 * <p>The document is a contract: a member that goes or changes its meaning raises {@link
 * #SCHEMA_VERSION}. It holds no time of day and no duration, so that equal runs give equal
 * documents, and all that a comment, a check or a summary shows, so that those can be made from it.
 * Rules without a finding are not in it, nor the conditions and examples of those with one, which
 * would make nine tenths of it: SARIF and the pages of the rules have them.
 */
@JsonClassDescription("What Drydock observed, and what policy has to say about it.")
public record JsonReport(
    @JsonPropertyDescription("Version of this format.") int schemaVersion,
    @JsonPropertyDescription("What made the document.") Tool tool,
    @JsonPropertyDescription("What the run comes to.") Verdict verdict,
    @JsonPropertyDescription(
            "What there is no verdict on; the rest of the document is about the other histories.")
        List<Unjudged> unjudged,
    @JsonPropertyDescription("The migration histories that were looked at, by directory.")
        List<History> histories,
    @JsonPropertyDescription("The findings that count, by place.") List<Finding> findings,
    @JsonPropertyDescription("The findings that were answered in the source, by place.")
        List<Finding> suppressed,
    @JsonPropertyDescription(
            "What the change alters of how it is judged itself, a few words each, such as `.drydock.yml (fail-on)`.")
        List<String> judging,
    @JsonPropertyDescription("What a reader should know, a sentence each.") List<String> notices,
    @JsonPropertyDescription("The rules that findings are of, by id.") List<Rule> rules,
    @JsonPropertyDescription("The files that findings point into, by path.")
        List<SourceText> files) {

  /** The version this code writes and reads. */
  public static final int SCHEMA_VERSION = 1;

  /** The program that wrote the document. */
  @JsonClassDescription("The program that wrote the document.")
  public record Tool(
      @JsonPropertyDescription("Always `drydock`.") String name,
      @JsonPropertyDescription("Its version.") String version) {}

  /** The outcome in numbers. */
  @JsonClassDescription("The outcome in numbers.")
  public record Verdict(
      @JsonPropertyDescription(
              "Whether all was judged. When not, there is no verdict, whatever else is said.")
          boolean complete,
      @JsonPropertyDescription("Whether a finding is at or above the threshold.") boolean failed,
      @JsonPropertyDescription("The threshold.") String failOn,
      @JsonPropertyDescription("Findings of severity error.") long errors,
      @JsonPropertyDescription("Findings of severity warning.") long warnings,
      @JsonPropertyDescription("Findings of severity info.") long infos,
      @JsonPropertyDescription("Findings that were answered in the source.") long suppressed) {}

  /** What could not be judged. */
  @JsonClassDescription("What there is no verdict on, and why.")
  public record Unjudged(
      @JsonPropertyDescription(
              "The directory of the history that could not be judged; empty when nothing could.")
          String directory,
      @JsonPropertyDescription("What failed, in a sentence.") String message,
      @JsonPropertyDescription("Where it happened; at most one place.") List<Place> locations,
      @JsonPropertyDescription("What to do about it; empty when the message says it.")
          String remedy) {
    public Unjudged {
      locations = List.copyOf(locations);
    }
  }

  /** One migration history. */
  @JsonClassDescription("One migration history and what its pending migrations were seen to do.")
  public record History(
      @JsonPropertyDescription("Its directory, relative to the root of the checkout.")
          String directory,
      @JsonPropertyDescription("The migration tool whose conventions it follows, e.g. `flyway`.")
          String layout,
      @JsonPropertyDescription(
              "What has to be done for one of its migrations to run outside a transaction; empty when that is not known.")
          String outsideTransaction,
      @JsonPropertyDescription("The database, e.g. `postgresql`.") String engine,
      @JsonPropertyDescription(
              "The version of the server it was run on, in full; empty when no migration is new.")
          String engineVersion,
      @JsonPropertyDescription("How many migrations the base has.") int applied,
      @JsonPropertyDescription("The migrations that this change adds, in order.")
          List<Migration> migrations) {
    public History {
      migrations = List.copyOf(migrations);
    }
  }

  /** One pending migration. */
  @JsonClassDescription("One pending migration.")
  public record Migration(
      @JsonPropertyDescription("Its path.") String file,
      @JsonPropertyDescription("Its version as its tool shows it.") String version,
      @JsonPropertyDescription("How many statements it has.") int statements,
      @JsonPropertyDescription("The lock that blocks most on a relation production has.")
          Lock worstLock,
      @JsonPropertyDescription("The relations production has that it rewrites.")
          List<String> rewrites,
      @JsonPropertyDescription("The tables production has that it reads in full while writes wait.")
          List<String> scans,
      @JsonPropertyDescription("Whether one of its statements did not succeed.") boolean failed,
      @JsonPropertyDescription("Its statements, in order.") List<Step> steps,
      @JsonPropertyDescription("What it leaves behind in the schema, in order.")
          List<Change> changes) {
    public Migration {
      rewrites = List.copyOf(rewrites);
      scans = List.copyOf(scans);
      steps = List.copyOf(steps);
      changes = List.copyOf(changes);
    }
  }

  /** One statement of a pending migration. */
  @JsonClassDescription("One statement of a pending migration.")
  public record Step(
      @JsonPropertyDescription("Where it stands.") Place location,
      @JsonPropertyDescription("Its command tag, e.g. `ALTER TABLE`; empty when it never ran.")
          String command,
      @JsonPropertyDescription("The transaction of the run it belongs to, counted from 1.")
          int transaction,
      @JsonPropertyDescription("Whether that transaction holds, or could hold, other statements.")
          boolean inTransaction,
      @JsonPropertyDescription("How it ended.") String outcome,
      @JsonPropertyDescription(
              "The locks it took, on tables production has, for which somebody waits. They are held"
                  + " until its transaction ends.")
          List<Lock> locks) {
    public Step {
      locks = List.copyOf(locks);
    }
  }

  /** What became of one object of the schema. */
  @JsonClassDescription("What became of one object of the schema.")
  public record Change(
      @JsonPropertyDescription("What happened.") String event,
      @JsonPropertyDescription("E.g. `table`, `column`, `index`.") String kind,
      @JsonPropertyDescription("The table it hangs on; empty for what hangs on none.") String table,
      @JsonPropertyDescription("Its own name, qualified when it hangs on no table.") String name,
      @JsonPropertyDescription("What it was, or its old name; may be empty.") String before,
      @JsonPropertyDescription("What it is; may be empty.") String after,
      @JsonPropertyDescription("The table a foreign key points to; empty otherwise.")
          String refersTo) {}

  /** A lock and who waits for it. */
  @JsonClassDescription("A lock and who waits for it.")
  public record Lock(
      @JsonPropertyDescription("E.g. `ACCESS EXCLUSIVE`; empty when nobody has to wait.")
          String mode,
      @JsonPropertyDescription("What is locked; empty with the mode.") String relation,
      @JsonPropertyDescription("`reads and writes`, `writes`, `schema changes` or `nobody`.")
          String blocks) {}

  /** What a rule has to say about one thing. */
  @JsonClassDescription("What a rule has to say about one thing in the change.")
  public record Finding(
      @JsonPropertyDescription("The id of the rule.") String rule,
      @JsonPropertyDescription("The rule's severity, or what the user made of it.") String severity,
      @JsonPropertyDescription("The words it is about.") Place location,
      @JsonPropertyDescription("One or two sentences that name the object and the effect.")
          String message,
      @JsonPropertyDescription("What it is about, e.g. `public.orders`.") String object,
      @JsonPropertyDescription(
              "The text of the statement; empty for a finding about a file or a history.")
          String statement,
      @JsonPropertyDescription("What was seen, a line each.") List<String> evidence,
      @JsonPropertyDescription("Other places that belong to it.") List<Related> related,
      @JsonPropertyDescription(
              "What to do about it, in Markdown: the part of its rule's recipe that is for its case.")
          String recipe,
      @JsonPropertyDescription("Mechanical rewrites that answer it; at most one.") List<Fix> fixes,
      @JsonPropertyDescription("A read-only query to run on production; empty when there is none.")
          String preflight,
      @JsonPropertyDescription(
              "Finds the finding again in a later run: made of rule, object and statement, never"
                  + " of a line number.")
          String fingerprint,
      @JsonPropertyDescription("Why it does not count; empty for a finding that does.")
          List<Suppression> suppressions,
      @JsonInclude(JsonInclude.Include.NON_EMPTY)
          @JsonPropertyDescription(
              "The sizes of the tables it is about, for a rule that is weighed by them; at most one."
                  + " Left out when no size is known.")
          List<Weighed> weighed) {
    public Finding {
      evidence = List.copyOf(evidence);
      related = List.copyOf(related);
      fixes = List.copyOf(fixes);
      suppressions = List.copyOf(suppressions);
      weighed = List.copyOf(weighed);
    }
  }

  /** What the sizes of tables make of a finding. */
  @JsonClassDescription("How large the tables are in production, and what that makes of a finding.")
  public record Weighed(
      @JsonPropertyDescription("What they count as together: `small`, `medium` or `large`.")
          String scale,
      @JsonPropertyDescription("The severity the finding has when no size is known.")
          String otherwise,
      @JsonPropertyDescription("When production was asked, in UTC.") String captured,
      @JsonPropertyDescription("The tables whose size is known, the largest first.")
          List<TableSize> tables) {
    public Weighed {
      tables = List.copyOf(tables);
    }
  }

  /** The size of a table. */
  @JsonClassDescription("The size of a table in production.")
  public record TableSize(
      @JsonPropertyDescription("Its qualified name.") String name,
      @JsonPropertyDescription("An estimate of its rows; -1 when unknown.") long rows,
      @JsonPropertyDescription("The bytes it takes with its indexes; -1 when unknown.")
          long bytes) {}

  /** A span of a file. */
  @JsonClassDescription(
      "A span of a file. Lines and columns count from 1, columns in UTF-16 code units, a byte order"
          + " mark included; the end is exclusive.")
  public record Place(
      @JsonPropertyDescription("Path with `/`, relative to the root of the checkout.") String file,
      @JsonPropertyDescription("Line of the first character.") int startLine,
      @JsonPropertyDescription("Column of the first character.") int startColumn,
      @JsonPropertyDescription("Line of the character after the last.") int endLine,
      @JsonPropertyDescription("Column of the character after the last.") int endColumn) {}

  /** Another place that belongs to a finding. */
  @JsonClassDescription("Another place that belongs to a finding.")
  public record Related(
      @JsonPropertyDescription("Where it is.") Place location,
      @JsonPropertyDescription("What is there, in a few words.") String message) {}

  /** A mechanical rewrite. */
  @JsonClassDescription("A mechanical rewrite that answers a finding.")
  public record Fix(
      @JsonPropertyDescription("What it replaces.") Place location,
      @JsonPropertyDescription("The SQL that takes its place.") String replacement,
      @JsonPropertyDescription("SQL that has to go into a later migration; empty when none has to.")
          String follow,
      @JsonPropertyDescription(
              "Whether the replacement has to run in a migration without a transaction.")
          boolean outsideTransaction) {}

  /** Why a finding is not counted. */
  @JsonClassDescription("Why a finding is not counted: somebody wrote so in the source.")
  public record Suppression(
      @JsonPropertyDescription("The author's words.") String reason,
      @JsonPropertyDescription("The comment.") Place location) {}

  /** A rule, without what only a run of it needs. */
  @JsonClassDescription("A rule that findings are of; `drydock explain ID` shows all of it.")
  public record Rule(
      @JsonPropertyDescription("Names the bad thing.") String id,
      @JsonPropertyDescription("A heading.") String title,
      @JsonPropertyDescription("The severity in this run.") String severity,
      @JsonPropertyDescription("The severity that its file gives it.") String defaultSeverity,
      @JsonPropertyDescription("What kind of hazard it is about.") List<String> tags,
      @JsonPropertyDescription("Names of the hazards it reports.") List<String> hazards,
      @JsonPropertyDescription("What it is asked about.") String each,
      @JsonPropertyDescription("The mechanism, Markdown.") String why,
      @JsonPropertyDescription("Where a sceptic checks.") List<String> references) {
    public Rule {
      tags = List.copyOf(tags);
      hazards = List.copyOf(hazards);
      references = List.copyOf(references);
    }
  }

  /** A file and its text. */
  @JsonClassDescription("A file and its text.")
  public record SourceText(
      @JsonPropertyDescription("Path with `/`, relative to the root of the checkout.") String path,
      @JsonPropertyDescription("The text as it stands in the file.") String text) {}

  public JsonReport {
    unjudged = List.copyOf(unjudged);
    histories = List.copyOf(histories);
    findings = List.copyOf(findings);
    suppressed = List.copyOf(suppressed);
    judging = List.copyOf(judging);
    notices = List.copyOf(notices);
    rules = List.copyOf(rules);
    files = List.copyOf(files);
  }
}
