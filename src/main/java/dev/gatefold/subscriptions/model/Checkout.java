package dev.gatefold.subscriptions.model;

import dev.gatefold.catalog.model.BillingInterval;
import jakarta.persistence.Column;
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

/** An intention to buy a plan, with the page on which it is paid. */
@Entity
@Table(name = "checkout")
public class Checkout {
    public enum CheckoutState {
        /** Its page is being made. */
        OPENING,
        OPEN,
        COMPLETE,
        EXPIRED
    }

    @Id
    public UUID id;

    public UUID accountId;
    public String idempotencyKey;
    public String plan;

    @Enumerated(EnumType.STRING)
    @Column(name = "billing_interval")
    public BillingInterval interval;

    @Column(name = "return_article")
    public String article;

    public Instant trialUntil;

    @Column(name = "provider_session_id")
    public String session;

    @Column(name = "payment_url")
    String url;

    @Enumerated(EnumType.STRING)
    public CheckoutState state;

    public Instant createdAt;

    public static Checkout create(UUID account, String key, CheckoutSelection wanted, Instant trialUntil, Instant at) {
        Checkout checkout = new Checkout();
        checkout.id = UUID.randomUUID();
        checkout.accountId = account;
        checkout.idempotencyKey = key;
        checkout.plan = wanted.plan();
        checkout.interval = wanted.interval();
        checkout.article = wanted.article();
        checkout.trialUntil = trialUntil;
        checkout.state = CheckoutState.OPENING;
        checkout.createdAt = at;
        return checkout;
    }

    /**
     * What a reader wants to buy.
     *
     * @param article the canonical address of an article of a source, to go back to; or null
     */
    public record CheckoutSelection(String plan, BillingInterval interval, String article) {}

    public boolean matches(CheckoutSelection wanted) {
        return plan.equals(wanted.plan()) && interval == wanted.interval() && Objects.equals(article, wanted.article());
    }

    /** Whether who wants the other may as well pay on this one's page. */
    public boolean isEquivalentTo(Checkout other) {
        return matches(new CheckoutSelection(other.plan, other.interval, other.article))
                && Objects.equals(trialUntil, other.trialUntil);
    }

    public Optional<BillingProvider.HostedPage> page() {
        return Optional.ofNullable(session).map(it -> new BillingProvider.HostedPage(it, URI.create(url)));
    }

    public UUID id() {
        return id;
    }

    public UUID account() {
        return accountId;
    }

    public String plan() {
        return plan;
    }

    public BillingInterval interval() {
        return interval;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** The end of the free days that are left. */
    public Optional<Instant> trialUntil() {
        return Optional.ofNullable(trialUntil);
    }

    public String session() {
        return session;
    }

    /** Where the reader was before paying. */
    public Optional<URI> article() {
        return Optional.ofNullable(article).map(URI::create);
    }
}
