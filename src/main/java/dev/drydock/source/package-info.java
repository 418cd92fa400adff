/**
 * The files of a change as they were before it and as they are with it, from git or from a
 * directory.
 *
 * <p>All reading of the user's files goes through here, and so do the limits on paths, sizes and
 * encodings. JGit is used in this package alone.
 */
package dev.drydock.source;
