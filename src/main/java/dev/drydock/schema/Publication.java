package dev.drydock.schema;

import java.util.List;
import java.util.Objects;

/**
 * What the server sends to subscribers of logical replication.
 *
 * @param everything whether it has all tables, those made later too
 * @param throughRoot whether what befalls a partition is sent as of the table above
 * @param updates whether it sends UPDATEs
 * @param deletes whether it sends DELETEs
 * @param schemas ids of the schemas all tables of which it has
 * @param members the tables that it has by name
 */
public record Publication(
    String id,
    Name name,
    boolean everything,
    boolean throughRoot,
    boolean updates,
    boolean deletes,
    List<String> schemas,
    List<Member> members)
    implements SchemaObject {

  /**
   * A table that a publication has by name.
   *
   * @param table its id
   * @param columns names of the columns that are sent; empty when all are
   * @param filter names of the columns by which it is decided which rows are sent; empty when all
   *     are
   * @param condition on rows that are sent, as the server keeps it; empty when all are
   */
  public record Member(String table, List<String> columns, List<String> filter, String condition) {
    public Member {
      Objects.requireNonNull(table);
      Objects.requireNonNull(condition);
      columns = List.copyOf(columns);
      filter = List.copyOf(filter);
    }
  }

  public Publication {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    schemas = List.copyOf(schemas);
    members = List.copyOf(members);
  }
}
