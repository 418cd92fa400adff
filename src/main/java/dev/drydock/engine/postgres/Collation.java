package dev.drydock.engine.postgres;

import dev.drydock.engine.postgres.server.Quoted;
import dev.drydock.engine.postgres.server.Server;
import dev.drydock.engine.postgres.server.ServerError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A collation that was not found under the name of a locale. Most are the operating system's, and
 * which of them a server has was found out when its cluster was made. A name that is none of a
 * locale was made by somebody, or is wrong.
 *
 * @param ofServer whether it was sought among the server's own
 */
record Collation(String name, boolean ofServer) {
  private static final String UNDEFINED_OBJECT = "42704";

  private static final Pattern MISSING =
      Pattern.compile(
          "collation \"(pg_catalog\\.)?((?:[a-z]{2,3}(?:[_-]\\w+)*|C|POSIX)(?:\\.[\\w-]+)?(?:@\\w+)?)\" for encoding");

  /** Written to the catalog, so that nothing of a migration's can run with these rights. */
  private static final String AMONG_SERVERS_OWN =
      """
      insert into pg_catalog.pg_collation
      select (pg_catalog.jsonb_populate_record(c, pg_catalog.jsonb_build_object('oid',
        (select pg_catalog.max(o.oid::pg_catalog.int8) + 1 from pg_catalog.pg_collation o),
        'collname', ?::pg_catalog.text))).*
      from pg_catalog.pg_collation c
      where c.collname = 'C' and c.collnamespace = 'pg_catalog'::pg_catalog.regnamespace
      """;

  static Optional<Collation> missing(SQLException failure) {
    Matcher missing = MISSING.matcher(ServerError.words(failure));
    return UNDEFINED_OBJECT.equals(failure.getSQLState()) && missing.find()
        ? Optional.of(new Collation(missing.group(2), missing.group(1) != null))
        : Optional.empty();
  }

  /** Makes one of that name which sorts by bytes, and says whether it could. */
  boolean make(Server server, String database, Repairs.Migrator migrator) throws SQLException {
    // Only a superuser may make one beside the server's own; of others it goes where it is sought.
    if (made("pg_catalog." + Quoted.name(name), migrator)) {
      return true;
    }
    if (!ofServer) {
      return made(Quoted.name(name), migrator);
    }
    try (Connection connection = server.connectAdmin(database);
        PreparedStatement insert = connection.prepareStatement(AMONG_SERVERS_OWN)) {
      insert.setString(1, name);
      return insert.executeUpdate() == 1;
    }
  }

  private static boolean made(String name, Repairs.Migrator migrator) {
    try {
      migrator.run("create collation %s from pg_catalog.\"C\"".formatted(name));
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** A sentence without its full stop. */
  String notice() {
    return "collation %s is not among those of Drydock's system: one that sorts by bytes took its place"
        .formatted(name);
  }
}
