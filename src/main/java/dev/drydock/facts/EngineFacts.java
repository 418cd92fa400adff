package dev.drydock.facts;

/**
 * The server the replay ran on.
 *
 * @param name {@code postgresql}
 * @param version in full, e.g. {@code 17.11}
 * @param major the first number of it
 */
public record EngineFacts(String name, String version, long major) {}
