package dev.drydock.replay;

/** Where the knowledge of an effect comes from. */
public enum Evidence {
  /** A server ran the statement and this was seen. */
  OBSERVED,
  /** It could not be watched; the engine's manual says so. */
  DOCUMENTED
}
