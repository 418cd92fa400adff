package dev.drydock.engine.postgres.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions to a server whose answer is one row. */
public final class Query {
  private Query() {}

  /**
   * The columns of the first row, as texts; absent when there is none.
   *
   * @param parameters the values of the question marks in it, in order
   */
  public static Optional<List<String>> row(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(columns(rows)) : Optional.empty();
      }
    }
  }

  private static List<String> columns(ResultSet row) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      columns.add(row.getString(i));
    }
    return columns;
  }

  /** The first column of the first row, which has a value; absent when there is none. */
  public static Optional<String> value(Connection connection, String sql, String... parameters)
      throws SQLException {
    return row(connection, sql, parameters).map(List::getFirst);
  }
}
