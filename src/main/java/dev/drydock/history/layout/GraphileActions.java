package dev.drydock.history.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the settings of graphile-migrate name to be run at one of its events. */
final class GraphileActions {
  /** A list, or what stands alone in the place of one. */
  private static final String VALUE =
      "[\"']?\\b%s[\"']?\\s*:\\s*(\\[(?:\\{[^{}]*}|\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+'|[^\\]{\"'])*+]|\\{[^{}]*}|\"[^\"]*\"|'[^']*')";

  private static final Pattern ONE =
      Pattern.compile("\\{(?<object>[^{}]*)}|\"(?<name>[^\"]*)\"|'(?<other>[^']*)'");
  private static final Pattern SQL = Pattern.compile("[\"']?\\b_[\"']?\\s*:\\s*[\"']sql[\"']");
  private static final Pattern FILE =
      Pattern.compile("[\"']?\\bfile[\"']?\\s*:\\s*[\"']([^\"']+)[\"']");

  /** The copy of the database that is there to try migrations is none of production's. */
  private static final Pattern SHADOW = Pattern.compile("[\"']?\\bshadow[\"']?\\s*:\\s*true");

  private GraphileActions() {}

  /**
   * The files of SQL, in their order, below the directory of the migrations.
   *
   * @param event e.g. {@code afterReset}
   * @param settings without remarks
   */
  static List<String> files(String event, String settings) {
    List<String> files = new ArrayList<>();
    Matcher value = Pattern.compile(VALUE.formatted(event)).matcher(settings);
    if (!value.find()) {
      return files;
    }
    Matcher one = ONE.matcher(value.group(1));
    while (one.find()) {
      String object = one.group("object");
      if (object == null) {
        files.add(one.group("name") == null ? one.group("other") : one.group("name"));
      } else if (SQL.matcher(object).find() && !SHADOW.matcher(object).find()) {
        Matcher file = FILE.matcher(object);
        if (file.find()) {
          files.add(file.group(1));
        }
      }
    }
    // What begins with a mark is run with the rights of the superuser, as all of it is here.
    return files.stream().map(name -> name.replaceFirst("^!", "")).toList();
  }
}
