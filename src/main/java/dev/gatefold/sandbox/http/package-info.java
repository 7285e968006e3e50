/** HTTP servers of the development stand-ins, which listen on the loopback interface only. */
package dev.gatefold.sandbox.http;
