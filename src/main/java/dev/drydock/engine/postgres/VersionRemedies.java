package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Query;
import dev.drydock.engine.postgres.server.ServerError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user can do about what is there, or has that name, in another version of the server. */
final class VersionRemedies {
  private static final Pattern FOREIGN_KEY =
      Pattern.compile("^constraint \"([^\"]+_fkey)\\d*\" of relation \"([^\"]+)\" does not exist");

  private static final Pattern NOT_NULL =
      Pattern.compile("^constraint \"([^\"]+_not_null)\" (?:of relation|for table) \"([^\"]+)\"");

  private static final int NAMES_NOT_NULL = 18;

  private static final Pattern FUNCTION =
      Pattern.compile("^function ([\\w$]+)\\(.*\\) does not exist");

  /** Functions that a migration may call, by the major version that has them from then on. */
  private static final Map<String, Integer> NEW =
      Map.ofEntries(
          Map.entry("gen_random_uuid", 13),
          Map.entry("string_to_table", 14),
          Map.entry("date_bin", 14),
          Map.entry("unistr", 14),
          Map.entry("regexp_count", 15),
          Map.entry("regexp_substr", 15),
          Map.entry("random_normal", 16),
          Map.entry("array_shuffle", 16),
          Map.entry("any_value", 16),
          Map.entry("uuid_extract_timestamp", 17),
          Map.entry("to_bin", 17),
          Map.entry("uuidv4", 18),
          Map.entry("uuidv7", 18),
          Map.entry("casefold", 18),
          Map.entry("crc32", 18),
          Map.entry("array_sort", 18),
          Map.entry("array_reverse", 18));

  private VersionRemedies() {}

  /**
   * Since PostgreSQL 18 a NOT NULL has the name of its table and column, which stays when the table
   * is renamed; whether that happened before or in this transaction, one of the two names is there.
   */
  static Optional<String> ofNotNull(ServerError error, Connection connection) throws SQLException {
    Matcher missing = NOT_NULL.matcher(error.message());
    if (!missing.find() || connection.getMetaData().getDatabaseMajorVersion() >= NAMES_NOT_NULL) {
      return Optional.empty();
    }
    return Query.value(
            connection,
            """
            select a.attname from pg_attribute a join pg_class r on r.oid = a.attrelid
            where a.attnotnull and a.attnum > 0 and not a.attisdropped and r.relkind in ('r', 'p')
              and (r.relname || '_' || a.attname || '_not_null' = ?
                or r.relname = ? and right(?, length(a.attname) + 10) = '_' || a.attname || '_not_null')
            limit 1""",
            missing.group(1),
            missing.group(2),
            missing.group(1))
        .map(
            column ->
                ("it is the name that PostgreSQL %1$d and newer give to a NOT NULL, and those before it give none:"
                        + " replay on the version that production has (`engine: postgresql@%1$d` in .drydock.yml)")
                    .formatted(NAMES_NOT_NULL));
  }

  /**
   * Since PostgreSQL 12 all its columns are in the name of a foreign key, before only the first.
   */
  static Optional<String> ofForeignKey(ServerError error, Connection connection)
      throws SQLException {
    Matcher missing = FOREIGN_KEY.matcher(error.message());
    if (!missing.find()) {
      return Optional.empty();
    }
    return Query.value(
            connection,
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
          order by c.conname""",
            missing.group(2),
            missing.group(1))
        .map(
            ("PostgreSQL 11 and older name a foreign key by its first column alone, newer ones by all of them (%s"
                    + " here), so that the keys of this table have other names: replay a dump of production's"
                    + " schema in the place of the migrations (`drydock lint PENDING --applied schema.sql`)")
                ::formatted);
  }

  static Optional<String> ofFunction(ServerError error, Connection connection) throws SQLException {
    Matcher function = FUNCTION.matcher(error.message());
    Optional<Integer> major =
        function.find() ? Optional.ofNullable(NEW.get(function.group(1))) : Optional.empty();
    return major.isPresent() && connection.getMetaData().getDatabaseMajorVersion() < major.get()
        ? Optional.of(
            "PostgreSQL %1$d and newer have that function: replay on the version that production has (`engine: postgresql@%1$d` in .drydock.yml)"
                .formatted(major.get()))
        : Optional.empty();
  }
}
