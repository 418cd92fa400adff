/**
 * GitHub: what an event says of a change, the files a shallow clone lacks, and every comment, check
 * and upload. All HTTP is here.
 */
package dev.drydock.github;
