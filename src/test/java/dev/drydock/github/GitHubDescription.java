package dev.drydock.github;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** GitHub's own description of its API: what a request may be, and what an answer looks like. */
final class GitHubDescription {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final GitHubDescription ONE = read();

  private final JsonNode document;
  private final OpenApiInteractionValidator validator;

  private GitHubDescription(String text) throws IOException {
    document = JSON.readTree(text);
    validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(text)
            .withLevelResolver(
                LevelResolver.create()
                    .withLevel(
                        "validation.request.parameter.query.unexpected",
                        ValidationReport.Level.ERROR)
                    .withLevel("validation.request.security", ValidationReport.Level.IGNORE)
                    .build())
            .build();
  }

  static GitHubDescription get() {
    return ONE;
  }

  private static GitHubDescription read() {
    try (InputStream in = GitHubDescription.class.getResourceAsStream("openapi.json")) {
      return new GitHubDescription(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a request; empty when nothing is. */
  List<String> problems(String method, String path, Map<String, String> query, String body) {
    return words(validator.validateRequest(request(method, path, query, body)));
  }

  List<String> problems(String method, String path, int status, String body) {
    SimpleResponse.Builder answer = SimpleResponse.Builder.status(status);
    if (!body.isEmpty()) {
      answer.withContentType("application/json").withBody(body);
    }
    return words(
        validator.validateResponse(
            path, request(method, path, Map.of(), "").getMethod(), answer.build()));
  }

  private static SimpleRequest request(
      String method, String path, Map<String, String> query, String body) {
    SimpleRequest.Builder request = new SimpleRequest.Builder(method, path);
    query.forEach(request::withQueryParam);
    if (!body.isEmpty()) {
      request.withContentType("application/json").withBody(body);
    }
    return request.build();
  }

  private static List<String> words(ValidationReport report) {
    return report.getMessages().stream()
        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
        .map(message -> message.getKey() + ": " + message.getMessage())
        .toList();
  }

  /** The least that GitHub may answer with for a schema, to be filled in. */
  ObjectNode sample(String schema) {
    return (ObjectNode) sample(document.at("/components/schemas").path(schema));
  }

  private JsonNode sample(JsonNode schema) {
    if (schema.has("$ref")) {
      return sample(document.at(schema.path("$ref").asText().substring(1)));
    }
    if (schema.path("nullable").asBoolean()) {
      return JSON.nullNode();
    }
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.has(choice)) {
        return sample(schema.path(choice).get(0));
      }
    }
    if (schema.has("allOf")) {
      ObjectNode all = JSON.createObjectNode();
      schema.path("allOf").forEach(part -> all.setAll((ObjectNode) sample(part)));
      return all;
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(0);
    }
    return switch (schema.path("type").asText("object")) {
      case "array" -> JSON.createArrayNode();
      case "integer", "number" -> JSON.getNodeFactory().numberNode(1);
      case "boolean" -> JSON.getNodeFactory().booleanNode(false);
      case "string" ->
          JSON.getNodeFactory()
              .textNode(
                  switch (schema.path("format").asText("")) {
                    case "uri" -> "https://github.com/o/r";
                    case "date-time" -> "2026-01-02T03:04:05Z";
                    case "email" -> "a@example.org";
                    default -> "x";
                  });
      default -> {
        ObjectNode object = JSON.createObjectNode();
        schema
            .path("required")
            .forEach(
                name ->
                    object.set(
                        name.asText(), sample(schema.path("properties").path(name.asText()))));
        yield object;
      }
    };
  }
}
