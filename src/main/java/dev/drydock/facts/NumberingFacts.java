package dev.drydock.facts;

/**
 * A column of a table production has, or of one that takes its place, whose sequence the change
 * leaves at its beginning, below numbers that are there. Only of a column that refuses a number
 * twice.
 *
 * @param how {@code made} when the sequence is new, {@code copied} when the table is new too and
 *     took rows from elsewhere, {@code set back} when production has the sequence
 * @param table qualified name of the table at the end
 * @param column the column
 * @param sequence qualified name of the sequence
 * @param owned whether the sequence belongs to the column, as {@code serial} and identities have it
 * @param next the number it gives next
 */
public record NumberingFacts(
    String how, String table, String column, String sequence, boolean owned, long next) {}
