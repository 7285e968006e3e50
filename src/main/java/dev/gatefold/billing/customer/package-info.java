/** The customers of billing providers, and export and erasure of billing data. */
package dev.gatefold.billing.customer;
