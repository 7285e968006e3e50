/**
 * Access rules of sources and sections: which policy is effective at an instant. Rules are added and withdrawn, never
 * edited. Read {@link dev.gatefold.catalog.rules.Policy}, {@link dev.gatefold.catalog.rules.Rule}, then
 * {@link dev.gatefold.catalog.rules.SourceRules}.
 */
package dev.gatefold.catalog.rules;
