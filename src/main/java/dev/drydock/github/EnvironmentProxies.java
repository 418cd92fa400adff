package dev.drydock.github;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The proxies that the environment names, in the variables that a runner behind a proxy hands to
 * its containers: {@code https_proxy}, {@code http_proxy} and {@code no_proxy}, or in upper case. A
 * user and a password in them are for the proxy alone, and nothing here says them.
 */
public final class EnvironmentProxies extends ProxySelector {
  private static final int USUAL_PORT = 80;

  /** A password is told no more often for one try: a proxy that asks again does not take it. */
  private static final int MOST_TOLD = 2;

  private final Map<String, String> variables;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean refused;

  public EnvironmentProxies(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** What a variable names. */
  private record Named(String host, int port, Optional<PasswordAuthentication> login) {

    /** Percent signs are optional in it: people write passwords as they are. */
    static Optional<Named> of(String text) {
      String rest = text.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "");
      int at = rest.lastIndexOf('@');
      try {
        URI address = URI.create("http://" + rest.substring(at + 1));
        return address.getHost() == null
            ? Optional.empty()
            : Optional.of(
                new Named(
                    address.getHost(),
                    address.getPort() < 0 ? USUAL_PORT : address.getPort(),
                    at < 0 ? Optional.empty() : Optional.of(login(rest.substring(0, at)))));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    private static PasswordAuthentication login(String text) {
      int colon = text.indexOf(':');
      String user = colon < 0 ? text : text.substring(0, colon);
      String password = colon < 0 ? "" : text.substring(colon + 1);
      return new PasswordAuthentication(decoded(user), decoded(password).toCharArray());
    }

    private static String decoded(String text) {
      try {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return text;
      }
    }

    /** Without the login. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(
        proxy(uri)
            .map(at -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(at.host(), at.port())))
            .orElse(Proxy.NO_PROXY));
  }

  private Optional<Named> proxy(URI uri) {
    return isExcepted(uri) ? Optional.empty() : named(uri.getScheme().toLowerCase(Locale.ROOT));
  }

  private Optional<Named> named(String scheme) {
    String text = variable(scheme + "_proxy");
    return text.isEmpty() ? Optional.empty() : Named.of(text);
  }

  private Stream<Named> withLogin() {
    return Stream.of("https", "http")
        .flatMap(scheme -> named(scheme).stream())
        .filter(proxy -> proxy.login().isPresent());
  }

  /** Whether a proxy is named with a user and a password. */
  public boolean haveLogin() {
    return withLogin().findAny().isPresent();
  }

  /** Tells each proxy its own password, and nobody else any. */
  Authenticator authenticator() {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        if (getRequestorType() != RequestorType.PROXY) {
          return null;
        }
        refused |= asked.incrementAndGet() > MOST_TOLD;
        if (refused) {
          return null;
        }
        return withLogin()
            .filter(proxy -> proxy.host().equalsIgnoreCase(getRequestingHost()))
            .filter(proxy -> proxy.port() == getRequestingPort())
            .findFirst()
            .flatMap(Named::login)
            .orElse(null);
      }
    };
  }

  /** Another try begins, which may fail for another reason than a password. */
  void begin() {
    asked.set(0);
  }

  /**
   * Whether a proxy went on asking for a password after it was told one. It is not told again then:
   * some directories lock who is wrong a few times.
   */
  boolean refusedLogin() {
    return refused;
  }

  /** That the proxy on the way to this address lets nobody through like this. */
  String refusal(URI uri) {
    String variable = uri.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
    return proxy(uri)
        .map(
            at ->
                at.login().isPresent()
                    ? "the proxy %s does not take the user and password that %s names: correct them there"
                        .formatted(at, variable)
                    : "the proxy %s asks for a user and a password: name them in %s, as in http://user:password@%s"
                        .formatted(at, variable, at))
        .orElseGet(
            () ->
                "a proxy on the way asks for a user and a password: name it in %s, as http://user:password@host:port"
                    .formatted(variable));
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
