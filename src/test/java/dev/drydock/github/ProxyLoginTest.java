package dev.drydock.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proxy that asks for a user and a password is told them, and nobody else is. */
class ProxyLoginTest {
  private static final String PASSWORD = "p@ss:1/+";
  private static final URI GITHUB = URI.create("http://github.test/api/v3/x");
  private static final String ASK = "Basic realm=\"proxy\"";

  private final WireMockServer server =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());

  ProxyLoginTest() {
    server.start();
    server.stubFor(
        any(anyUrl())
            .willReturn(aResponse().withStatus(407).withHeader("Proxy-Authenticate", ASK)));
    server.stubFor(
        any(anyUrl())
            .withHeader("Proxy-Authorization", equalTo(basic("me:" + PASSWORD)))
            .willReturn(aResponse().withBody("{}")));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private Connector behind(String login) {
    return connector(Map.of("http_proxy", "http://%slocalhost:%d".formatted(login, server.port())));
  }

  private static Connector connector(Map<String, String> variables) {
    return new Connector(
        Clock.systemUTC(),
        new Connector.Patience(
            3, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(5)),
        new EnvironmentProxies(variables));
  }

  private static int get(Connector connector, URI uri) throws IOException {
    return connector
        .send("GET", uri, Map.of("Authorization", List.of("token t")), false, new byte[0])
        .status();
  }

  @ParameterizedTest
  @CsvSource({"me:p%40ss%3A1%2F+@", "me:p@ss:1/+@", "me:p%40ss:1%2F%2B@"})
  void itIsToldThemHoweverTheyAreWritten(String login) throws IOException {
    assertThat(get(behind(login), GITHUB)).isEqualTo(200);
  }

  @Test
  void aProxyThatDoesNotTakeThemIsNotAskedOverAndOver() {
    Connector connector = behind("me:wrong-and-secret@");
    for (int request = 0; request < 3; request++) {
      assertThatThrownBy(() -> get(connector, GITHUB))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "the proxy localhost:%d does not take the user and password that http_proxy names: correct them there"
                  .formatted(server.port()))
          .hasNoCause();
    }
    assertThat(
            server.findAll(
                getRequestedFor(anyUrl())
                    .withHeader("Proxy-Authorization", equalTo(basic("me:wrong-and-secret")))))
        .hasSize(2);
  }

  @Test
  void aProxyThatAsksWhenNoneAreNamedIsSaidToAsk() {
    assertThatThrownBy(() -> get(behind(""), GITHUB))
        .hasMessage(
            "the proxy localhost:%1$d asks for a user and a password: name them in http_proxy, as in http://user:password@localhost:%1$d"
                .formatted(server.port()));
    assertThat(server.getAllServeEvents()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aServerThatAsksIsNotToldThem(boolean challenges) throws IOException {
    server.resetAll();
    var refusal = aResponse().withStatus(401).withBody("{\"message\":\"Bad credentials\"}");
    server.stubFor(
        any(anyUrl())
            .willReturn(challenges ? refusal.withHeader("WWW-Authenticate", ASK) : refusal));
    Map<String, String> elsewhere = Map.of("https_proxy", "http://me:secret@localhost:9");
    assertThat(get(connector(elsewhere), URI.create(server.baseUrl() + "/x"))).isEqualTo(401);
    assertThat(server.getAllServeEvents())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getRequest().getHeaders().all())
                    .noneMatch(header -> header.key().startsWith("Proxy-")));
  }
}
