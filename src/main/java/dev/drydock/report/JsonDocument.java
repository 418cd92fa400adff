package dev.drydock.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/** How JSON is written and read: the same on every system, and readable in a terminal. */
final class JsonDocument {
  private static final ObjectMapper READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // The document is in memory already; the text of a file may be long.
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .annotationIntrospector(new Members())
          .build();

  private JsonDocument() {}

  /** Two blanks a level, {@code \n} everywhere, one at the end. */
  static String write(ObjectMapper mapper, Object value) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withArrayEmptySeparator("")
                    .withObjectEmptySeparator(""))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    ObjectWriter writer = mapper.writer(printer).with(new Escapes());
    try {
      return LogCommands.disarmedInside(encodable(writer.writeValueAsString(value))) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Halves of surrogate pairs have no bytes in UTF-8; as an escape they have. What is hidden beyond
   * the basic plane is escaped here too, for a writer sees it by halves.
   */
  private static String encodable(String json) {
    StringBuilder encodable = new StringBuilder(json.length());
    int copied = 0;
    for (int i = 0, codePoint; i < json.length(); i += Character.charCount(codePoint)) {
      codePoint = json.charAt(i);
      // Of a long document nearly all is of the basic plane.
      if (!Character.isSurrogate((char) codePoint)) {
        continue;
      }
      codePoint = json.codePointAt(i);
      if (Character.getType(codePoint) == Character.SURROGATE) {
        encodable.append(json, copied, i).append("\\u%04X".formatted(codePoint));
        copied = i + 1;
      } else if (Character.isSupplementaryCodePoint(codePoint) && VisibleText.hidden(codePoint)) {
        encodable
            .append(json, copied, i)
            .append("\\u%04X".formatted((int) Character.highSurrogate(codePoint)))
            .append("\\u%04X".formatted((int) Character.lowSurrogate(codePoint)));
        copied = i + 2;
      }
    }
    return encodable.append(json, copied, json.length()).toString();
  }

  static JsonReport read(String json) throws UnreadableReportException {
    try {
      int version = schemaVersion(json);
      if (version != JsonReport.SCHEMA_VERSION) {
        throw new UnreadableReportException(
            "The report has schemaVersion %d; this version of Drydock reads %d. Use the version"
                    .formatted(version, JsonReport.SCHEMA_VERSION)
                + " that wrote it.");
      }
      return READER.readValue(json, JsonReport.class);
    } catch (JsonProcessingException e) {
      throw new UnreadableReportException(
          "The report is not what `drydock lint --format json` writes"
              + at(e)
              + ": "
              + VisibleText.sentence(reason(e)),
          e);
    }
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : ", line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no member %s here; there are %s"
          .formatted(
              unknown.getPropertyName(),
              unknown.getKnownPropertyIds().stream()
                  .map(Object::toString)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    // What follows is Java's: where in its classes, and which switch made it an error.
    return e.getOriginalMessage().split("\n| \\(index |; `", 2)[0];
  }

  /** Found before anything else is read, so that a newer document is called that. */
  private static int schemaVersion(String json) throws JsonProcessingException {
    try (JsonParser parser = READER.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean version = parser.currentName().equals("schemaVersion");
          if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && version) {
            return parser.getIntValue();
          }
          parser.skipChildren();
        }
      }
      throw new JsonParseException(parser, "an object with a schemaVersion was expected");
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("a string is read without input or output", e);
    }
  }

  /** Every member has to be there, but those that are left out when they are empty. */
  private static final class Members extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !member.hasAnnotation(JsonInclude.class);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated member) {
      return member.hasAnnotation(JsonInclude.class)
          ? JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)
          : super.findSetterInfo(member);
    }
  }

  /** Escapes what a terminal would obey, for people look at JSON in terminals. */
  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
      codes[0x7F] = CharacterEscapes.ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int ch) {
      // Surrogates come one by one here; a pair has to stay as it is.
      return ch > 0x7F && !Character.isSurrogate((char) ch) && VisibleText.hidden(ch)
          ? new SerializedString("\\u%04X".formatted(ch))
          : null;
    }
  }
}
