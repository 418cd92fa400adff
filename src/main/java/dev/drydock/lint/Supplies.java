package dev.drydock.lint;

import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a repository has for a run besides its migrations.
 *
 * @param before scripts that run before the first migration of each history
 * @param standIns SQL in the place of migrations, by the path of those
 * @param sizes of the tables production has
 * @param altered what the change alters of that, a few words each
 */
public record Supplies(
    List<SourceFile> before,
    Map<Path, SourceFile> standIns,
    KnownSizes sizes,
    List<String> altered) {
  public Supplies {
    before = List.copyOf(before);
    standIns = Map.copyOf(standIns);
    Objects.requireNonNull(sizes);
    altered = List.copyOf(altered);
  }
}
