/**
 * Reading passes: what a reader may open by right, signed, so that an edge worker or an app in a tunnel decides without
 * asking. Owns the tables {@code pass_key}, {@code pass_subject_key} and {@code issued_pass}, the keys as they are published,
 * and the list of passes that have been overtaken. Does not own what is held, nor the law: a pass says less than the
 * truth of its hour at times, and never more; of what it does not speak, Gatefold is asked. A rule or a plan that is
 * changed after a pass was given does not make it void: it is heeded when the pass is renewed.
 */
package dev.gatefold.passes;
