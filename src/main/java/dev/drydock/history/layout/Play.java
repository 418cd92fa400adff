package dev.drydock.history.layout;

import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Evolutions of the Play framework: {@code <number>.sql} with both directions, under marks. */
final class Play extends SectionedFiles {
  private static final Pattern NAME = Pattern.compile("([0-9]+)\\.sql");

  /** As Play's {@code ResourceEvolutionsReader} has it, which trims the lines. */
  private static final Pattern MARK =
      Pattern.compile(
          "(?m)^[ \\t]*(?:#|--)[^\\r\\n]*?!(?:(?<up>Ups)|Downs)(?<options>)[^\\r\\n]*$");

  /** Play divides a script at these alone. */
  private static final Pattern SINGLE = Pattern.compile("(?<!;);(?!;)");

  private static final Pattern MANUAL_COMMIT =
      Pattern.compile("(?m)^[^#/\\r\\n]*\\bautocommit[ \\t]*[=:][ \\t]*\"?(?:false|no|off)\\b");

  Play() {
    super(MARK);
  }

  @Override
  public String id() {
    return "play";
  }

  @Override
  public String tool() {
    return "Play";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested() && place.anySampleHas(NAME, MARK);
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher number = NAME.matcher(name);
    if (number.matches()) {
      return new Role.Forward(Version.numbered(number.group(1)), "");
    }
    return Role.unnamed(file);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.numbered(newest, NAME, ".sql");
  }

  @Override
  public String pattern() {
    return "<number>.sql";
  }

  /** Two semicolons stand for one that Play sends; a blank in place of one keeps all places. */
  @Override
  List<Section> sections(SourceFile file) {
    return super.sections(new SourceFile(file.path(), file.text().replace(";;", "; ")));
  }

  /** What goes forward in several parts of a file is one script to Play. */
  @Override
  public List<Further> further(SourceFile file) {
    Transaction transaction = alone(file);
    return sections(file).stream()
        .skip(1)
        .map(section -> new Further(section.up(), section.down(), transaction))
        .toList();
  }

  /** The hash is over both directions. */
  @Override
  public boolean isSame(SourceFile base, SourceFile head) {
    return SqlText.sameLines(base.text(), head.text());
  }

  @Override
  public String whenEdited() {
    return "Play takes it and all after it back with their Downs and runs them again where autoApplyDowns is set, and refuses to start in production elsewhere";
  }

  @Override
  public String whenDeleted() {
    return "Play reads them up to the first number that is missing, and what databases have from there on is to be taken back with its Downs";
  }

  @Override
  public String whenRenamed() {
    return "Play knows an evolution by its number, so databases that ran it under the old one run it again";
  }

  /** What lies behind a gap has not been run, and follows when the gap is filled. */
  @Override
  public boolean allowsOlder(Path directory, Surroundings around) {
    return true;
  }

  @Override
  public String whenOlder() {
    return "Play reads them up to the first number that is missing, so it runs that one only after this";
  }

  @Override
  public String whenTwice() {
    return "Play runs the one with fewer zeros before its number and passes over the other";
  }

  @Override
  public String whenGap() {
    return "Play reads them up to the first number that is missing, so it does not run this one";
  }

  @Override
  public String whenIgnored() {
    return "Play passes over it without a word";
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    Path settings = Folders.of(Folders.of(Folders.of(file.path()))).resolve("application.conf");
    boolean manual =
        around.text(settings).filter(text -> MANUAL_COMMIT.matcher(text).find()).isPresent();
    return manual ? Transaction.PER_MIGRATION : alone(file);
  }

  /** Each statement commits by itself; with none but double semicolons all of it is one query. */
  private static Transaction alone(SourceFile file) {
    String forward = SqlText.bare(forward(Section.of(file, MARK)));
    long parts = SINGLE.splitAsStream(forward).filter(part -> !part.isBlank()).count();
    return parts == 1 && forward.contains(";;") ? Transaction.IMPLICIT : Transaction.NONE;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "let `play.evolutions.autocommit` be `true`, as it is unless set, and end the statement with a single `;`";
  }

  /** As Play's {@code CreatePlayEvolutionsSql} creates it. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE play_evolutions (
              id int NOT NULL PRIMARY KEY,
              hash varchar(255) NOT NULL,
              applied_at timestamp NOT NULL,
              apply_script text,
              revert_script text,
              state varchar(255),
              last_problem text
          );
          """;
  }
}
