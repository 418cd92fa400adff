package dev.drydock.facts;

import java.util.List;

/**
 * Rights that a statement gave or took.
 *
 * @param object qualified name of the table, sequence or schema
 * @param existedBefore whether production has the object
 * @param grantee the role, or {@code PUBLIC}
 * @param given privileges it has now and had not
 * @param taken privileges it had and has no more
 * @param lasting those of the privileges given that it still has at the end of the change
 * @param withObject whether the whole object came or went
 */
public record GrantChange(
    String object,
    boolean existedBefore,
    String grantee,
    List<String> given,
    List<String> taken,
    List<String> lasting,
    boolean withObject) {}
