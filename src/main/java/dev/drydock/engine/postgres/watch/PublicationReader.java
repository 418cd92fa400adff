package dev.drydock.engine.postgres.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.schema.Name;
import dev.drydock.schema.Publication;
import java.util.ArrayList;
import java.util.List;

/** Turns what {@code drydock.others()} says of a publication into one. */
final class PublicationReader {
  private PublicationReader() {}

  static Publication publication(JsonNode p) {
    List<Publication.Member> members = new ArrayList<>();
    for (JsonNode m : p.path("members")) {
      members.add(
          new Publication.Member(
              JsonFields.text(m, "table"),
              JsonFields.strings(m.get("columns")),
              JsonFields.strings(m.get("filter")),
              JsonFields.text(m, "condition")));
    }
    return new Publication(
        "publication:" + JsonFields.text(p, "id"),
        new Name("", JsonFields.text(p, "name")),
        p.path("everything").asBoolean(),
        p.path("throughRoot").asBoolean(),
        p.path("updates").asBoolean(),
        p.path("deletes").asBoolean(),
        JsonFields.strings(p.get("schemas")).stream().map(id -> "schema:" + id).toList(),
        members);
  }
}
