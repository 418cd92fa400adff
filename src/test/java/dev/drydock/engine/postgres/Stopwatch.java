package dev.drydock.engine.postgres;

/** Wall-clock time since a moment, for benchmarks. */
public final class Stopwatch {
  private final long start = System.nanoTime();

  private Stopwatch() {}

  public static Stopwatch start() {
    return new Stopwatch();
  }

  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
