/**
 * The manners of our HTTP: who calls, how often, and from whose pages; how errors are said, what a body may weigh, how an
 * answer is cached. Owns the shape of problem documents and of lists; knows nothing of what is asked.
 */
package dev.gatefold.web;
