package dev.drydock.facts;

/**
 * A role that a statement created, dropped, renamed or altered.
 *
 * @param event {@code created}, {@code dropped}, {@code renamed} or {@code altered}
 * @param name its name; the old one when it was renamed
 * @param existedBefore whether production has it
 * @param loginInProduction whether it may connect in production
 * @param loginAtEnd whether, at the end of the change, a role of the name it has in production may
 * @param passwordGiven whether the statement gave it a password, which may be the one that it had
 * @param passwordTaken whether the statement took its password
 */
public record RoleChange(
    String event,
    String name,
    boolean existedBefore,
    boolean loginInProduction,
    boolean loginAtEnd,
    boolean passwordGiven,
    boolean passwordTaken) {}
