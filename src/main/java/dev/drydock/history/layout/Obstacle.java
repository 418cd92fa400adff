package dev.drydock.history.layout;

/**
 * Why a tool does not get a migration done that the server might run.
 *
 * @param detail a sentence, the same for all migrations that have it
 * @param offset where it lies in the text of the file
 */
public record Obstacle(String detail, int offset) {
  Obstacle(String detail) {
    this(detail, 0);
  }
}
