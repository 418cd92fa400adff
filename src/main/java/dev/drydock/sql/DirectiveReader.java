package dev.drydock.sql;

import dev.drydock.history.Script;
import dev.drydock.source.PostgresLexer;
import dev.drydock.source.PostgresLexer.Token;
import dev.drydock.source.SourceFile;
import dev.drydock.sql.Directive.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the directives of a script and the statement that each is about. */
final class DirectiveReader {

  private static final Pattern NAME = Pattern.compile("drydock", Pattern.CASE_INSENSITIVE);

  /**
   * The directives of a script.
   *
   * @param wholeFile those that suppress something in every statement
   * @param ofFragment those that suppress something in one
   */
  record Directives(
      List<Directive> all, List<Directive> wholeFile, Map<Fragment, List<Directive>> ofFragment) {

    Directives {
      all = List.copyOf(all);
      wholeFile = List.copyOf(wholeFile);
      ofFragment = Map.copyOf(ofFragment);
    }

    static final Directives NONE = new Directives(List.of(), List.of(), Map.of());

    /** Those that suppress something in {@code fragment}. */
    List<Directive> applyingTo(Fragment fragment) {
      List<Directive> own = ofFragment.getOrDefault(fragment, List.of());
      if (own.isEmpty()) {
        // One list for all statements: there may be many of both.
        return wholeFile;
      }
      List<Directive> applying = new ArrayList<>(wholeFile);
      applying.addAll(own);
      return applying;
    }
  }

  /** A comment before a statement. */
  private record Leading(int start, int end) {}

  private final SourceFile file;
  private final String text;
  private final List<Directive> all = new ArrayList<>();
  private final List<Directive> wholeFile = new ArrayList<>();
  private final Map<Fragment, List<Directive>> ofFragment = new HashMap<>();
  private final List<Leading> leading = new ArrayList<>();

  /** How many of {@link #leading} have a blank line between them and the statement. */
  private int apart;

  private DirectiveReader(SourceFile file) {
    this.file = file;
    this.text = file.text();
  }

  /** The directives of {@code script}, which was split into {@code fragments}. */
  static Directives read(Script script, List<Fragment> fragments) {
    SourceFile file = script.file();
    if (!NAME.matcher(file.text()).find()) {
      return Directives.NONE;
    }
    DirectiveReader reader = new DirectiveReader(file);
    reader.readBefore(script);
    reader.readFragments(fragments);
    return new Directives(reader.all, reader.wholeFile, reader.ofFragment);
  }

  /** The top of the file, when the script is a section that begins further down. */
  private void readBefore(Script script) {
    PostgresLexer lexer = new PostgresLexer(text, 0, script.start());
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token != Token.SPACE && token != Token.COMMENT) {
        // The section of another direction: what is not for the whole file is for that one.
        leading.subList(0, apart).forEach(this::addWholeFile);
        clearLeading();
        return;
      }
      observe(token, lexer);
    }
  }

  private void readFragments(List<Fragment> fragments) {
    Optional<Fragment> previous = Optional.empty();
    for (Fragment fragment : fragments) {
      readLeading(fragment, previous);
      if (fragment.isEmpty()) {
        continue;
      }
      int whole = previous.isEmpty() ? apart : 0;
      leading.subList(0, whole).forEach(this::addWholeFile);
      leading
          .subList(whole, leading.size())
          .forEach(comment -> add(comment.start(), comment.end(), fragment));
      clearLeading();
      readWithin(fragment);
      previous = Optional.of(fragment);
    }
    for (Leading comment : leading) {
      if (previous.isEmpty()) {
        addWholeFile(comment);
      } else {
        directives(comment.start(), comment.end(), false, Optional.of(Problem.NO_STATEMENT));
      }
    }
  }

  /**
   * Comments between two statements. Those on the line where the one before ends are about that
   * one, unless the next statement begins on the same line.
   */
  private void readLeading(Fragment fragment, Optional<Fragment> previous) {
    PostgresLexer lexer = new PostgresLexer(text, fragment.start(), fragment.textStart());
    boolean sameLine = previous.isPresent() && previous.get().end() == fragment.start();
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      observe(token, lexer);
      if (sameLine && breaks(lexer.start(), lexer.end()) > 0) {
        leading.forEach(comment -> add(comment.start(), comment.end(), previous.get()));
        clearLeading();
        sameLine = false;
      }
    }
    if (sameLine && fragment.isEmpty()) {
      leading.forEach(comment -> add(comment.start(), comment.end(), previous.get()));
      clearLeading();
    }
  }

  private void clearLeading() {
    leading.clear();
    apart = 0;
  }

  private void observe(Token token, PostgresLexer lexer) {
    if (token == Token.COMMENT) {
      leading.add(new Leading(lexer.start(), lexer.end()));
    } else if (breaks(lexer.start(), lexer.end()) > 1) {
      apart = leading.size();
    }
  }

  /** Comments inside a statement, or between it and its terminator, or after that before rows. */
  private void readWithin(Fragment fragment) {
    if (fragment.kind() == Statement.Kind.META) {
      return;
    }
    boolean rows = fragment.dataStart() > fragment.textEnd();
    int limit = rows ? fragment.dataStart() : fragment.end();
    PostgresLexer lexer = new PostgresLexer(text, fragment.textStart(), limit);
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.COMMENT) {
        add(lexer.start(), lexer.end(), fragment);
      }
    }
  }

  private void add(int start, int end, Fragment fragment) {
    for (Directive directive : directives(start, end, false, Optional.empty())) {
      if (directive.problem().isEmpty()) {
        ofFragment.computeIfAbsent(fragment, unused -> new ArrayList<>()).add(directive);
      }
    }
  }

  private void addWholeFile(Leading comment) {
    directives(comment.start(), comment.end(), true, Optional.empty()).stream()
        .filter(directive -> directive.problem().isEmpty())
        .forEach(wholeFile::add);
  }

  private List<Directive> directives(int start, int end, boolean whole, Optional<Problem> problem) {
    List<DirectiveComment> found = DirectiveComment.in(text.substring(start, end));
    List<Directive> directives = new ArrayList<>();
    for (DirectiveComment comment : found) {
      boolean alone = found.size() == 1;
      Optional<Problem> why = comment.problem().or(() -> problem);
      directives.add(
          new Directive(
              why.isPresent() ? List.of() : comment.rules(),
              comment.reason(),
              file.location(
                  alone ? start : start + comment.start(), alone ? end : start + comment.end()),
              whole,
              why));
    }
    all.addAll(directives);
    return directives;
  }

  /** How many line breaks there are from {@code start} to {@code end}, of any style. */
  private int breaks(int start, int end) {
    int count = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && (i + 1 == end || text.charAt(i + 1) != '\n'))) {
        count++;
      }
    }
    return count;
  }
}
