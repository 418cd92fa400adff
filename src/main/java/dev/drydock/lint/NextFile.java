package dev.drydock.lint;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A name for the migration after the newest one, by the numbering of its neighbours. */
final class NextFile {
  private static final Pattern FLYWAY = Pattern.compile("^(V(?:\\d+[._])*)(\\d+)(__.*)$");
  private static final Pattern NUMBERED = Pattern.compile("^(\\D{0,1})(\\d+)(.*)$");
  private static final String WORD = "finish";

  private NextFile() {}

  /**
   * The path of that migration.
   *
   * @param layout id of the layout
   * @param newest the file of the newest migration
   */
  static Path after(String layout, Path newest) {
    String own = newest.getFileName().toString();
    if (layout.equals("diesel") || layout.equals("prisma")) {
      Path folder = newest.getParent();
      return folder
          .resolveSibling(next(NUMBERED, folder.getFileName().toString(), ""))
          .resolve(own);
    }
    String ending = own.endsWith(".up.sql") ? ".up.sql" : ".sql";
    return newest.resolveSibling(next(layout.equals("flyway") ? FLYWAY : NUMBERED, own, ending));
  }

  private static String next(Pattern pattern, String name, String ending) {
    String stem = name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
    Matcher parts = pattern.matcher(stem);
    if (!parts.matches()) {
      return stem + "_" + WORD + ending;
    }
    String number = new BigInteger(parts.group(2)).add(BigInteger.ONE).toString();
    String padded = "0".repeat(Math.max(0, parts.group(2).length() - number.length())) + number;
    String separator = parts.group(3).startsWith("__") ? "__" : "_";
    return parts.group(1) + padded + separator + WORD + ending;
  }
}
