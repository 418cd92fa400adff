package dev.drydock.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Tells our own comments from those of others, who may copy a marker. */
final class Authorship {
  private final Api api;
  private Optional<String> login;

  Authorship(Api api) {
    this.api = api;
  }

  /** Whether the token's owner wrote this comment. */
  boolean isOurs(JsonNode comment) {
    JsonNode user = comment.path("user");
    return login()
        .map(own -> own.equals(plain(user.path("login").asText(""))))
        // A token that may not ask who it is belongs to a bot.
        .orElseGet(() -> user.path("type").asText("").equals("Bot"));
  }

  private Optional<String> login() {
    if (login == null) {
      try {
        String name =
            api.graphql("query { viewer { login } }", Map.of()).at("/viewer/login").asText("");
        login = name.isEmpty() ? Optional.empty() : Optional.of(plain(name));
      } catch (IOException e) {
        login = Optional.empty();
      }
    }
    return login;
  }

  private static String plain(String login) {
    return login.endsWith("[bot]") ? login.substring(0, login.length() - 5) : login;
  }
}
