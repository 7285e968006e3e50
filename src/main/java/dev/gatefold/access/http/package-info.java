/** HTTP resources of access decisions and reads, and the parsing of their requests. */
package dev.gatefold.access.http;
