/** The contract between a run and an engine: migrations go in, observations come out. */
package dev.drydock.replay;
