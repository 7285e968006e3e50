package dev.gatefold.subscriptions;

import dev.gatefold.catalog.Interval;
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
    enum State {
        /** Its page is being made. */
        OPENING,
        OPEN,
        COMPLETE,
        EXPIRED
    }

    @Id
    UUID id;

    UUID accountId;
    String idempotencyKey;
    String plan;

    @Enumerated(EnumType.STRING)
    @Column(name = "\"interval\"")
    Interval interval;

    String article;
    Instant trialUntil;
    String session;
    String url;

    @Enumerated(EnumType.STRING)
    State state;

    Instant createdAt;

    static Checkout begin(UUID account, String key, Wanted wanted, Instant trialUntil, Instant at) {
        Checkout checkout = new Checkout();
        checkout.id = UUID.randomUUID();
        checkout.accountId = account;
        checkout.idempotencyKey = key;
        checkout.plan = wanted.plan();
        checkout.interval = wanted.interval();
        checkout.article = wanted.article();
        checkout.trialUntil = trialUntil;
        checkout.state = State.OPENING;
        checkout.createdAt = at;
        return checkout;
    }

    /**
     * What a reader wants to buy.
     *
     * @param article the canonical address of an article of a source, to go back to; or null
     */
    public record Wanted(String plan, Interval interval, String article) {}

    boolean isFor(Wanted wanted) {
        return plan.equals(wanted.plan()) && interval == wanted.interval() && Objects.equals(article, wanted.article());
    }

    /** Whether who wants the other may as well pay on this one's page. */
    boolean isSameAs(Checkout other) {
        return isFor(new Wanted(other.plan, other.interval, other.article))
                && Objects.equals(trialUntil, other.trialUntil);
    }

    Optional<BillingProvider.HostedPage> page() {
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

    public Interval interval() {
        return interval;
    }

    public Instant begunAt() {
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
