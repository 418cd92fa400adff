package dev.drydock.schema;

import java.util.List;
import java.util.Objects;

/**
 * A function, procedure or aggregate.
 *
 * @param kind {@code function}, {@code procedure}, {@code aggregate} or {@code window}
 * @param arguments their types, as the engine prints them
 * @param types the types of what a caller gives it, in order
 * @param names what a caller may call each of them by; empty for one without a name
 * @param required how many of them have no default
 * @param volatility {@code immutable}, {@code stable} or {@code volatile}
 * @param settings what it sets while it runs, each as {@code name=value}
 * @param body its source text; empty for one that the server keeps parsed
 * @param uses ids of the functions that it calls, as far as the server keeps track of that: for one
 *     that it keeps parsed
 * @param grants who may call it, {@code PUBLIC} too where nobody has said otherwise
 */
public record Function(
    String id,
    Name name,
    String kind,
    String arguments,
    String result,
    List<String> types,
    List<String> names,
    int required,
    String language,
    String volatility,
    boolean securityDefiner,
    List<String> settings,
    String body,
    List<String> uses,
    List<Grant> grants)
    implements SchemaObject {
  public Function {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(arguments);
    Objects.requireNonNull(result);
    types = List.copyOf(types);
    names = List.copyOf(names);
    Objects.requireNonNull(language);
    Objects.requireNonNull(volatility);
    settings = List.copyOf(settings);
    Objects.requireNonNull(body);
    uses = List.copyOf(uses);
    grants = List.copyOf(grants);
  }
}
