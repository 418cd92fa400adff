package dev.drydock.replay;

/** A running database server that can replay migrations. */
public interface Engine extends AutoCloseable {

  /** The engine as rules name it, e.g. {@code postgresql}. */
  String name();

  /** The version of the server, e.g. {@code 17.11}. */
  String version();

  /**
   * Makes an empty database to replay one history in.
   *
   * @throws ReplayException when the server cannot
   */
  Replay open(ReplayPlan plan) throws ReplayException;

  /** Stops the server and removes what it left on disk. */
  @Override
  void close();
}
