package dev.drydock.sql;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** The flags and parts of one statement, while they are being gathered. */
final class Details {
  private final String sql;
  private final String command;
  private final Set<Syntax.Flag> flags = EnumSet.noneOf(Syntax.Flag.class);
  // The grammar shows some names from two sides; a finding needs each once.
  private final Set<Syntax.Part> parts = new LinkedHashSet<>();

  /** Begins with what the leading keywords tell. */
  Details(String sql, Syntax keywords) {
    this.sql = sql;
    this.command = keywords.command();
    flags.addAll(keywords.flags());
  }

  void flag(Syntax.Flag flag) {
    flags.add(flag);
  }

  void unflag(Syntax.Flag flag) {
    flags.remove(flag);
  }

  /** A part whose name stands at {@code name} and which spans {@code span}. */
  void part(String kind, ParserRuleContext name, ParserRuleContext span) {
    if (!isEmpty(name)) {
      part(kind, name(name), start(span), end(span));
    }
  }

  /** A part whose name stands at {@code name} and which spans {@code start} to {@code end}. */
  void part(String kind, ParserRuleContext name, int start, int end) {
    part(kind, name(name), start, end);
  }

  /** A part that is the name itself. */
  void part(String kind, ParserRuleContext name) {
    part(kind, name, name);
  }

  /** A part that spans {@code span} and has a name that is not an identifier, or none. */
  void part(String kind, String name, ParserRuleContext span) {
    part(kind, name, start(span), end(span));
  }

  void part(String kind, String name, int start, int end) {
    parts.add(new Syntax.Part(kind, name, start, end));
  }

  /** What was gathered, in the order of the text, the wider of two that begin together first. */
  Syntax syntax() {
    List<Syntax.Part> ordered =
        parts.stream()
            .sorted(
                Comparator.comparingInt(Syntax.Part::start)
                    .thenComparing(Comparator.comparingInt(Syntax.Part::end).reversed())
                    .thenComparing(Syntax.Part::kind))
            .toList();
    return new Syntax(command, flags, ordered);
  }

  /** The last part of a dotted name, folded. */
  String name(ParserRuleContext name) {
    ParserRuleContext last = name;
    for (int i = 0; i < name.getChildCount(); i++) {
      if (name.getChild(i) instanceof ParserRuleContext child && isDotted(name)) {
        last = child;
      }
    }
    return Identifier.fold(text(last));
  }

  private static boolean isDotted(ParserRuleContext name) {
    return name.getChildCount() > 1 && name.getChild(1).getText().equals(".");
  }

  /** The words of {@code context}. */
  String text(ParserRuleContext context) {
    return text(start(context), end(context));
  }

  String text(int start, int end) {
    return sql.substring(start, end);
  }

  private static boolean isEmpty(ParserRuleContext context) {
    return context == null || context.getStop() == null;
  }

  static int start(ParserRuleContext context) {
    return context.getStart().getStartIndex();
  }

  static int end(ParserRuleContext context) {
    Token stop = context.getStop();
    return Math.max(stop == null ? 0 : stop.getStopIndex() + 1, start(context));
  }
}
