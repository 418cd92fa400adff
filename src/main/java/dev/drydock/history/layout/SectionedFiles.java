package dev.drydock.history.layout;

import dev.drydock.history.Migration;
import dev.drydock.history.Script;
import dev.drydock.history.Transaction;
import dev.drydock.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Both directions in one file, each below a mark; a file may hold several such pairs. */
abstract sealed class SectionedFiles extends Layout permits SqlMigrate, Dbmate, Play {
  private final Pattern mark;

  /**
   * @param mark as {@link Section#of} takes it
   */
  SectionedFiles(Pattern mark) {
    this.mark = mark;
  }

  List<Section> sections(SourceFile file) {
    return Section.of(file, mark);
  }

  @Override
  public boolean knowsMarks() {
    return true;
  }

  /** What goes forward may stand in several sections. */
  @Override
  public boolean isSame(SourceFile base, SourceFile head) {
    return SqlText.isSame(forward(sections(base)), forward(sections(head)));
  }

  static String forward(List<Section> sections) {
    return sections.stream().map(section -> section.up().text()).collect(Collectors.joining());
  }

  /** {@link #outsideTransaction} for a tool that looks for {@code option} beside its mark. */
  final Optional<Migration> optioned(
      Migration migration,
      SourceFile file,
      String option,
      Function<Section, Transaction> transaction) {
    List<Section> sections = sections(file);
    if (migration.transaction() != Transaction.PER_MIGRATION || sections.isEmpty()) {
      return super.outsideTransaction(migration, file);
    }
    // Of the file as it is: those of a tool may have what lies between them blanked.
    String text = Section.of(file, mark).getFirst().with(option);
    SourceFile optioned = new SourceFile(file.path(), text);
    return Optional.of(
        migrated(migration, optioned, transaction.apply(sections(optioned).getFirst())));
  }

  /** The tools refuse a file without a mark; the whole of it is what its author meant to run. */
  @Override
  public final Script up(SourceFile file) {
    return sections(file).stream().findFirst().map(Section::up).orElseGet(() -> Script.whole(file));
  }

  @Override
  public final Optional<Script> down(SourceFile file) {
    return sections(file).stream().findFirst().flatMap(Section::down);
  }
}
