package dev.drydock.facts.mapping;

import dev.drydock.facts.TypeChange;
import dev.drydock.facts.TypeFacts;
import dev.drydock.replay.Observation;
import dev.drydock.schema.Function;
import dev.drydock.schema.Name;
import dev.drydock.schema.Schema;
import dev.drydock.schema.SchemaChange;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Type;
import dev.drydock.sql.Syntax;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns what one statement changed of a type into facts. */
final class TypeSubject {
  private final ChangeContext context;
  private final Observation observation;

  TypeSubject(ChangeContext context, Observation observation) {
    this.context = context;
    this.observation = observation;
  }

  EffectSubject of(SchemaChange change, Type now) {
    Optional<Type> before = change.before(Type.class);
    Optional<Type> later = change.after(Type.class);
    Type old = before.orElse(now);
    Name known = context.base().object(old.id()).map(SchemaObject::name).orElse(old.name());
    List<String> had = before.map(Type::labels).orElse(List.of());
    List<String> has = later.map(Type::labels).orElse(List.of());
    List<Type.Attribute> lost = lostAttributes(old, later);
    List<String> added = has.stream().filter(label -> !had.contains(label)).toList();
    List<String> removed = had.stream().filter(label -> !has.contains(label)).toList();
    List<String> addedNames = addedAttributes(old, later);
    Optional<Syntax.Part> part =
        named(
                "column",
                Stream.concat(lost.stream().map(Type.Attribute::name), addedNames.stream())
                    .toList())
            .or(() -> named("label", Stream.concat(removed.stream(), added.stream()).toList()));
    return new EffectSubject(
        "type",
        new TypeChange(
            change.event().id(),
            old.name().toString(),
            context.existedBefore(old.id()),
            before.map(FactMapper::type).orElse(FactMapper.NO_TYPE),
            later.map(FactMapper::type).orElse(FactMapper.NO_TYPE),
            in(context.base(), old),
            in(context.end(), old),
            added,
            removed,
            lost.stream().map(Type.Attribute::name).toList(),
            lost.stream()
                .filter(gone -> later.stream().anyMatch(t -> numbered(t, gone.number())))
                .map(Type.Attribute::name)
                .toList(),
            addedNames,
            lostConstraints(old, later),
            observation.statement().syntax().has(Syntax.Flag.PLACED),
            context.end().objects(Type.class).anyMatch(other -> other.name().equals(known))),
        old.name().toString(),
        List.of(part.map(Syntax.Part::kind).orElse("type")),
        part.map(Syntax.Part::name).orElse(old.name().local()));
  }

  private static TypeFacts in(Schema schema, Type type) {
    return schema.object(type.id(), Type.class).map(FactMapper::type).orElse(FactMapper.NO_TYPE);
  }

  /** The first part of that kind with one of the names. */
  private Optional<Syntax.Part> named(String kind, List<String> names) {
    return observation
        .statement()
        .syntax()
        .parts(kind)
        .filter(part -> names.contains(part.name()))
        .findFirst();
  }

  /** Attributes of {@code old} that it is without in {@code later}, production by its name too. */
  private List<Type.Attribute> lostAttributes(Type old, Optional<Type> later) {
    List<Type.Attribute> known = attributes(context.base(), old);
    List<String> atEnd = attributes(context.end(), old).stream().map(Type.Attribute::name).toList();
    return old.attributes().stream()
        .filter(attribute -> later.stream().noneMatch(t -> t.attributes().contains(attribute)))
        .filter(attribute -> known.stream().anyMatch(k -> k.name().equals(attribute.name())))
        .filter(attribute -> !atEnd.contains(attribute.name()))
        .toList();
  }

  private List<String> addedAttributes(Type old, Optional<Type> later) {
    List<Type.Attribute> known = attributes(context.base(), old);
    List<Type.Attribute> atEnd = attributes(context.end(), old);
    return later
        .filter(t -> !known.isEmpty() && isSpokenOf(old))
        .map(Type::attributes)
        .orElse(List.of())
        .stream()
        .filter(attribute -> !numbered(old, attribute.number()))
        .filter(attribute -> atEnd.stream().anyMatch(a -> a.number() == attribute.number()))
        .map(Type.Attribute::name)
        .toList();
  }

  /** Whether a column or a function of production has values of the type, or arrays of them. */
  private boolean isSpokenOf(Type type) {
    String name = context.base().object(type.id()).orElse(type).name().toString();
    return Stream.concat(
            context
                .base()
                .tables()
                .flatMap(table -> table.columns().stream())
                .map(column -> column.type().text()),
            context
                .base()
                .objects(Function.class)
                .flatMap(f -> Stream.concat(f.types().stream(), Stream.of(f.result()))))
        .anyMatch(text -> text.replaceFirst("^SETOF ", "").replaceAll("\\[]|\"", "").equals(name));
  }

  private List<String> lostConstraints(Type old, Optional<Type> later) {
    Optional<Type> atEnd = context.end().object(old.id(), Type.class);
    if (later.isEmpty() || atEnd.isEmpty() || !isUsed(old)) {
      return List.of();
    }
    List<String> kept = Stream.of(later.get(), atEnd.get()).flatMap(TypeSubject::promises).toList();
    return known(old)
        .filter(named -> !kept.contains(name(named)) && !kept.contains(demand(named)))
        .map(TypeSubject::name)
        .toList();
  }

  private Stream<String> known(Type old) {
    List<String> names =
        context
            .base()
            .object(old.id(), Type.class)
            .map(Type::constraints)
            .orElse(List.of())
            .stream()
            .map(TypeSubject::name)
            .toList();
    return old.constraints().stream().filter(named -> names.contains(name(named)));
  }

  private boolean isUsed(Type domain) {
    return context
        .end()
        .tables()
        .filter(table -> !table.isView())
        .flatMap(table -> table.columns().stream())
        .anyMatch(column -> column.type().typeId().equals(domain.id()));
  }

  /** The names of the constraints of a domain, and what they demand. */
  private static Stream<String> promises(Type domain) {
    return Stream.concat(
        domain.constraints().stream().flatMap(named -> Stream.of(name(named), demand(named))),
        domain.notNull() ? Stream.of("CHECK ((VALUE IS NOT NULL))") : Stream.empty());
  }

  private static String name(String constraint) {
    return constraint.substring(0, constraint.indexOf(": "));
  }

  private static String demand(String constraint) {
    return constraint.substring(constraint.indexOf(": ") + 2).replaceFirst(" NOT VALID$", "");
  }

  private static List<Type.Attribute> attributes(Schema schema, Type type) {
    return schema.object(type.id(), Type.class).map(Type::attributes).orElse(List.of());
  }

  private static boolean numbered(Type type, int number) {
    return type.attributes().stream().anyMatch(attribute -> attribute.number() == number);
  }
}
