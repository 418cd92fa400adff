package dev.drydock.engine.postgres.server;

import dev.drydock.schema.Extension;
import dev.drydock.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stand-ins for well-known extensions that the bundled server does not have, so that a history
 * which uses them replays.
 *
 * <p>A stand-in has the names and types of the real one as far as migrations use them, and no
 * function. What could not be stood in for fails with the server's own error.
 */
public final class ExtensionStubs {
  /**
   * Extensions the bundled server has and which are harmless, but which only a superuser may
   * install by default.
   */
  private static final List<String> TRUSTED =
      List.of(
          "pg_stat_statements",
          "postgres_fdw",
          "earthdistance",
          "amcheck",
          "bloom",
          "xml2",
          "pg_buffercache",
          "pg_freespacemap",
          "pg_prewarm",
          "pg_visibility",
          "pgrowlocks",
          "pgstattuple",
          "sslinfo",
          "moddatetime",
          "insert_username",
          "autoinc",
          "refint");

  /** What is known of an extension that defines nothing migrations use by name. */
  private static final Pattern KNOWN =
      Pattern.compile("(?:schema (\\w+))? ?(?:requires ([\\w ]+))?");

  /** The line of a stand-in with the extensions that the real one needs. */
  private static final Pattern REQUIRES = Pattern.compile("(?m)^-- requires: ([\\w ]+)\\n");

  /** The first line of the stand-in for an extension whose control file names a schema. */
  private static final Pattern SCHEMA = Pattern.compile("-- schema: (\\w+)\\n");

  /**
   * Above every version that a real one has, and greater than them also as text: migrations check
   * that an extension is new enough, hardly ever that it is old enough, and a version that is true
   * of one server would have to be kept up to date for each. No real extension has it, so that it
   * tells a stand-in.
   */
  private static final String VERSION = "99.0.0";

  private static final Map<String, String> STUBS = load();

  private ExtensionStubs() {}

  /** Whether the bundled server only pretends to have {@code extension}. */
  public static boolean isStub(String extension, String version) {
    return STUBS.containsKey(extension) && version.equals(VERSION);
  }

  /**
   * Which extensions are stood in for, a sentence each.
   *
   * @param prelude what a platform brings along, which is stood in for as a whole
   */
  public static List<String> notices(Schema schema, String prelude) {
    return schema
        .objects(Extension.class)
        .filter(extension -> isStub(extension.name().local(), extension.version()))
        .filter(extension -> !prelude.contains(extension.name().local()))
        .map(
            extension ->
                "extension %s is not in Drydock's PostgreSQL: a stand-in without function took its place"
                    .formatted(extension.name()))
        .toList();
  }

  /** Whether {@code extension} is one that is stood in for where the server does not have it. */
  public static boolean isKnown(String extension) {
    return STUBS.containsKey(extension);
  }

  /**
   * Changes whenever a stand-in does, so that binaries unpacked with older ones are not used again.
   */
  public static String fingerprint() {
    return Integer.toHexString(
        31 * (31 * STUBS.hashCode() + TRUSTED.hashCode()) + VERSION.hashCode());
  }

  /**
   * Writes the stand-ins beside the extensions that are there, and lets the migrating role install
   * harmless ones.
   */
  static void install(Path directory) throws IOException {
    for (Map.Entry<String, String> stub : STUBS.entrySet()) {
      Path control = directory.resolve(stub.getKey() + ".control");
      if (!Files.exists(control)) {
        Files.writeString(
            control,
            "comment = 'stand-in without function'\ndefault_version = '%s'\n%s\ntrusted = true\n"
                .formatted(VERSION, place(stub.getKey())));
        Files.writeString(
            directory.resolve(stub.getKey() + "--" + VERSION + ".sql"), stub.getValue());
      }
    }
    for (String name : TRUSTED) {
      Path control = directory.resolve(name + ".control");
      if (Files.exists(control)) {
        String text = Files.readString(control);
        if (!text.contains("trusted")) {
          Files.writeString(control, text + "\ntrusted = true\n");
        }
      }
    }
  }

  /** The schema that a known extension is bound to, outside which it has nothing. */
  public static Optional<String> schemaOf(String extension) {
    Matcher schema = SCHEMA.matcher(STUBS.getOrDefault(extension, ""));
    return schema.lookingAt() ? Optional.of(schema.group(1)) : Optional.empty();
  }

  /** The server makes the schema where it is missing. */
  private static String place(String extension) {
    return schemaOf(extension)
            .map("relocatable = false\nschema = '%s'"::formatted)
            .orElse("relocatable = true")
        + requires(extension);
  }

  private static String requires(String extension) {
    Matcher required = REQUIRES.matcher(STUBS.getOrDefault(extension, ""));
    return required.find()
        ? "\nrequires = '%s'".formatted(required.group(1).replace(" ", ", "))
        : "";
  }

  private static Map<String, String> load() {
    Map<String, String> stubs = Resource.properties("extensions.properties");
    stubs.replaceAll((name, value) -> stub(value));
    return stubs;
  }

  private static String stub(String value) {
    Matcher known = KNOWN.matcher(value);
    if (!known.matches()) {
      return Resource.text(value);
    }
    return (known.group(1) == null ? "" : "-- schema: %s\n".formatted(known.group(1)))
        + (known.group(2) == null ? "" : "-- requires: %s\n".formatted(known.group(2)));
  }
}
