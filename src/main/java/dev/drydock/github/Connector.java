package dev.drydock.github;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * The one door to GitHub: sends requests, waits where GitHub says so, and tries again what failed
 * on its side. What it says of a request never holds a header, so never the token.
 */
public final class Connector implements GitHubConnector {
  private static final Set<Integer> PASSING = Set.of(500, 502, 503, 504);

  /** Set by the client itself, which refuses to be told. */
  private static final Set<String> OWN_HEADERS =
      Set.of("content-length", "host", "connection", "expect", "upgrade");

  private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);

  /** What moves on and on is nowhere. */
  private static final int MOST_MOVES = 5;

  /** What GitHub asks to wait at least for where it says no time. */
  private static final Duration UNSAID = Duration.ofMinutes(1);

  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private final HttpClient client;
  private final EnvironmentProxies proxies;
  private final Clock clock;
  private final Patience patience;

  /**
   * How long to go on.
   *
   * @param tries in all
   * @param pause before the second try; doubled before each further one
   * @param longest a wait that GitHub asks for and that is longer than this ends the request
   *     instead
   * @param request time for one try, until the last byte of the answer
   */
  public record Patience(int tries, Duration pause, Duration longest, Duration request) {
    public static final Patience USUAL =
        new Patience(4, Duration.ofSeconds(1), Duration.ofSeconds(90), Duration.ofSeconds(60));

    public Patience {
      Objects.requireNonNull(pause);
      Objects.requireNonNull(longest);
      Objects.requireNonNull(request);
    }
  }

  public Connector(Clock clock, Patience patience, EnvironmentProxies proxies) {
    this.proxies = Objects.requireNonNull(proxies);
    this.clock = Objects.requireNonNull(clock);
    this.patience = Objects.requireNonNull(patience);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(20))
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(proxies)
            // It would take the token along to another server.
            .followRedirects(HttpClient.Redirect.NEVER);
    if (proxies.haveLogin()) {
      builder.authenticator(proxies.authenticator());
    }
    this.client = builder.build();
  }

  /** GitHub answers no more of these requests for a while. */
  private static final class LimitException extends IOException {
    private static final long serialVersionUID = 1L;

    LimitException(Duration wait) {
      super(
          "GitHub's limit of requests is reached, and it answers again in about %d min"
              .formatted(wait.plusSeconds(59).toMinutes()));
    }
  }

  /** The proxy lets nobody through, which trying again would not change. */
  private static final class ProxyException extends IOException {
    private static final long serialVersionUID = 1L;

    ProxyException(String message) {
      super(message);
    }
  }

  /** An answer, read whole. */
  record Answer(int status, Map<String, List<String>> headers, byte[] body) {}

  @Override
  public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
    byte[] body = new byte[0];
    if (request.hasBody()) {
      try (InputStream in = request.body()) {
        body = in.readAllBytes();
      }
    }
    try {
      URI uri = request.url().toURI();
      Answer answer = send(request.method(), uri, request.allHeaders(), request.hasBody(), body);
      return new Response(request, answer);
    } catch (URISyntaxException e) {
      throw new IOException("not an address: " + e.getMessage());
    }
  }

  /**
   * Sends until there is an answer that trying again would not change.
   *
   * @throws IOException when GitHub cannot be reached
   */
  Answer send(
      String method, URI uri, Map<String, List<String>> headers, boolean hasBody, byte[] body)
      throws IOException {
    HttpRequest request = request(method, uri, headers, hasBody, body);
    for (int tried = 1; ; tried++) {
      boolean last = tried >= patience.tries();
      Duration pause = patience.pause().multipliedBy(1L << (tried - 1));
      try {
        proxies.begin();
        HttpResponse<byte[]> response = exchange(request);
        if (response.statusCode() == PROXY_AUTHENTICATION_REQUIRED) {
          throw new ProxyException(proxies.refusal(uri));
        }
        Answer answer =
            new Answer(response.statusCode(), response.headers().map(), response.body());
        Duration wait = wait(answer, pause, tried);
        if (last || wait.isNegative() || wait.compareTo(patience.longest()) > 0) {
          if (!wait.isNegative() && !PASSING.contains(answer.status())) {
            // Its status is also that of a token that may not.
            throw new LimitException(wait);
          }
          return answer;
        }
        pause = wait;
      } catch (LimitException | ProxyException e) {
        throw e;
      } catch (IOException e) {
        if (proxies.refusedLogin()) {
          throw new ProxyException(proxies.refusal(uri));
        }
        if (last) {
          // A plain exception, so that the library above does not start over.
          throw new IOException(
              "%s cannot be reached: %s"
                  .formatted(
                      uri.getAuthority(),
                      e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
      } catch (InterruptedException e) {
        throw interrupted();
      }
      sleep(pause);
    }
  }

  /**
   * One try. A repository that has another name by now is asked for where it is, as long as that is
   * at the same server: the token is for no other.
   */
  private HttpResponse<byte[]> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = answer(request);
    for (int moves = 0; moves < MOST_MOVES; moves++) {
      Optional<URI> to = movedTo(response);
      if (to.isEmpty()) {
        return response;
      }
      response =
          answer(HttpRequest.newBuilder(request, (name, value) -> true).uri(to.get()).build());
    }
    return response;
  }

  private static Optional<URI> movedTo(HttpResponse<byte[]> response) {
    if (!MOVED.contains(response.statusCode())) {
      return Optional.empty();
    }
    URI from = response.uri();
    try {
      return response
          .headers()
          .firstValue("location")
          .map(from::resolve)
          .filter(
              to ->
                  from.getScheme().equals(to.getScheme())
                      && from.getAuthority().equals(to.getAuthority()));
    } catch (IllegalArgumentException e) {
      // What is no address leads nowhere.
      return Optional.empty();
    }
  }

  /** The client's own limit would end with the headers, and a body may never end. */
  private HttpResponse<byte[]> answer(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return answer.get(patience.request().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "no complete answer within %d s".formatted(patience.request().toSeconds()));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(
      String method, URI uri, Map<String, List<String>> headers, boolean hasBody, byte[] body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(
                method,
                hasBody
                    ? HttpRequest.BodyPublishers.ofByteArray(body)
                    : HttpRequest.BodyPublishers.noBody());
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (!OWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        for (String value : header.getValue()) {
          add(request, header.getKey(), value);
        }
      }
    }
    request.setHeader("User-Agent", "drydock");
    request.setHeader("X-GitHub-Api-Version", "2022-11-28");
    return request.build();
  }

  private static void add(HttpRequest.Builder request, String name, String value)
      throws IOException {
    try {
      request.header(name, value);
    } catch (IllegalArgumentException e) {
      // Its message has the value, so it is not even a cause.
      throw new IOException(
          "the %s has a character that no header may hold"
              .formatted(name.equalsIgnoreCase("Authorization") ? "token" : "header " + name));
    }
  }

  /** How long to wait before trying again; negative when the answer is final. */
  private Duration wait(Answer answer, Duration pause, int tried) {
    boolean limited = answer.status() == 403 || answer.status() == 429;
    OptionalLong after = number(answer, "retry-after");
    if (after.isPresent() && (limited || PASSING.contains(answer.status()))) {
      return Duration.ofSeconds(after.getAsLong());
    }
    if (PASSING.contains(answer.status())) {
      return pause;
    }
    OptionalLong remaining = number(answer, "x-ratelimit-remaining");
    OptionalLong reset = number(answer, "x-ratelimit-reset");
    if (limited && remaining.isPresent() && remaining.getAsLong() == 0 && reset.isPresent()) {
      // A second more, for clocks that differ.
      return Duration.ofSeconds(Math.max(0, reset.getAsLong() - now(answer).getEpochSecond()) + 1);
    }
    if (limited && saysLimit(answer)) {
      return UNSAID.multipliedBy(1L << (tried - 1));
    }
    return answer.status() == 429 ? pause : Duration.ofSeconds(-1);
  }

  /** By the clock of the server, which its limits are counted by. */
  private Instant now(Answer answer) {
    try {
      return header(answer, "date")
          .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
          .orElseGet(clock::instant);
    } catch (DateTimeParseException e) {
      return clock.instant();
    }
  }

  /** Of a secondary limit there may be nothing but the message. */
  private static boolean saysLimit(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8).contains("rate limit");
  }

  private static OptionalLong number(Answer answer, String header) {
    try {
      Optional<String> value = header(answer, header);
      return value.isPresent()
          ? OptionalLong.of(Long.parseLong(value.get()))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static Optional<String> header(Answer answer, String name) {
    return answer.headers().entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name) && entry.getValue().size() == 1)
        .map(entry -> entry.getValue().getFirst().strip())
        .findFirst();
  }

  private static void sleep(Duration pause) throws IOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new IOException("the run was interrupted");
  }

  private static final class Response extends GitHubConnectorResponse.ByteArrayResponse {
    private final byte[] body;

    Response(GitHubConnectorRequest request, Answer answer) {
      super(request, answer.status(), answer.headers());
      this.body = answer.body();
    }

    @Override
    protected InputStream rawBodyStream() {
      return new ByteArrayInputStream(body);
    }
  }
}
