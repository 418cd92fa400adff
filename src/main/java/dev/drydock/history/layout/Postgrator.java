package dev.drydock.history.layout;

import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Postgrator: {@code <number>.do.<name>.sql} and {@code .undo.}, the name left out at will. */
final class Postgrator extends NewestOnly {
  private static final Pattern NAME =
      Pattern.compile("(\\d+)\\.(do|undo)(?:\\.(.*))?\\.(sql|js|mjs|cjs)");

  private static final Pattern FORWARD = Pattern.compile("\\d+\\.do(?:\\..*)?\\.sql");

  @Override
  public String id() {
    return "postgrator";
  }

  @Override
  public String tool() {
    return "Postgrator";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested() && place.anyNamed(FORWARD) && place.isMostly(NAME);
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Role.unnamed(file);
    }
    Version version = Version.numbered(parts.group(1));
    boolean forward = parts.group(2).equals("do");
    if (!parts.group(4).equals("sql")) {
      return forward ? new Role.Code(version) : new Role.Other();
    }
    String description = parts.group(3) == null ? "" : words(parts.group(3).replace('-', '_'));
    return forward ? new Role.Forward(version, description) : new Role.Backward(version);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.numbered(newest, NAME, ".do." + word + ".sql");
  }

  @Override
  public String pattern() {
    return "<number>.do.<name>.sql";
  }

  /** The checksum is over the text as it is. */
  @Override
  public boolean isSame(SourceFile base, SourceFile head) {
    return base.text().equals(head.text());
  }

  @Override
  public String whenEdited() {
    return "Postgrator compares checksums and refuses to migrate databases that ran it, unless validateChecksums is off";
  }

  @Override
  public String whenRenamed() {
    return "Postgrator goes by the newest number alone, so databases below the new one run it again";
  }

  @Override
  public Optional<String> whenLowered() {
    return Optional.of(
        "Postgrator goes by the newest number alone, so databases that ran it do not run it again, and those past the new number that have not run it never do, without a word");
  }

  @Override
  public String whenOlder() {
    return "Postgrator runs what is newer than the newest number it has, so databases that have that one never run it, without a word";
  }

  @Override
  public String whenTwice() {
    return "Postgrator refuses to start";
  }

  @Override
  public String whenIgnored() {
    return "Postgrator does not run it";
  }

  /** The file is one simple query, which the server makes one transaction. */
  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.IMPLICIT;
  }

  /** As {@code ensureTable} of the tool's client leaves it. */
  @Override
  public String prelude() {
    return """
          CREATE TABLE schemaversion (
              version bigint PRIMARY KEY,
              name text,
              md5 text,
              run_at timestamp with time zone
          );
          INSERT INTO schemaversion (version) VALUES (0);
          """;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "one statement alone in its file has none";
  }
}
