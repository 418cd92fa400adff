package dev.drydock.facts;

import dev.drydock.source.Location;
import dev.drydock.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a finding about a notice points: at the name that the notice has in quotes. */
final class NoticePlace {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")++)\"");

  private NoticePlace() {}

  static Location of(Statement statement, NoticeFacts notice) {
    Matcher quoted = QUOTED.matcher(notice.message());
    if (quoted.find()) {
      Matcher name =
          Pattern.compile(
                  "(?<![\\p{L}\\p{N}_$])" + Pattern.quote(quoted.group(1)) + "(?![\\p{L}\\p{N}_$])",
                  Pattern.CASE_INSENSITIVE)
              .matcher(statement.text());
      if (name.find()) {
        return statement
            .migration()
            .file()
            .location(statement.start() + name.start(), statement.start() + name.end());
      }
    }
    return statement.location();
  }
}
