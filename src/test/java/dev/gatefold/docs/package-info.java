/**
 * Tests of the documents, and of the files that are generated from the code: the API document, the files derived from it,
 * and the configuration reference. A test fails if a generated file is out of date. This command regenerates all of them:
 *
 * <pre>./mvnw test -Dtest='dev.gatefold.docs.*Test' -Dsnapshots.update=true</pre>
 */
package dev.gatefold.docs;
