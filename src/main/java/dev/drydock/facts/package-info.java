/**
 * The flat records that rules ask about: a published vocabulary, apart from the types the program
 * works with.
 *
 * <p>{@code docs/facts.md} is made from them. A member that goes or changes its meaning breaks
 * rules of users.
 */
package dev.drydock.facts;
