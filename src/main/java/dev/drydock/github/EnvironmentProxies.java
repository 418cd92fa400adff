package dev.drydock.github;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies that the environment names, in the variables that a runner behind a proxy hands to
 * its containers: {@code https_proxy}, {@code http_proxy} and {@code no_proxy}, or in upper case.
 */
public final class EnvironmentProxies extends ProxySelector {
  private static final int USUAL_PORT = 80;

  private final Map<String, String> variables;

  public EnvironmentProxies(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(
        proxy(uri)
            .map(
                at ->
                    new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(
                            at.getHost(), at.getPort() < 0 ? USUAL_PORT : at.getPort())))
            .orElse(Proxy.NO_PROXY));
  }

  private Optional<URI> proxy(URI uri) {
    String named = variable(uri.getScheme().toLowerCase(Locale.ROOT) + "_proxy");
    if (named.isEmpty() || isExcepted(uri)) {
      return Optional.empty();
    }
    try {
      URI proxy = URI.create(named.contains("://") ? named : "http://" + named);
      return Optional.of(proxy).filter(at -> at.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether {@code no_proxy} has the host, a domain that it is in, or either with the port. */
  private boolean isExcepted(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    String host = "." + uri.getHost().toLowerCase(Locale.ROOT);
    return Arrays.stream(variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .filter(one -> !one.isEmpty())
        .map(one -> one.endsWith(":" + port) ? one.substring(0, one.lastIndexOf(':')) : one)
        .map(one -> one.startsWith("*.") ? one.substring(1) : one)
        .anyMatch(one -> one.equals("*") || host.endsWith(one.startsWith(".") ? one : "." + one));
  }

  private String variable(String name) {
    String value = variables.getOrDefault(name, "").strip();
    return value.isEmpty()
        ? variables.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
        : value;
  }

  /** The connector itself tries again. */
  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {}
}
