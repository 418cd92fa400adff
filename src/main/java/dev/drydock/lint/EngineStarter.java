package dev.drydock.lint;

import dev.drydock.replay.Engine;
import dev.drydock.replay.ReplayException;

/** Starts the engine that a configuration asks for. */
public interface EngineStarter {

  /**
   * Starts it.
   *
   * @throws ReplayException when it cannot be had here
   */
  Engine start() throws ReplayException;
}
