package dev.drydock.facts.mapping;

import dev.drydock.facts.NoticeFacts;
import dev.drydock.source.Location;
import dev.drydock.sql.Mention;
import dev.drydock.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a finding about a notice points: at the name that the notice has in quotes. */
final class NoticePlace {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")++)\"");

  private NoticePlace() {}

  static Location of(Statement statement, NoticeFacts notice) {
    Matcher quoted = QUOTED.matcher(notice.message());
    return quoted.find()
        ? Mention.first(quoted.group(1), statement.text())
            .map(name -> statement.location(name.start(), name.end()))
            .orElse(statement.location())
        : statement.location();
  }
}
