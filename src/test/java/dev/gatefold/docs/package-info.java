/**
 * What is made of the code for those who read or call it: the API document and what follows from it, and the table of the
 * settings. It is kept in the tree, and a change of the code that it does not show fails here. One command renews all of it:
 *
 * <pre>./mvnw test -Dtest='dev.gatefold.docs.*Test' -Dsnapshots.update=true</pre>
 */
package dev.gatefold.docs;
