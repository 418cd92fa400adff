package dev.drydock.facts;

import java.util.List;

/**
 * A table all of whose rows were read.
 *
 * @param relation the table; where all its partitions or children are read together with it, the
 *     table above them, once for all
 * @param lock the strongest lock held on it meanwhile
 * @param reason {@code index-build}, {@code validation} (a constraint, a NOT NULL or a partition
 *     bound is checked) or {@code query}
 * @param command tag of the command that did it
 * @param validates whether that command has VALIDATE CONSTRAINT in it
 * @param recheckedKeys where constraints are checked, names of the foreign keys of the table that
 *     lead from or to a column whose type the statement changes
 */
public record ScanFacts(
    RelationFacts relation,
    LockFacts lock,
    String reason,
    String command,
    boolean validates,
    List<String> recheckedKeys) {}
