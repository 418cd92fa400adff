package dev.drydock.replay;

import java.util.List;

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
  default Replay open(ReplayPlan plan) throws ReplayException {
    return open(plan, List.of());
  }

  /**
   * Makes a database to replay one history in, which may be as an earlier run left it after some of
   * the same applied migrations: {@link Replay#standing()} says after how many.
   *
   * @param base of each applied migration, in their order, a text of all that decides what it does
   * @throws ReplayException when the server cannot
   */
  Replay open(ReplayPlan plan, List<String> base) throws ReplayException;

  /**
   * Whether there was too little room for the replay that is over, so that what became of it says
   * nothing; after {@link #makeRoom()} there is enough.
   */
  boolean ranOut();

  /**
   * Starts a server with more room in the place of the one that ran out of it.
   *
   * @throws ReplayException when it does not come up
   */
  void makeRoom() throws ReplayException;

  /** Stops the server and removes what it left on disk. */
  @Override
  void close();
}
