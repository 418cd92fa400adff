/**
 * Pages, lists and schemas that are made from the code and the rules. Tests run it, and fail when a
 * page is not as it is made now.
 */
package dev.drydock.docs;
