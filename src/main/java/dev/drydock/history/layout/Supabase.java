package dev.drydock.history.layout;

import dev.drydock.history.Dialect;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Supabase CLI: {@code supabase/migrations/<time>_<name>.sql}, ordered by the digits as text,
 * in a database that has schemas of Supabase's own.
 */
public final class Supabase extends Layout {
  /** As the CLI's pkg/migration/file.go has it. */
  private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.sql");

  private static final Path HOME = Path.of("supabase", "migrations");
  private static final String SETTINGS = "config.toml";

  @Override
  public String id() {
    return "supabase";
  }

  @Override
  public String tool() {
    return "Supabase";
  }

  @Override
  public boolean recognises(Place place) {
    return !place.nested()
        && place.directory().endsWith(HOME)
        && (place.anyNamed(NAME)
            || place.around().has(Folders.of(place.directory()).resolve(SETTINGS)));
  }

  @Override
  public Role role(Path file) {
    String name = Folders.name(file);
    Matcher parts = NAME.matcher(name);
    if (parts.matches()) {
      return new Role.Forward(Version.textual(parts.group(1)), words(parts.group(2)));
    }
    return Role.unnamed(file);
  }

  @Override
  Optional<Path> named(Path newest, String word) {
    return NextName.numbered(newest, NAME, "_" + word + ".sql");
  }

  @Override
  public String pattern() {
    return "<timestamp>_<name>.sql";
  }

  @Override
  public String whenDeleted() {
    return "supabase db push stops at every database that ran it, until supabase migration repair is told of it";
  }

  @Override
  public String whenRenamed() {
    return "the CLI knows a migration by its timestamp, so supabase db push stops at every database that ran the old one";
  }

  @Override
  public String whenOlder() {
    return "supabase db push refuses it unless it is told --include-all, and new databases run it before";
  }

  @Override
  public String whenTwice() {
    return "the CLI keeps each timestamp once, so the second one fails";
  }

  @Override
  public String whenIgnored() {
    return "the CLI skips it";
  }

  @Override
  public Transaction transaction(SourceFile file, Surroundings around) {
    return Transaction.DIVIDED;
  }

  @Override
  public String howToGoWithoutTransaction() {
    return "run it with the Supabase CLI 2.109 or newer, which takes such a statement out of the transaction";
  }

  @Override
  public Optional<Dialect> dialect(Path directory, Surroundings around) {
    return Optional.of(Dialect.POSTGRESQL);
  }

  /** Besides the CLI's own table: the schemas of a project, which no migration makes. */
  @Override
  public String prelude() {
    return SqlText.resource("supabase.sql");
  }
}
