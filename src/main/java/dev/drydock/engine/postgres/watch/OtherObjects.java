package dev.drydock.engine.postgres.watch;

import dev.drydock.schema.Extension;
import dev.drydock.schema.Function;
import dev.drydock.schema.GrantTarget;
import dev.drydock.schema.Namespace;
import dev.drydock.schema.Publication;
import dev.drydock.schema.SchemaObject;
import dev.drydock.schema.Type;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the objects that hang on no relation are to be read: there may be thousands of
 * functions, and a dump says something of each by itself.
 *
 * @param any whether schemas, extensions, publications, roles and default privileges are, of which
 *     there are few
 * @param only oids of the types and functions that are; all when absent
 */
record OtherObjects(boolean any, Optional<Set<Long>> only) {
  static final OtherObjects NONE = new OtherObjects(false, Optional.of(Set.of()));
  static final OtherObjects ALL = new OtherObjects(true, Optional.empty());

  static OtherObjects only(Set<Long> oids) {
    return new OtherObjects(true, Optional.of(oids));
  }

  /** SQL for what {@code drydock.others()} has of them. */
  String question() {
    return any ? "drydock.others(" + only.map(Probe::array).orElse("null") + ")" : "'{}'";
  }

  /** Whether the answer has the object, if it is still there. */
  boolean include(SchemaObject object) {
    return switch (object) {
      case Namespace unused -> any;
      case Extension unused -> any;
      case Publication unused -> any;
      case GrantTarget unused -> any;
      case Type type -> include(type.id());
      case Function function -> include(function.id());
      default -> false;
    };
  }

  private boolean include(String id) {
    return only.isEmpty() || only.get().contains(Long.valueOf(id.substring(id.indexOf(':') + 1)));
  }
}
