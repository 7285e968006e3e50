/** Access decisions in the shape of the OpenID AuthZEN Authorization API 1.0. */
package dev.gatefold.access.authzen;
