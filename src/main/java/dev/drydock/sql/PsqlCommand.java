package dev.drydock.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command of psql's own, by what it comes to in a replay. */
public final class PsqlCommand {
  /** What psql does with these changes nothing on the server. */
  private static final Set<String> HARMLESS =
      Set.of(
          "\\restrict",
          "\\unrestrict",
          "\\set",
          "\\unset",
          "\\echo",
          "\\qecho",
          "\\warn",
          "\\timing",
          "\\pset",
          "\\encoding",
          "\\x",
          "\\t",
          "\\a",
          "\\o",
          "\\q",
          "\\quit",
          "\\conninfo",
          "\\p",
          "\\l",
          "\\z",
          "\\sf",
          "\\sv",
          "\\errverbose");

  /** They send what stands before them, as a semicolon does; the rest is done with the answer. */
  private static final Set<String> SENDING = Set.of("\\g", "\\gx", "\\gset", "\\crosstabview");

  private static final Pattern SHOWING = Pattern.compile("\\\\d[A-Za-z]*[+S]*");

  private static final Pattern CONNECTION =
      Pattern.compile(
          "\\\\c(?:onnect)?\\s+(?:\"([^\"]+)\"|'([^']+)'|([\\w-]+))(?:\\s+[\\w-]+)*\\s*;?");

  /** After these another command may stand in the same line. */
  private static final Pattern FOLLOWED =
      Pattern.compile("\\\\(?:if|elif|else|endif|set|unset|echo|qecho|warn)\\b.*", Pattern.DOTALL);

  private static final Pattern ONE =
      Pattern.compile("\\\\(?:'(?:[^'\\\\]|''|\\\\.)*+'|[^\\\\'])*+");

  private static final Pattern INCLUSION =
      Pattern.compile(
          "\\\\(?:i|ir|include|include_relative)\\s+(?:'([^'\\n]+)'|([^\\s'\\\\:;]+))\\s*;?");

  /** What a connection is made to only for making another database. */
  private static final Set<String> MAINTENANCE = Set.of("postgres", "template1");

  private PsqlCommand() {}

  static String name(String command) {
    return command.split("\\s", 2)[0];
  }

  /** Whether nothing on the server depends on it, or no more than a replay can tell. */
  public static boolean isHarmless(String command) {
    String name = name(command);
    return HARMLESS.contains(name) || SENDING.contains(name) || SHOWING.matcher(name).matches();
  }

  /** Whether it moves rows from or to a file, which leaves the schema as it is. */
  public static boolean isCopy(String command) {
    return name(command).equals("\\copy");
  }

  /** The database that a command connects to; empty where it is none that keeps anything. */
  public static Optional<String> connects(String command) {
    Matcher connection = CONNECTION.matcher(command);
    if (!connection.matches()) {
      return Optional.empty();
    }
    for (int group = 1; group <= connection.groupCount(); group++) {
      if (connection.group(group) != null) {
        String name = connection.group(group);
        return Optional.of(name.equals("-") || MAINTENANCE.contains(name) ? "" : name);
      }
    }
    return Optional.empty();
  }

  /** Whether a replay can do with it. */
  public static boolean isReplayed(String command) {
    return isHarmless(command) || isCopy(command) || connects(command).isPresent();
  }

  /** What to do about one that no replay can do with. */
  public static String remedy(String command) {
    return switch (name(command)) {
      case "\\if", "\\elif" ->
          "give the variable it asks for a value under `placeholders:` in .drydock.yml, a colon before its name";
      case "\\c", "\\connect" ->
          "a replay has one database: lint the files for each by themselves (drydock lint PENDING --applied DIR)";
      case "\\i", "\\ir", "\\include", "\\include_relative" ->
          "the file it names is not found from here: write what that holds into the migration, or into a copy of it"
              + " under `stand-ins:` in .drydock.yml";
      default ->
          "write what it does as SQL, in a copy of the migration, and name that under `stand-ins:` in .drydock.yml";
    };
  }

  /** The name of the file that a command has run in its place. */
  static Optional<String> includes(String command) {
    Matcher include = INCLUSION.matcher(command);
    return include.matches()
        ? Optional.of(include.group(1) == null ? include.group(2) : include.group(1))
        : Optional.empty();
  }

  /** The offsets in a line of the commands that stand in it, in their order. */
  static List<Integer> starts(String line) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    int at = 0;
    while (FOLLOWED.matcher(line).region(at, line.length()).matches()) {
      Matcher one = ONE.matcher(line).region(at, line.length());
      if (!one.lookingAt() || one.end() == at || one.end() >= line.length()) {
        break;
      }
      at = one.end();
      starts.add(at);
    }
    return starts;
  }
}
