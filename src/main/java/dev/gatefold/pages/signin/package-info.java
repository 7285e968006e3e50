/** Sign-up, sign-in and sign-out at the OpenID Connect issuer. */
package dev.gatefold.pages.signin;
