/**
 * The commands, and the one place that knows the process: arguments, environment, streams, exit
 * status, and which engine runs.
 */
package dev.drydock.cli;
