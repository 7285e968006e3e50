/**
 * Samples decisions, replays them under draft policies, and monitors denials of readers who had an entitlement. Observes
 * {@code access} through {@link dev.gatefold.access.decide.DecisionObserver}, which does not know this module. Owns the
 * table {@code decision_sample}. Does not decide anything.
 *
 * <p>Reading order: {@code DecisionSampler}, {@code DecisionSample}, {@code DecisionSamples}, {@code PolicyDryRun}; apart
 * from these {@code WrongDenialMonitor}.
 */
package dev.gatefold.decisionlog;
