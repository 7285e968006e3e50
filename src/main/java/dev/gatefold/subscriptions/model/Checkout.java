package dev.gatefold.subscriptions.model;

import dev.gatefold.catalog.model.BillingInterval;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A purchase that a reader has started, with the hosted page on which the reader pays. */
@Entity
@Table(name = "checkout")
public class Checkout {
    @Id
    UUID id;

    UUID accountId;
    String idempotencyKey;
    String plan;

    @Enumerated(EnumType.STRING)
    BillingInterval billingInterval;

    String returnArticle;
    Instant trialUntil;
    String providerSessionId;
    String paymentUrl;

    @Enumerated(EnumType.STRING)
    CheckoutState state;

    Instant createdAt;

    /**
     * Returns a new checkout, which is not stored yet.
     *
     * @param trialUntil end of the reader's running free trial; null if none runs
     */
    public static Checkout create(UUID account, String key, CheckoutSelection wanted, Instant trialUntil, Instant at) {
        Checkout checkout = new Checkout();
        checkout.id = UUID.randomUUID();
        checkout.accountId = account;
        checkout.idempotencyKey = key;
        checkout.plan = wanted.plan();
        checkout.billingInterval = wanted.interval();
        checkout.returnArticle = wanted.article();
        checkout.trialUntil = trialUntil;
        checkout.state = CheckoutState.OPENING;
        checkout.createdAt = at;
        return checkout;
    }

    /** Returns true if the checkout was started for this selection. */
    public boolean matches(CheckoutSelection wanted) {
        return selection().equals(wanted);
    }

    /** Returns true if paying on this checkout's page has the same result as paying on the other's. */
    public boolean isEquivalentTo(Checkout other) {
        return matches(other.selection()) && Objects.equals(trialUntil, other.trialUntil);
    }

    private CheckoutSelection selection() {
        return new CheckoutSelection(plan, billingInterval, returnArticle);
    }

    /** Returns the hosted page, or empty while the provider has not created it. */
    public Optional<HostedPage> page() {
        return Optional.ofNullable(providerSessionId).map(it -> new HostedPage(it, URI.create(paymentUrl)));
    }

    /** Sets the page on this object only; {@code Checkouts.recordPage} stores it. */
    public void setPage(HostedPage page) {
        providerSessionId = page.sessionId();
        paymentUrl = page.url().toString();
    }

    public UUID id() {
        return id;
    }

    public UUID account() {
        return accountId;
    }

    public String idempotencyKey() {
        return idempotencyKey;
    }

    public String plan() {
        return plan;
    }

    public BillingInterval interval() {
        return billingInterval;
    }

    public CheckoutState state() {
        return state;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Returns the end of the free trial that was running when the checkout was started, or empty if there was none. */
    public Optional<Instant> trialUntil() {
        return Optional.ofNullable(trialUntil);
    }

    /** Returns the id of the hosted page at the provider, or null while there is no page. */
    public String session() {
        return providerSessionId;
    }

    /** Returns the URL of the article to return to after payment. */
    public Optional<URI> article() {
        return Optional.ofNullable(returnArticle).map(URI::create);
    }
}
