package dev.drydock.facts;

import java.util.List;

/**
 * A table of which the server refuses UPDATEs or DELETEs at the end of the change, and did not
 * before it, because a publication sends them and nothing that it may send says which row is meant.
 *
 * @param table the table, of a partitioned one the partition
 * @param commands what is refused: {@code UPDATE}, {@code DELETE} or both
 * @param publications names of the publications for whose sake it is
 * @param lacks {@code identity} when the table has no replica identity, {@code filter} when a row
 *     filter goes by columns that the identity lacks, {@code columns} when the list of columns
 *     lacks some of the identity, {@code list} when there is a list of columns though the whole row
 *     is the identity
 * @param columns the columns that are lacking; empty for {@code identity} and {@code list}
 */
public record RefusalFacts(
    TableFacts table,
    List<String> commands,
    List<String> publications,
    String lacks,
    List<String> columns) {}
