package dev.drydock.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads YAML strictly: what the reader does not ask for is an error that says where it stands and
 * what exists.
 */
public final class YamlReader {
  private static final JsonFactory YAML = new YAMLFactory();
  private static final JsonFactory JSON = new JsonFactory();

  private YamlReader() {}

  /**
   * The document in {@code text}.
   *
   * @param file its name, for messages
   * @throws PolicyException when it is not YAML, or has a key twice
   */
  public static YamlNode read(String file, String text) {
    return read(file, text, YAML, "YAML");
  }

  /**
   * The document in {@code text}, which is the part of YAML that is JSON too.
   *
   * @param file its name, for messages
   * @throws PolicyException when it is not JSON, or has a key twice
   */
  public static YamlNode readJson(String file, String text) {
    return read(file, text, JSON, "JSON");
  }

  private static YamlNode read(String file, String text, JsonFactory format, String name) {
    try (JsonParser parser = format.createParser(text)) {
      if (parser.nextToken() == null) {
        return new YamlNode.Mapping(Map.of(), new YamlNode.Mark(file, 1, 1));
      }
      YamlNode node = node(file, parser);
      if (parser.nextToken() != null) {
        throw new PolicyException(
            mark(file, parser), "a second %s document; one file holds one".formatted(name));
      }
      return node;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      YamlNode.Mark mark =
          at == null
              ? new YamlNode.Mark(file, 1, 1)
              : new YamlNode.Mark(file, Math.max(at.getLineNr(), 1), Math.max(at.getColumnNr(), 1));
      throw new PolicyException(
          mark,
          "not %s: %s".formatted(name, e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException e) {
      throw new PolicyException(file + ": " + e.getMessage(), e);
    }
  }

  private static YamlNode node(String file, JsonParser parser) throws IOException {
    YamlNode.Mark mark = mark(file, parser);
    refuseAlias(parser, mark);
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(file, parser, mark);
      case START_ARRAY -> {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node(file, parser));
        }
        yield new YamlNode.Sequence(items, mark);
      }
      case VALUE_STRING -> new YamlNode.Scalar(parser.getText(), false, mark);
      case VALUE_NULL -> new YamlNode.Scalar("", true, mark);
      default -> new YamlNode.Scalar(parser.getText(), true, mark);
    };
  }

  private static YamlNode mapping(String file, JsonParser parser, YamlNode.Mark mark)
      throws IOException {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      YamlNode.Mark key = mark(file, parser);
      String name = parser.currentName();
      parser.nextToken();
      if (entries.put(name, new YamlNode.Entry(key, node(file, parser))) != null) {
        throw new PolicyException(key, "the key `%s` is there twice".formatted(name));
      }
    }
    return new YamlNode.Mapping(entries, mark);
  }

  /** The parser takes an alias for a text: its name. */
  private static void refuseAlias(JsonParser parser, YamlNode.Mark mark) {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw new PolicyException(
          mark, "an alias (`*name`) is not followed: write out what it stands for");
    }
  }

  private static YamlNode.Mark mark(String file, JsonParser parser) {
    JsonLocation at = parser.currentTokenLocation();
    return new YamlNode.Mark(file, Math.max(at.getLineNr(), 1), Math.max(at.getColumnNr(), 1));
  }

  /**
   * The mapping {@code node} is.
   *
   * @param what names it in the message, e.g. {@code a rule}
   */
  public static YamlNode.Mapping mapping(YamlNode node, String what) {
    if (node instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    throw new PolicyException(node.mark(), what + " is a mapping of keys to values");
  }

  /**
   * What the list {@code node} has in it.
   *
   * @param what names it in the message, e.g. {@code `examples`}
   */
  public static List<YamlNode> items(YamlNode node, String what) {
    if (node instanceof YamlNode.Sequence sequence) {
      return sequence.items();
    }
    throw new PolicyException(node.mark(), what + " is a list");
  }

  /** The text {@code node} is. */
  public static String text(YamlNode node, String key) {
    if (node instanceof YamlNode.Scalar scalar) {
      return scalar.value();
    }
    throw new PolicyException(node.mark(), "`%s` is a text".formatted(key));
  }

  /** {@code true} or {@code false}. */
  public static boolean bool(YamlNode node, String key) {
    String value = text(node, key);
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw new PolicyException(node.mark(), "`%s` is true or false, not `%s`".formatted(key, value));
  }

  /** A whole number of at least {@code least}. */
  public static long number(YamlNode node, String key, long least) {
    String value = text(node, key);
    try {
      long number = Long.parseLong(value.replace("_", ""));
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new PolicyException(
          node.mark(), "`%s` is a whole number, not `%s`".formatted(key, value));
    }
    throw new PolicyException(
        node.mark(), "`%s` is at least %d, not %s".formatted(key, least, value));
  }

  /** A list of texts; a single text is a list of one. */
  public static List<String> texts(YamlNode node, String key) {
    return switch (node) {
      case YamlNode.Sequence sequence ->
          sequence.items().stream().map(item -> text(item, key)).toList();
      case YamlNode.Scalar scalar -> List.of(scalar.value());
      case YamlNode.Mapping mapping ->
          throw new PolicyException(mapping.mark(), "`%s` is a list of texts".formatted(key));
    };
  }

  /** One of the known spellings. */
  public static <T> T oneOf(
      YamlNode node, String key, List<T> values, Function<T, String> spelling) {
    String value = text(node, key);
    return values.stream()
        .filter(candidate -> spelling.apply(candidate).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new PolicyException(
                    node.mark(),
                    "`%s` is `%s`; there are %s"
                        .formatted(
                            key,
                            value,
                            values.stream()
                                .map(spelling)
                                .collect(Collectors.joining("`, `", "`", "`")))));
  }

  /** Refuses keys that are not in {@code known}. */
  public static void onlyKeys(YamlNode.Mapping mapping, List<String> known, String what) {
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (!known.contains(name)) {
                throw new PolicyException(
                    entry.key(),
                    "%s has no key `%s`; there are `%s`"
                        .formatted(what, name, String.join("`, `", known)));
              }
            });
  }
}
