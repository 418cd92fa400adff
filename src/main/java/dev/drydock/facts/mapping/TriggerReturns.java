package dev.drydock.facts.mapping;

import dev.drydock.schema.Function;
import dev.drydock.sql.Comments;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the function of a trigger gives back to the server, as far as its text is sure to tell. */
final class TriggerReturns {
  private static final Pattern RETURN =
      Pattern.compile("\\breturn\\s+([^;]+);", Pattern.CASE_INSENSITIVE);

  private static final Pattern TEXT = Pattern.compile("'[^']*'");

  /** The rows are another's then, or nothing is given back at all. */
  private static final Pattern UNSURE =
      Pattern.compile(
          "\\b(?:new|old)\\s*:?=|\\binto\\s+(?:strict\\s+)?(?:new|old)\\s*[\\s;]"
              + "|\\braise\\b(?!\\s+(?:debug|log|info|notice|warning)\\b)",
          Pattern.CASE_INSENSITIVE);

  /** Where a row that is not written goes instead. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "\\b(?:insert|update|delete|merge|execute|perform|call|copy)\\b",
          Pattern.CASE_INSENSITIVE);

  private TriggerReturns() {}

  /**
   * What its RETURN statements say, in lower case; empty where it may raise an error instead, or
   * put another row in the place of one, and where it returns null and may have written the row
   * itself.
   */
  static List<String> of(Function function) {
    String body = TEXT.matcher(Comments.without(function.body())).replaceAll("''");
    if (!function.language().equals("plpgsql") || UNSURE.matcher(body).find()) {
      return List.of();
    }
    List<String> said =
        RETURN
            .matcher(body)
            .results()
            .map(found -> found.group(1).strip().toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .toList();
    return said.contains("null") && ELSEWHERE.matcher(body).find() ? List.of() : said;
  }
}
