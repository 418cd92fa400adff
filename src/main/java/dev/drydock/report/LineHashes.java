package dev.drydock.report;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What GitHub code scanning calls {@code primaryLocationLineHash}, for every line of a file: by it
 * an alert is found again after lines were added above.
 *
 * <p>The algorithm is that of {@code fingerprints.ts} in github/codeql-action, number for number: a
 * rolling hash over the 100 characters from the beginning of the line that are neither blanks nor
 * tabs, and how many lines before had the same.
 */
final class LineHashes {
  private static final int BLOCK = 100;
  private static final long FACTOR = 37;
  private static final char END_OF_FILE = 65535;
  private static final int NO_LINE = -1;

  private final Map<Long, Integer> counts = new HashMap<>();
  private final char[] window = new char[BLOCK];
  private final int[] lineAt = new int[BLOCK];
  private final long dropFactor;
  private long hash;
  private int index;
  private int line;
  private boolean atLineStart = true;
  private boolean afterCarriageReturn;
  private long[] hashes = new long[16];
  private int[] occurrences = new int[16];

  private LineHashes() {
    Arrays.fill(lineAt, NO_LINE);
    long factor = 1;
    for (int i = 0; i < BLOCK; i++) {
      factor *= FACTOR;
    }
    dropFactor = factor;
  }

  static LineHashes of(String text) {
    LineHashes hashes = new LineHashes();
    for (int i = 0; i < text.length(); i++) {
      hashes.read(text.charAt(i));
    }
    hashes.read(END_OF_FILE);
    for (int i = 0; i < BLOCK; i++) {
      hashes.emit();
      hashes.roll('\0');
    }
    return hashes;
  }

  /**
   * @param number of the line, from 1, as the algorithm counts: a carriage return by itself ends
   *     one
   */
  Optional<String> at(int number) {
    if (number > line) {
      return Optional.empty();
    }
    return Optional.of(Long.toHexString(hashes[number - 1]) + ":" + occurrences[number - 1]);
  }

  private void read(char c) {
    if (c == ' ' || c == '\t' || (afterCarriageReturn && c == '\n')) {
      afterCarriageReturn = false;
      return;
    }
    afterCarriageReturn = c == '\r';
    char current = afterCarriageReturn ? '\n' : c;
    emit();
    if (atLineStart) {
      atLineStart = false;
      line++;
      lineAt[index] = line;
    }
    if (current == '\n') {
      atLineStart = true;
    }
    roll(current);
  }

  /** The window holds all of the line that began where it ends now. */
  private void emit() {
    int number = lineAt[index];
    if (number == NO_LINE) {
      return;
    }
    if (number > hashes.length) {
      hashes = Arrays.copyOf(hashes, hashes.length * 2);
      occurrences = Arrays.copyOf(occurrences, hashes.length);
    }
    hashes[number - 1] = hash;
    occurrences[number - 1] = counts.merge(hash, 1, Integer::sum);
    lineAt[index] = NO_LINE;
  }

  private void roll(char c) {
    hash = FACTOR * hash + c - dropFactor * window[index];
    window[index] = c;
    index = (index + 1) % BLOCK;
  }
}
