/**
 * Words that every room may use: a term of time, money, an identity, a problem. Owns no data and knows no room.
 */
package dev.gatefold.kernel;
