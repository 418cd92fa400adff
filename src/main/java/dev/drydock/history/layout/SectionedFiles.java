package dev.drydock.history.layout;

import dev.drydock.history.Script;
import dev.drydock.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
  boolean knowsMarks() {
    return true;
  }

  /** The way back is not what databases have run. */
  @Override
  boolean isSame(SourceFile base, SourceFile head) {
    return SqlText.isSame(forward(base), forward(head));
  }

  private String forward(SourceFile file) {
    StringBuilder all = new StringBuilder();
    sections(file).forEach(section -> all.append(section.up().text()));
    return all.toString();
  }

  /** The tools refuse a file without a mark; the whole of it is what its author meant to run. */
  @Override
  final Script up(SourceFile file) {
    return sections(file).stream().findFirst().map(Section::up).orElseGet(() -> Script.whole(file));
  }

  @Override
  final Optional<Script> down(SourceFile file) {
    return sections(file).stream().findFirst().flatMap(Section::down);
  }
}
