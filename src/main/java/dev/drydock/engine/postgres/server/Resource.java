package dev.drydock.engine.postgres.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The files that come with this engine. */
public final class Resource {
  private static final String PLACE = "/dev/drydock/engine/postgres/";

  private Resource() {}

  public static String text(String name) {
    try (InputStream file = Resource.class.getResourceAsStream(PLACE + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " is unreadable", e);
    }
  }

  /** The values of a file of properties, by their names and in the order of those. */
  public static Map<String, String> properties(String name) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(name)));
    } catch (IOException e) {
      throw new IllegalStateException(name + " is unreadable", e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }
}
