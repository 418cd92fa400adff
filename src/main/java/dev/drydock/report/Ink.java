package dev.drydock.report;

import dev.drydock.policy.Severity;

/** What a stretch of text is, which decides its colour where there are colours. */
enum Ink {
  ERROR("1;31"),
  WARNING("1;33"),
  INFO("1;36"),
  STRONG("1"),
  GUTTER("1;34"),
  REMOVED("31"),
  ADDED("32"),
  FAINT("2");

  private final String sgr;

  Ink(String sgr) {
    this.sgr = sgr;
  }

  static Ink of(Severity severity) {
    return switch (severity) {
      case ERROR -> ERROR;
      case WARNING -> WARNING;
      case INFO, OFF -> INFO;
    };
  }

  String on(String text, Colours colours) {
    return switch (colours) {
      case NONE -> text;
      case ANSI -> text.isEmpty() ? text : "\u001b[" + sgr + "m" + text + "\u001b[0m";
    };
  }
}
