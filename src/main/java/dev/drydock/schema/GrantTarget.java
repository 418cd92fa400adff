package dev.drydock.schema;

import java.util.List;
import java.util.Objects;

/**
 * What rights can be given on and is no object of the schema itself: a role, whose members may act
 * for it, or what a role will create from now on.
 *
 * @param name of the role; of default privileges, in words, what they are for
 * @param kind {@code role} or {@code default privileges}
 * @param unlimited of a role, whether no right is asked of it that a grant could give: a superuser,
 *     or the role that migrates, of which nobody knows what it is in production
 * @param unsecured of a role, whether row level security does not hold for it: a superuser or one
 *     with BYPASSRLS; not said of the role that migrates
 * @param login of a role, whether it may connect
 * @param password of a role, what tells its password from another; empty where it has none
 * @param searchPath of a role, the search_path that its sessions begin with, as it is set
 */
public record GrantTarget(
    String id,
    Name name,
    String kind,
    boolean unlimited,
    boolean unsecured,
    boolean login,
    String password,
    String searchPath,
    List<Grant> grants)
    implements SchemaObject {
  public GrantTarget {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(password);
    Objects.requireNonNull(searchPath);
    grants = List.copyOf(grants);
  }
}
