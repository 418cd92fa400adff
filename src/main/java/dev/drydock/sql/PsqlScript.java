package dev.drydock.sql;

import dev.drydock.history.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a script runs, with what psql makes of its own commands in it. */
final class PsqlScript {
  /**
   * What is run of a fragment.
   *
   * @param start its offset in the text of the fragment
   * @param sql the same with values filled in
   */
  record Piece(int start, String text, Substitution sql) {}

  private final Optional<Placeholders> placeholders;
  private final PsqlVariables variables = new PsqlVariables();
  private final PsqlBranches branches = new PsqlBranches();
  private boolean ended;

  PsqlScript(Optional<Placeholders> placeholders) {
    this.placeholders = placeholders;
  }

  /** What is run of the next fragment; of what psql passes over, nothing. */
  List<Piece> runs(Statement.Kind kind, String text) {
    return kind == Statement.Kind.META
        ? commands(text)
        : isRun() ? List.of(piece(0, text)) : List.of();
  }

  /** The file that was asked for is at its end, and the one that asked for it goes on. */
  void goOn() {
    ended = false;
  }

  private boolean isRun() {
    return !ended && branches.isRun();
  }

  private List<Piece> commands(String line) {
    List<Piece> pieces = new ArrayList<>();
    List<Integer> starts = PsqlCommand.starts(line);
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : line.length();
      String command = line.substring(starts.get(i), end).stripTrailing();
      if (!ended && !branches.read(command, variables, given()) && isRun()) {
        variables.read(command);
        ended = command.equals("\\q") || command.equals("\\quit");
        pieces.add(piece(starts.get(i), command));
      }
    }
    return pieces;
  }

  private Map<String, String> given() {
    return placeholders.filter(Placeholders::mayBePsqls).map(Placeholders::values).orElse(Map.of());
  }

  private Piece piece(int start, String text) {
    return new Piece(
        start,
        text,
        variables
            .over(placeholders)
            .map(values -> Substitution.fill(text, values))
            .orElseGet(() -> Substitution.none(text)));
  }
}
