/**
 * The provider-neutral part: stored events, the work queue, the worker and reconciliation. It calls a provider through
 * {@link dev.gatefold.billing.queue.ProviderWork}. Reading order: {@code Inbox}, {@code WorkQueue}, {@code BillingWorker},
 * {@code WorkExecutor}, {@code Reconciler}.
 */
package dev.gatefold.billing.queue;
