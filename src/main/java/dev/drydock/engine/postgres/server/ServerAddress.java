package dev.drydock.engine.postgres.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a server of the user's is and how it is reached, as a URL that libpq would take.
 *
 * @param place host and port
 * @param database that is connected to first
 * @param settings for the driver, by its own names
 */
public record ServerAddress(
    String place, String database, String user, String password, Map<String, String> settings) {
  private static final int PORT = 5432;
  private static final String WAIT_SECONDS = "10";
  private static final String SSL_MODE = "sslmode";
  private static final String SSL_ROOT = "sslrootcert";

  /** What libpq calls them, and what the driver does. */
  private static final Map<String, String> PARAMETERS =
      new TreeMap<>(
          Map.of(
              SSL_MODE,
              "sslmode",
              SSL_ROOT,
              "sslrootcert",
              "sslcert",
              "sslcert",
              "sslkey",
              "sslkey",
              "sslpassword",
              "sslpassword",
              "channel_binding",
              "channelBinding",
              "connect_timeout",
              "connectTimeout",
              "options",
              "options",
              "application_name",
              "ApplicationName"));

  /** The values of those that take one of a few. */
  private static final Map<String, Set<String>> VALUES =
      Map.of(
          SSL_MODE,
          new TreeSet<>(
              Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full")),
          "channel_binding",
          new TreeSet<>(Set.of("disable", "prefer", "require")));

  public ServerAddress {
    settings = Map.copyOf(settings);
  }

  /**
   * Reads a URL.
   *
   * @param url {@code postgresql://user:password@host:port/database?parameter=value&…}
   * @throws IllegalArgumentException when it is none, or sets what is not known; the message shows
   *     no password
   */
  public static ServerAddress parse(String url) {
    URI uri = uri(url);
    String[] userInfo =
        uri.getUserInfo() == null ? new String[] {"postgres"} : uri.getUserInfo().split(":", 2);
    String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    return new ServerAddress(
        uri.getHost() + ":" + (uri.getPort() < 0 ? PORT : uri.getPort()),
        path.isEmpty() ? userInfo[0] : path,
        userInfo[0],
        userInfo.length > 1 ? userInfo[1] : "",
        settings(uri.getRawQuery() == null ? "" : uri.getRawQuery()));
  }

  private static URI uri(String url) {
    try {
      URI uri = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
      boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
      if (known && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below, without the URL: it may hold a password.
    }
    throw new IllegalArgumentException(
        "--database is not the URL of a PostgreSQL server; write it as"
            + " postgresql://user:password@host:port/database, with special characters percent-encoded");
  }

  private static Map<String, String> settings(String query) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("connectTimeout", WAIT_SECONDS);
    for (String part : query.split("&")) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = decoded(equals < 0 ? part : part.substring(0, equals));
        settings.put(driverName(name), checked(name, decoded(part.substring(equals + 1))));
      }
    }
    // As libpq has it: who names a root certificate wants the server's checked against it.
    if (settings.containsKey(SSL_ROOT)) {
      settings.computeIfPresent(
          SSL_MODE, (name, mode) -> mode.equals("require") ? "verify-ca" : mode);
    }
    return settings;
  }

  private static String driverName(String name) {
    String known = PARAMETERS.get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "--database has a parameter that Drydock does not know, %s; it knows %s"
              .formatted(name, String.join(", ", PARAMETERS.keySet())));
    }
    return known;
  }

  private static String checked(String name, String value) {
    if (name.equals("connect_timeout") && !value.matches("\\d{1,6}")) {
      throw new IllegalArgumentException(
          "connect_timeout of --database is a number of seconds, not '%s'".formatted(value));
    }
    Set<String> values = VALUES.getOrDefault(name, Set.of(value));
    if (!values.contains(value)) {
      throw new IllegalArgumentException(
          "%s of --database is one of %s, not '%s'"
              .formatted(name, String.join(", ", values), value));
    }
    return value;
  }

  /** A plus sign stands for itself here, as it does for libpq. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * What a connection needs beside its user.
   *
   * @param session options of ours for the session, which come after the user's; may be empty
   */
  Properties properties(String session) {
    Properties properties = new Properties();
    properties.putAll(settings);
    String options = (settings.getOrDefault("options", "") + " " + session).strip();
    if (!options.isEmpty()) {
      properties.setProperty("options", options);
    }
    return properties;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return place + "/" + database;
  }
}
