package dev.gatefold.access;

import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitorToken;

import dev.gatefold.Actors;
import dev.gatefold.access.NaiveLaw.Asker;
import dev.gatefold.access.NaiveLaw.Held;
import dev.gatefold.access.RandomArticles.Place;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Granting;
import dev.gatefold.entitlements.Right;
import dev.gatefold.kernel.Term;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Readers who hold rights made at random, and others. */
final class RandomReaders {
    /** A reader, and how such a one asks. */
    record Someone(Asker asker, String token, String visitor, String subject, List<Instant> reads) {
        RequestSpecification asks(String country) {
            return from(country, token == null ? Actors.visitor() : bearer(token));
        }

        /** By the back end of the app that they read in, whose own country is no reader's. */
        RequestSpecification asksBy(String service) {
            return from("us", bearer(service));
        }

        private RequestSpecification from(String country, RequestSpecification request) {
            RequestSpecification known = visitor == null ? request : request.header("X-Visitor", visitor);
            return country == null ? known : known.header("X-Country", country);
        }
    }

    private final Dice dice;
    private final RandomTitles titles;
    private final RandomArticles articles;
    private final CurrentCatalog catalog;
    private final Granting granting;
    private final List<Someone> all = new ArrayList<>();

    RandomReaders(Dice dice, RandomTitles titles, RandomArticles articles, CurrentCatalog catalog, Granting granting) {
        this.dice = dice;
        this.titles = titles;
        this.articles = articles;
        this.catalog = catalog;
        this.granting = granting;
    }

    List<Someone> all() {
        return all;
    }

    /**
     * Who is not signed in calls from this machine, on which a search engine lives. The clock has to stand where this world begins, or
     * visitors come from the future.
     */
    void populate(int accounts, Instant begins) {
        for (int i = 0; i < accounts; i++) {
            addAccount(begins);
        }
        for (int i = 0; i < 3; i++) {
            String subject = someone();
            add(new Asker(null, false, false, List.of()), token(subject), null, subject);
            String visitor = visitorToken();
            add(new Asker(visitor, false, true, List.of()), null, visitor, null);
        }
        add(new Asker(null, false, true, List.of()), null, null, null);
    }

    private void add(Asker asker, String token, String visitor, String subject) {
        all.add(new Someone(asker, token, visitor, subject, new ArrayList<>()));
    }

    private void addAccount(Instant begins) {
        String subject = someone();
        String token = token(subject);
        String account = bearer(token)
                .body(Map.of())
                .post("/v1/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        List<Held> rights = new ArrayList<>();
        for (int i = dice.below(6); i > 0; i--) {
            rights.add(grant(UUID.fromString(account), "random-" + i, begins));
        }
        add(new Asker(account, true, false, rights), token, dice.oneIn(3) ? visitorToken() : null, subject);
    }

    private Held grant(UUID account, String origin, Instant begins) {
        Basis basis = dice.any(List.of(Basis.values()));
        Instant from = begins.plus(Duration.ofHours(dice.below(50 * 24) - 25L * 24))
                .plusMillis(dice.oneIn(3) ? dice.below(1000) : 0);
        Instant until = dice.oneIn(6) ? null : from.plus(Duration.ofHours(1 + dice.below(1 + dice.below(50 * 24))));
        Term term = new Term(from, Optional.ofNullable(until));
        if (dice.oneIn(3)) {
            Place place = articles.place();
            granting.grant(account, new Right(basis, origin, coverage(place), term));
            return new Held(basis, null, place.identity(), from, until);
        }
        String plan = dice.any(titles.plans());
        granting.grant(account, Right.toPlan(basis, origin, plan, term));
        return new Held(basis, plan, null, from, until);
    }

    private Coverage coverage(Place place) {
        var article = place.host() == null
                ? catalog.get().article(place.slug(), place.name())
                : catalog.get().articleAt(place.url(), "/url");
        return new Coverage.OfArticle(place.source(), article.key(), article.name());
    }

    static List<Instant> edgesOf(Someone reader) {
        List<Instant> edges = new ArrayList<>();
        for (Held right : reader.asker().rights()) {
            edges.add(right.from());
            if (right.until() != null) {
                edges.add(right.until());
            }
        }
        return edges;
    }
}
