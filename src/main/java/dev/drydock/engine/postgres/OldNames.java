package dev.drydock.engine.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user can do about a constraint that an older server gave another name. */
final class OldNames {
  private static final Pattern OF_TABLE =
      Pattern.compile("^constraint \"([^\"]+_fkey)\\d*\" of relation \"([^\"]+)\" does not exist");

  private OldNames() {}

  /**
   * Since PostgreSQL 12 all its columns are in the name of a foreign key, before only the first.
   */
  static Optional<String> ofForeignKey(ServerError error, Connection connection)
      throws SQLException {
    Matcher missing = OF_TABLE.matcher(error.message());
    if (!missing.find()) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select c.conname from pg_constraint c
            join pg_class r on r.oid = c.conrelid and r.relname = ?
            cross join lateral (
              select array_agg(a.attname::text order by k.place) as names
              from unnest(c.conkey) with ordinality k(number, place)
              join pg_attribute a on a.attrelid = r.oid and a.attnum = k.number) keys
            where c.contype = 'f' and cardinality(c.conkey) > 1
              and r.relname || '_' || names[1] || '_fkey' = ?
              and starts_with(c.conname, r.relname || '_' || array_to_string(names, '_') || '_fkey')
            order by c.conname""")) {
      query.setString(1, missing.group(2));
      query.setString(2, missing.group(1));
      try (ResultSet keys = query.executeQuery()) {
        return keys.next()
            ? Optional.of(
                ("PostgreSQL 11 and older name a foreign key by its first column alone, newer ones by all of them (%s"
                        + " here), so that the keys of this table have other names: replay a dump of production's"
                        + " schema in the place of the migrations (drydock lint PENDING --applied schema.sql)")
                    .formatted(keys.getString(1)))
            : Optional.empty();
      }
    }
  }
}
