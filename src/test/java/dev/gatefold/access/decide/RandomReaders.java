package dev.gatefold.access.decide;

import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newVisitorToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;

import dev.gatefold.access.decide.RandomArticles.RandomArticleLocation;
import dev.gatefold.access.decide.ReferencePaywall.ReferenceEntitlement;
import dev.gatefold.access.decide.ReferencePaywall.ReferenceReader;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.kernel.Term;
import dev.gatefold.testing.TestCallers;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Random readers: with random entitlements, without any, and visitors. */
final class RandomReaders {
    /** A reader and the way in which requests are sent for this reader. */
    record RandomReader(ReferenceReader reference, String token, String visitor, String subject, List<Instant> reads) {
        RequestSpecification requestFrom(String country) {
            return from(country, token == null ? TestCallers.visitor() : withBearerToken(token));
        }

        /** Sent by the back end of a reader app, whose own country must not count. */
        RequestSpecification requestByService(String service) {
            return from("us", withBearerToken(service));
        }

        private RequestSpecification from(String country, RequestSpecification request) {
            RequestSpecification known = visitor == null ? request : request.header("X-Visitor", visitor);
            return country == null ? known : known.header("X-Country", country);
        }
    }

    private final SeededRandom dice;
    private final RandomSources sources;
    private final RandomArticles articles;
    private final CurrentCatalog catalog;
    private final EntitlementGrants granting;
    private final List<RandomReader> all = new ArrayList<>();

    RandomReaders(
            SeededRandom dice,
            RandomSources sources,
            RandomArticles articles,
            CurrentCatalog catalog,
            EntitlementGrants granting) {
        this.dice = dice;
        this.sources = sources;
        this.articles = articles;
        this.catalog = catalog;
        this.granting = granting;
    }

    List<RandomReader> all() {
        return all;
    }

    /**
     * Creates the readers. Requests of signed-out readers come from this machine, whose address is listed as a crawler's. The
     * clock must be at the start of the world, because visitor tokens issued later would be rejected.
     */
    void populate(int accounts, Instant begins) {
        for (int i = 0; i < accounts; i++) {
            addAccount(begins);
        }
        for (int i = 0; i < 3; i++) {
            String subject = newSubject();
            add(
                    new ReferenceReader(null, false, false, List.of(), BillingStatus.NONE),
                    issueToken(subject),
                    null,
                    subject);
            String visitor = newVisitorToken();
            add(new ReferenceReader(visitor, false, true, List.of(), BillingStatus.NONE), null, visitor, null);
        }
        add(new ReferenceReader(null, false, true, List.of(), BillingStatus.NONE), null, null, null);
    }

    private void add(ReferenceReader reference, String token, String visitor, String subject) {
        all.add(new RandomReader(reference, token, visitor, subject, new ArrayList<>()));
    }

    private void addAccount(Instant begins) {
        String subject = newSubject();
        String token = issueToken(subject);
        String account = withBearerToken(token)
                .body(Map.of())
                .post("/v1/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        List<ReferenceEntitlement> rights = new ArrayList<>();
        for (int i = dice.below(6); i > 0; i--) {
            rights.add(grant(UUID.fromString(account), "random-" + i, begins));
        }
        BillingStatus billing = dice.oneIn(3) ? dice.pick(List.of(BillingStatus.values())) : BillingStatus.NONE;
        granting.setBilling(UUID.fromString(account), billing);
        add(
                new ReferenceReader(account, true, false, rights, billing),
                token,
                dice.oneIn(3) ? newVisitorToken() : null,
                subject);
    }

    private ReferenceEntitlement grant(UUID account, String origin, Instant begins) {
        EntitlementBasis basis = dice.pick(List.of(EntitlementBasis.values()));
        Instant from = begins.plus(Duration.ofHours(dice.below(50 * 24) - 25L * 24))
                .plusMillis(dice.oneIn(3) ? dice.below(1000) : 0);
        Instant until = dice.oneIn(6) ? null : from.plus(Duration.ofHours(1 + dice.below(1 + dice.below(50 * 24))));
        Term term = new Term(from, Optional.ofNullable(until));
        if (dice.oneIn(3)) {
            RandomArticleLocation place = articles.pickArticle();
            granting.grant(account, new Entitlement(basis, origin, coverage(place), term));
            return new ReferenceEntitlement(basis, null, place.identity(), from, until);
        }
        String plan = dice.pick(sources.plans());
        granting.grant(account, Entitlement.forPlan(basis, origin, plan, term));
        return new ReferenceEntitlement(basis, plan, null, from, until);
    }

    private Coverage coverage(RandomArticleLocation place) {
        var article = place.host() == null
                ? catalog.get().articleByReference(place.slug(), place.name())
                : catalog.get().articleByUrl(place.url(), "/url");
        return new Coverage.ArticleCoverage(place.source(), article.key(), article.name());
    }

    static List<Instant> entitlementBoundaries(RandomReader reader) {
        List<Instant> edges = new ArrayList<>();
        for (ReferenceEntitlement right : reader.reference().rights()) {
            edges.add(right.from());
            if (right.until() != null) {
                edges.add(right.until());
            }
        }
        return edges;
    }
}
