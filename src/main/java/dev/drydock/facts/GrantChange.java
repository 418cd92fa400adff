package dev.drydock.facts;

import java.util.List;

/**
 * Rights that a statement gave or took.
 *
 * @param object qualified name of the table, sequence, schema or function; name of the role others
 *     become members of; or in words what default privileges are for
 * @param kind {@code table}, {@code view}, …, {@code sequence}, {@code schema}, {@code function},
 *     {@code procedure}, {@code role} (then the right is {@code MEMBER}) or {@code default
 *     privileges} (the right is on what will be created)
 * @param existedBefore whether production has the object
 * @param grantee the role, or {@code PUBLIC}
 * @param given privileges it has now and had not
 * @param taken privileges it had and has no more
 * @param lost those of the privileges taken that production gives and that neither it nor {@code
 *     PUBLIC} has at the end of the change
 * @param lasting those of the privileges given that it still has at the end of the change, and that
 *     production gives neither to it nor to {@code PUBLIC}
 * @param withObject whether the whole object came or went
 */
public record GrantChange(
    String object,
    String kind,
    boolean existedBefore,
    String grantee,
    List<String> given,
    List<String> taken,
    List<String> lost,
    List<String> lasting,
    boolean withObject) {}
