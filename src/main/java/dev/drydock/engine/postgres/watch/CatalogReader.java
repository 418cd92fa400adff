package dev.drydock.engine.postgres.watch;

import static dev.drydock.engine.postgres.watch.JsonFields.line;
import static dev.drydock.engine.postgres.watch.JsonFields.reference;
import static dev.drydock.engine.postgres.watch.JsonFields.strings;
import static dev.drydock.engine.postgres.watch.JsonFields.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.engine.postgres.server.Query;
import dev.drydock.schema.Column;
import dev.drydock.schema.ColumnType;
import dev.drydock.schema.Constraint;
import dev.drydock.schema.Extension;
import dev.drydock.schema.Function;
import dev.drydock.schema.Grant;
import dev.drydock.schema.GrantTarget;
import dev.drydock.schema.Index;
import dev.drydock.schema.Name;
import dev.drydock.schema.Namespace;
import dev.drydock.schema.Policy;
import dev.drydock.schema.RewriteRule;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.SearchConfiguration;
import dev.drydock.schema.Sequence;
import dev.drydock.schema.Table;
import dev.drydock.schema.TablePart;
import dev.drydock.schema.Trigger;
import dev.drydock.schema.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the catalog through {@code drydock.relations()} and {@code drydock.others()}, whose JSON it
 * turns into schema objects.
 */
public final class CatalogReader {
  private static final int FIRST_USER_OID = 16384;

  private final ObjectMapper json = new ObjectMapper();

  /** How many tables, views and sequences of the user there are. */
  public static int count(Connection connection) throws SQLException {
    return Query.value(connection, "select pg_catalog.cardinality(drydock.user_relations())")
        .map(Integer::valueOf)
        .orElseThrow();
  }

  /** Tables, views and sequences of the user, as any session sees them. */
  public static List<SchemaObject> relations(Connection connection) throws SQLException {
    return Query.value(connection, "select drydock.relations(drydock.user_relations())")
        .map(new CatalogReader()::relations)
        .orElseThrow();
  }

  /** Tables, views and sequences. */
  public List<SchemaObject> relations(String text) {
    JsonNode root = parse(text);
    Map<String, List<Column>> columns = new HashMap<>();
    Map<String, List<Constraint>> constraints = new HashMap<>();
    Map<String, List<Index>> indexes = new HashMap<>();
    Map<String, List<Trigger>> triggers = new HashMap<>();
    Map<String, List<Policy>> policies = new HashMap<>();
    Set<String> disabled = new HashSet<>(strings(root.get("disabledInternal")));
    Map<String, String> schemas = new HashMap<>();
    root.path("relations").forEach(r -> schemas.put(text(r, "id"), text(r, "schema")));
    root.path("columns").forEach(c -> add(columns, column(c, schemas)));
    root.path("constraints").forEach(c -> add(constraints, constraint(c, schemas)));
    root.path("indexes").forEach(i -> add(indexes, index(i)));
    root.path("triggers").forEach(t -> add(triggers, trigger(t, schemas)));
    root.path("policies").forEach(p -> add(policies, policy(p, schemas)));
    List<SchemaObject> objects = new ArrayList<>();
    for (JsonNode r : root.path("relations")) {
      String id = text(r, "id");
      Name name = new Name(text(r, "schema"), text(r, "name"));
      List<Grant> grants = grants(r.get("grants"), id, name);
      JsonNode sequence = r.path("sequence");
      if (!sequence.isMissingNode() && !sequence.isNull()) {
        objects.add(sequence(id, name, sequence, grants));
      } else {
        objects.add(
            new Table(
                id,
                name,
                CatalogCodes.relationKind(text(r, "kind")),
                CatalogCodes.persistence(text(r, "persistence")),
                text(r, "owner"),
                text(r, "method"),
                text(r, "tablespace"),
                strings(r.get("options")),
                r.path("rowSecurity").asBoolean(),
                r.path("forceRowSecurity").asBoolean(),
                text(r, "replicaIdentity"),
                strings(r.get("parents")),
                text(r, "partitionKey"),
                text(r, "bound"),
                reference(r, "defaultPartition"),
                text(r, "definition"),
                dependencies(r.get("dependsOn")),
                text(r, "comment"),
                text(r, "storage"),
                r.path("filled").asBoolean(true),
                r.path("writable").asBoolean(true),
                text(r, "extension"),
                r.path("hypertable").asBoolean(),
                disabled.contains(id),
                rules(r.path("rules")),
                columns.getOrDefault(id, List.of()),
                constraints.getOrDefault(id, List.of()),
                indexes.getOrDefault(id, List.of()),
                triggers.getOrDefault(id, List.of()),
                policies.getOrDefault(id, List.of()),
                grants));
      }
    }
    return objects;
  }

  private static List<RewriteRule> rules(JsonNode node) {
    List<RewriteRule> rules = new ArrayList<>();
    for (JsonNode r : node) {
      rules.add(
          new RewriteRule(
              text(r, "name"),
              CatalogCodes.ruleEvent(text(r, "event")),
              r.path("conditional").asBoolean(),
              r.path("instead").asBoolean(),
              r.path("nothing").asBoolean()));
    }
    return rules;
  }

  /** Schemas, types, functions, extensions, publications, roles and default privileges. */
  List<SchemaObject> others(String text) {
    JsonNode root = parse(text);
    List<SchemaObject> objects = new ArrayList<>();
    root.path("schemas").forEach(n -> objects.add(namespace(n)));
    root.path("types").forEach(t -> objects.add(type(t)));
    root.path("functions").forEach(f -> objects.add(function(f)));
    root.path("extensions").forEach(e -> objects.add(extension(e)));
    root.path("publications").forEach(p -> objects.add(PublicationReader.publication(p)));
    root.path("targets").forEach(t -> objects.add(target(t)));
    return objects;
  }

  private static Namespace namespace(JsonNode n) {
    // Each catalog numbers its rows by itself, so an id is unique only together with what it is of.
    String id = "schema:" + text(n, "id");
    Name name = new Name("", text(n, "name"));
    List<SearchConfiguration> searches = new ArrayList<>();
    n.path("searches")
        .forEach(
            s ->
                searches.add(
                    new SearchConfiguration(text(s, "name"), strings(s.get("dictionaries")))));
    return new Namespace(id, name, text(n, "owner"), searches, grants(n.get("grants"), id, name));
  }

  private static Type type(JsonNode t) {
    return new Type(
        "type:" + text(t, "id"),
        new Name(text(t, "schema"), text(t, "name")),
        CatalogCodes.typeKind(text(t, "kind")),
        strings(t.get("labels")),
        text(t, "baseType"),
        t.path("notNull").asBoolean(),
        text(t, "default"),
        domainConstraints(t.path("constraints")),
        attributes(t.path("attributes")));
  }

  private static Function function(JsonNode f) {
    String id = "function:" + text(f, "id");
    Name name = new Name(text(f, "schema"), text(f, "name"));
    return new Function(
        id,
        name,
        CatalogCodes.functionKind(text(f, "kind")),
        text(f, "arguments"),
        text(f, "result"),
        strings(f.get("types")),
        strings(f.get("names")),
        f.path("required").asInt(),
        text(f, "language"),
        CatalogCodes.volatility(text(f, "volatility")),
        f.path("securityDefiner").asBoolean(),
        strings(f.get("settings")),
        text(f, "body"),
        strings(f.get("uses")),
        grants(f.get("grants"), id, name));
  }

  private static Extension extension(JsonNode e) {
    return new Extension(
        "extension:" + text(e, "id"), new Name("", text(e, "name")), text(e, "version"));
  }

  private static GrantTarget target(JsonNode t) {
    String kind = text(t, "kind");
    String id = kind + ":" + text(t, "id");
    Name name = new Name("", text(t, "name"));
    return new GrantTarget(
        id,
        name,
        kind,
        t.path("unlimited").asBoolean(),
        t.path("unsecured").asBoolean(),
        t.path("login").asBoolean(),
        text(t, "password"),
        text(t, "searchPath"),
        grants(t.get("grants"), id, name));
  }

  JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the observer's own JSON does not parse", e);
    }
  }

  private static <T extends TablePart> void add(Map<String, List<T>> byTable, T part) {
    byTable.computeIfAbsent(part.table(), unused -> new ArrayList<>()).add(part);
  }

  private static Column column(JsonNode c, Map<String, String> schemas) {
    String table = text(c, "table");
    String type = text(c, "type");
    String baseType = text(c, "domainOf").isEmpty() ? type : text(c, "domainOf");
    String typeId = c.path("typeId").asLong() >= FIRST_USER_OID ? "type:" + text(c, "typeId") : "";
    ColumnType columnType = CatalogCodes.columnType(type, baseType, text(c, "typeKind"), typeId);
    return new Column(
        table + "." + text(c, "number"),
        new Name(schemas.getOrDefault(table, ""), text(c, "name")),
        table,
        c.path("number").asInt(),
        columnType,
        c.path("notNull").asBoolean(),
        CatalogCodes.defaultValue(line(c, "default")),
        CatalogCodes.identity(text(c, "identity")),
        CatalogCodes.generated(text(c, "generated")),
        text(c, "collation"),
        text(c, "comment"),
        c.path("local").asBoolean());
  }

  private static Constraint constraint(JsonNode c, Map<String, String> schemas) {
    String table = text(c, "table");
    String index = reference(c, "index");
    boolean ownIndex = !text(c, "type").equals("f");
    return new Constraint(
        "constraint:" + text(c, "id"),
        new Name(schemas.getOrDefault(table, ""), text(c, "name")),
        table,
        CatalogCodes.constraintType(text(c, "type")),
        c.path("validated").asBoolean(),
        c.path("deferrable").asBoolean(),
        line(c, "definition"),
        line(c, "expression"),
        strings(c.get("columns")),
        reference(c, "referencedTable"),
        strings(c.get("referencedColumns")),
        ownIndex ? index : "",
        !reference(c, "parent").isEmpty() || !c.path("local").asBoolean(true),
        text(c, "type").equals("f") ? CatalogCodes.onDelete(text(c, "onDelete")) : "");
  }

  private static Index index(JsonNode i) {
    String table = text(i, "table");
    String constraint = reference(i, "constraint");
    return new Index(
        text(i, "id"),
        new Name(text(i, "schema"), text(i, "name")),
        table,
        i.path("unique").asBoolean(),
        i.path("primary").asBoolean(),
        i.path("valid").asBoolean(),
        i.path("replicaIdentity").asBoolean(),
        text(i, "method"),
        strings(i.get("columns")).stream().map(PrintedExpression::inOneLine).toList(),
        strings(i.get("included")),
        String.join(" / ", text(i, "classes"), text(i, "collations"), text(i, "order")),
        line(i, "predicate"),
        text(i, "definition"),
        constraint.isEmpty() ? "" : "constraint:" + constraint,
        reference(i, "parent"),
        i.path("partitioned").asBoolean(),
        text(i, "storage"));
  }

  private static Trigger trigger(JsonNode t, Map<String, String> schemas) {
    String table = text(t, "table");
    return new Trigger(
        "trigger:" + text(t, "id"),
        new Name(schemas.getOrDefault(table, ""), text(t, "name")),
        table,
        // Not on a replica alone (R): there it fires, and for whoever writes here it does not.
        "OA".contains(text(t, "enabled")),
        "function:" + text(t, "function"),
        text(t, "fires"),
        text(t, "firing"),
        text(t, "definition"));
  }

  private static Policy policy(JsonNode p, Map<String, String> schemas) {
    String table = text(p, "table");
    return new Policy(
        "policy:" + text(p, "id"),
        new Name(schemas.getOrDefault(table, ""), text(p, "name")),
        table,
        CatalogCodes.policyCommand(text(p, "command")),
        p.path("permissive").asBoolean(),
        strings(p.get("roles")),
        line(p, "using"),
        line(p, "check"));
  }

  private static Sequence sequence(String id, Name name, JsonNode s, List<Grant> grants) {
    String range =
        "start %s increment %s min %s max %s cache %s cycle %s"
            .formatted(
                text(s, "start"),
                text(s, "increment"),
                text(s, "min"),
                text(s, "max"),
                text(s, "cache"),
                text(s, "cycle"));
    return new Sequence(
        id,
        name,
        text(s, "type"),
        range,
        s.path("last").isNumber() ? OptionalLong.of(s.path("last").asLong()) : OptionalLong.empty(),
        reference(s, "ownerTable"),
        text(s, "ownerColumn"),
        grants);
  }

  private static List<Grant> grants(JsonNode pairs, String object, Name name) {
    if (pairs == null || pairs.isNull()) {
      return List.of();
    }
    Map<String, List<String>> byGrantee = new TreeMap<>();
    pairs.forEach(
        pair ->
            byGrantee
                .computeIfAbsent(pair.get(0).asText(), unused -> new ArrayList<>())
                .add(pair.get(1).asText()));
    List<Grant> grants = new ArrayList<>();
    byGrantee.forEach(
        (grantee, privileges) ->
            grants.add(
                new Grant("grant:" + object + ":" + grantee, name, object, grantee, privileges)));
    return grants;
  }

  private static List<Table.Dependency> dependencies(JsonNode pairs) {
    List<Table.Dependency> dependencies = new ArrayList<>();
    if (pairs != null && !pairs.isNull()) {
      pairs.forEach(
          pair ->
              dependencies.add(
                  new Table.Dependency(
                      pair.get(0).asText(), pair.get(1).isNull() ? "" : pair.get(1).asText())));
    }
    return dependencies;
  }

  private static List<Type.Attribute> attributes(JsonNode list) {
    List<Type.Attribute> all = new ArrayList<>();
    for (JsonNode a : list) {
      all.add(new Type.Attribute(a.path("number").asInt(), text(a, "name"), text(a, "type")));
    }
    return all;
  }

  private static List<String> domainConstraints(JsonNode constraints) {
    List<String> texts = new ArrayList<>();
    constraints.forEach(c -> texts.add(text(c, "name") + ": " + line(c, "definition")));
    return texts;
  }
}
