package dev.drydock.history.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a changelog that is XML, or what stands for it in YAML and JSON.
 *
 * @param values its attributes by name; its text is left out
 */
public record ChangelogNode(String name, Map<String, String> values, List<ChangelogNode> children) {
  private static final String ROOT = "databaseChangeLog";
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final JsonFactory JSON = new JsonFactory();

  /** Deeper than any changelog goes, and far from the end of a stack. */
  private static final int DEEPEST = 60;

  Optional<String> get(String attribute) {
    return Optional.ofNullable(values.get(attribute)).map(String::strip);
  }

  boolean is(String attribute) {
    return get(attribute).filter("true"::equalsIgnoreCase).isPresent();
  }

  /** Whether a file with this name and text may be a changelog that is not SQL. */
  public static boolean isChangelog(String name, String text) {
    return isStructured(name) && text.contains(ROOT);
  }

  public static boolean isStructured(String name) {
    return name.matches("(?i).+\\.(?:xml|ya?ml|json)");
  }

  /**
   * What stands in a changelog, in its order.
   *
   * @param name of its file
   * @return nothing where the text cannot be read
   */
  static Optional<List<ChangelogNode>> read(String name, String text) {
    try {
      ChangelogNode root =
          name.toLowerCase(Locale.ROOT).endsWith(".xml") ? xml(text) : json(name, text);
      return root.children().stream()
          .filter(node -> node.name().equals(ROOT))
          .findFirst()
          .map(ChangelogNode::children);
    } catch (IOException | XMLStreamException e) {
      return Optional.empty();
    }
  }

  private static ChangelogNode open(String name) {
    return new ChangelogNode(name, new LinkedHashMap<>(), new ArrayList<>());
  }

  /** The text may come from a stranger: no file and no address that it names is opened. */
  private static ChangelogNode xml(String text) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    String document = text.startsWith("\uFEFF") ? text.substring(1) : text;
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(document));
    Deque<ChangelogNode> open = new ArrayDeque<>();
    ChangelogNode top = open("");
    open.push(top);
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          ChangelogNode node = open(reader.getLocalName());
          for (int i = 0; i < reader.getAttributeCount(); i++) {
            node.values().put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
          }
          open.element().children().add(node);
          open.push(node);
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        default -> {}
      }
    }
    return top;
  }

  private static ChangelogNode json(String name, String text) throws IOException {
    JsonFactory format = name.toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
    ChangelogNode root = open("");
    try (JsonParser parser = format.createParser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        fields(parser, root, false, 0);
      }
    }
    return root;
  }

  /**
   * @param listed whether they are those of a list, where each is an element and no attribute
   */
  private static void fields(JsonParser parser, ChangelogNode into, boolean listed, int depth)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (parser.currentToken().isScalarValue() && !listed) {
        into.values().put(name, parser.getText());
      } else {
        value(parser, name, into, depth + 1);
      }
    }
  }

  private static void value(JsonParser parser, String name, ChangelogNode into, int depth)
      throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("nested too deeply");
    }
    ChangelogNode node = open(name);
    into.children().add(node);
    switch (parser.currentToken()) {
      case START_OBJECT -> fields(parser, node, false, depth);
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (parser.currentToken() == JsonToken.START_OBJECT) {
            fields(parser, node, true, depth + 1);
          } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            parser.skipChildren();
          }
        }
      }
      default -> {}
    }
  }
}
