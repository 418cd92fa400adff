package dev.drydock.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long the connector goes on, and that it tells nobody the token. */
class ConnectorTest {
  private static final String TOKEN = "ghs_neverToBeSeen";
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC);

  private final WireMockServer server = started();
  private final Connector connector =
      new Connector(
          CLOCK,
          new Connector.Patience(
              3, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(5)));

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

    get(server.baseUrl());
    assertThat(requests()).isEqualTo(3);
  }

  @Test
  void aWaitThatIsTooLongEndsTheRequest() throws IOException {
    answers(
        aResponse()
            .withStatus(403)
            .withHeader("x-ratelimit-remaining", "0")
            .withHeader("x-ratelimit-reset", "4600"));
    assertThat(get(server.baseUrl()).status()).isEqualTo(403);

    answers(aResponse().withStatus(429).withHeader("Retry-After", "3600"));
    assertThat(get(server.baseUrl()).status()).isEqualTo(429);

    assertThat(requests()).isEqualTo(2);
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
