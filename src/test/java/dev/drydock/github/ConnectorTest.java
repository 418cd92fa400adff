package dev.drydock.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the connector goes on, and that it tells nobody the token. */
class ConnectorTest {
  private static final String TOKEN = "ghs_neverToBeSeen";
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC);

  private final WireMockServer server = started();
  private static final Connector.Patience PATIENCE =
      new Connector.Patience(3, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(5));

  private final Connector connector = behind(Map.of());

  private static Connector behind(Map<String, String> variables) {
    return new Connector(CLOCK, PATIENCE, new EnvironmentProxies(variables));
  }

  private static WireMockServer started() {
    WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    server.start();
    return server;
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private void answers(ResponseDefinitionBuilder answer) {
    server.stubFor(any(anyUrl()).willReturn(answer));
  }

  private Connector.Answer get(String uri) throws IOException {
    return connector.send(
        "GET",
        URI.create(uri),
        Map.of("Authorization", List.of("token " + TOKEN)),
        false,
        new byte[0]);
  }

  private int requests() {
    return server.findAll(getRequestedFor(anyUrl())).size();
  }

  @Test
  void aGatewayThatStaysDownIsAskedAsOftenAsWasSaid() throws IOException {
    answers(aResponse().withStatus(502));

    assertThat(get(server.baseUrl()).status()).isEqualTo(502);
    assertThat(requests()).isEqualTo(3);
  }

  @Test
  void aRefusalIsFinal() throws IOException {
    answers(aResponse().withStatus(403));

    assertThat(get(server.baseUrl()).status()).isEqualTo(403);
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void aLimitThatEndsSoonIsWaitedFor() throws IOException {
    answers(
        aResponse()
            .withStatus(403)
            .withHeader("x-ratelimit-remaining", "0")
            .withHeader("x-ratelimit-reset", "999"));

    assertThatThrownBy(() -> get(server.baseUrl()))
        .hasMessage("GitHub's limit of requests is reached, and it answers again in about 1 min");
    assertThat(requests()).isEqualTo(3);
  }

  @Test
  void aWaitThatIsTooLongEndsTheRequest() throws IOException {
    answers(
        aResponse()
            .withStatus(403)
            .withHeader("x-ratelimit-remaining", "0")
            .withHeader("x-ratelimit-reset", "4600"));
    // It is not a token that may not, which has the same status.
    assertThatThrownBy(() -> get(server.baseUrl()))
        .hasMessage("GitHub's limit of requests is reached, and it answers again in about 61 min")
        .hasNoCause();

    answers(aResponse().withStatus(429).withHeader("Retry-After", "3600"));
    assertThatThrownBy(() -> get(server.baseUrl())).hasMessageContaining("about 60 min");

    assertThat(requests()).isEqualTo(2);
  }

  /** The runner's own is half an hour off. */
  @Test
  void aLimitIsCountedByTheClockOfTheServer() {
    answers(
        aResponse()
            .withStatus(403)
            .withHeader("Date", "Thu, 1 Jan 1970 00:46:40 GMT")
            .withHeader("x-ratelimit-remaining", "0")
            .withHeader("x-ratelimit-reset", "4600"));

    assertThatThrownBy(() -> get(server.baseUrl()))
        .hasMessage("GitHub's limit of requests is reached, and it answers again in about 31 min");
  }

  @Test
  void aLimitThatOnlyTheMessageTellsOfIsNoRefusal() {
    answers(
        aResponse()
            .withStatus(403)
            .withBody("{\"message\":\"You have exceeded a secondary rate limit.\"}"));

    assertThatThrownBy(() -> get(server.baseUrl()))
        .hasMessage("GitHub's limit of requests is reached, and it answers again in about 1 min");
  }

  @Test
  void aTokenThatNoHeaderMayHoldIsNotSaid() {
    assertThatThrownBy(
            () ->
                connector.send(
                    "GET",
                    URI.create(server.baseUrl()),
                    Map.of("Authorization", List.of("token " + TOKEN + "\n")),
                    false,
                    new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("the token has a character that no header may hold")
        .hasNoCause();
    assertThat(requests()).isZero();
  }

  @Test
  void aRedirectIsNotFollowedWithTheToken() throws IOException {
    WireMockServer elsewhere = started();
    try {
      answers(aResponse().withStatus(302).withHeader("Location", elsewhere.baseUrl()));

      assertThat(get(server.baseUrl()).status()).isEqualTo(302);
      assertThat(elsewhere.findAll(getRequestedFor(anyUrl()))).isEmpty();
    } finally {
      elsewhere.stop();
    }
  }

  @Test
  void whatHasMovedAtTheSameServerIsAskedForThere() throws IOException {
    server.stubFor(
        any(urlEqualTo("/repos/o/old"))
            .willReturn(aResponse().withStatus(307).withHeader("Location", "/repositories/1")));
    server.stubFor(any(urlEqualTo("/repositories/1")).willReturn(aResponse().withStatus(201)));

    Connector.Answer answer =
        connector.send(
            "POST",
            URI.create(server.baseUrl() + "/repos/o/old"),
            Map.of("Authorization", List.of("token " + TOKEN)),
            true,
            "text".getBytes(StandardCharsets.UTF_8));

    assertThat(answer.status()).isEqualTo(201);
    server.verify(
        postRequestedFor(urlEqualTo("/repositories/1"))
            .withHeader("Authorization", equalTo("token " + TOKEN))
            .withRequestBody(equalTo("text")));
  }

  @Test
  void whatMovesOnAndOnIsGivenUp() throws IOException {
    answers(aResponse().withStatus(302).withHeader("Location", "/again"));

    assertThat(get(server.baseUrl()).status()).isEqualTo(302);
    assertThat(requests()).isEqualTo(6);
  }

  /** Sends the headers and the beginning of the body, and then nothing. */
  @Test
  @Timeout(60)
  void anAnswerThatStopsInTheMiddleIsTriedAgainAndGivenUp() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    List<Socket> open = new CopyOnWriteArrayList<>();
    try (ServerSocket stalling = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread answering =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        Socket socket = stalling.accept();
                        open.add(socket);
                        asked.incrementAndGet();
                        socket
                            .getOutputStream()
                            .write(
                                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
                      }
                    } catch (IOException e) {
                      // The test is over.
                      return;
                    }
                  });
      Connector hasty =
          new Connector(
              CLOCK,
              new Connector.Patience(
                  2, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(1)),
              new EnvironmentProxies(Map.of()));
      URI address =
          URI.create(
              "http://%s:%d/"
                  .formatted(stalling.getInetAddress().getHostAddress(), stalling.getLocalPort()));

      assertThatThrownBy(() -> hasty.send("GET", address, Map.of(), false, new byte[0]))
          .isInstanceOf(IOException.class)
          .hasMessage(address.getAuthority() + " cannot be reached: no complete answer within 1 s");
      assertThat(asked).hasValue(2);
      // What was given up is not left open.
      for (Socket socket : open) {
        socket.setSoTimeout(10_000);
        assertThat(endOf(socket)).isTrue();
      }
      stalling.close();
      answering.join();
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  /** Whether the other side ends the connection. */
  private static boolean endOf(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @Test
  void aProxyOfTheEnvironmentIsAsked() throws IOException {
    answers(aResponse().withBody("{}"));
    URI gitHub = URI.create("http://github.test/api/v3/x");
    Map<String, String> proxy = Map.of("http_proxy", server.baseUrl());
    assertThat(behind(proxy).send("GET", gitHub, Map.of(), false, new byte[0]).status())
        .isEqualTo(200);
    assertThat(server.findAll(getRequestedFor(anyUrl())).getFirst().getAbsoluteUrl())
        .isEqualTo(gitHub.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.github.com/x,    proxy.test:8080",
    "https://git.corp.test/api/v3, ''",
    "https://corp.test/,          ''",
    "https://notcorp.test/,       proxy.test:8080",
    "https://other.test/,         ''",
    "https://other.test:8443/,    proxy.test:8080",
    "http://api.github.com/,      ''",
  })
  void aProxyIsForItsSchemeAndNotForWhatIsExcepted(String uri, String proxy) {
    Map<String, String> variables =
        Map.of("HTTPS_PROXY", "proxy.test:8080", "no_proxy", "Corp.test, other.test:443");
    Proxy selected = new EnvironmentProxies(variables).select(URI.create(uri)).getFirst();
    assertThat(
            selected.address() instanceof InetSocketAddress at
                ? at.getHostString() + ":" + at.getPort()
                : "")
        .isEqualTo(proxy);
  }

  @Test
  void whatCannotBeReachedIsNamedWithoutTheToken() {
    String address = server.baseUrl();
    server.stop();

    assertThatThrownBy(() -> get(address))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be reached")
        .hasMessageNotContaining(TOKEN)
        .hasNoCause();
  }
}
