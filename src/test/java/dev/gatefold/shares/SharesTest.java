package dev.gatefold.shares;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.moveClockTo;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.visitorToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.Grants;
import dev.gatefold.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A member gives an article away. */
@ServiceTest
class SharesTest {
    private static final int DEVICES = 5;
    private static final int MONTHLY = 10;

    @Inject
    Session database;

    @AfterEach
    void today() {
        moveClockTo(Clock.systemUTC().instant());
    }

    private static ValidatableResponse give(String member, String url) {
        return bearer(member).body(Map.of("url", url)).post("/v1/me/shares").then();
    }

    private static String share() {
        return give(Grants.member(), MEMBERS_ONLY).statusCode(201).extract().path("code");
    }

    private static ValidatableResponse ask(RequestSpecification who, String code, String url) {
        return who.header("X-Share", code)
                .queryParam("url", url)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse open(RequestSpecification who, String code) {
        return who.header("X-Share", code)
                .header("Idempotency-Key", UUID.randomUUID())
                .body(Map.of("url", MEMBERS_ONLY))
                .post("/v1/reads")
                .then();
    }

    @Nested
    class AMember {
        @Test
        void getsALinkAndTheSameForTheSameArticle() {
            String member = Grants.member();

            String code = give(member, MEMBERS_ONLY)
                    .statusCode(201)
                    .body("source", is("toms-guide"), "opened", is(0), "devices", is(DEVICES))
                    .extract()
                    .path("code");

            give(member, MEMBERS_ONLY + "?utm_source=x").statusCode(200).body("code", is(code));
            bearer(member).get("/v1/me/shares").then().body("left", is(MONTHLY - 1), "items.code", is(List.of(code)));
        }

        @Test
        void givesSoManyInAMonthAndNotMoreHoweverManyAtOnce() throws Exception {
            String member = Grants.member();
            List<Callable<Integer>> tries = new ArrayList<>();
            for (int i = 0; i < MONTHLY + 6; i++) {
                String url = MEMBERS_ONLY + "-" + i;
                tries.add(() -> give(member, url).extract().statusCode());
            }

            List<Integer> answers = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (Future<Integer> answer : threads.invokeAll(tries)) {
                    answers.add(answer.get());
                }
            }

            assertThat(answers).filteredOn(status -> status == 201).hasSize(MONTHLY);
            give(member, MEMBERS_ONLY).statusCode(409).body("code", is("share-budget-spent"));
        }

        @Test
        void takesTheLinkBack() {
            String member = Grants.member();
            String code = give(member, MEMBERS_ONLY).extract().path("code");
            ask(visitor(visitorToken()), code, MEMBERS_ONLY).body("reason", is("SHARED_LINK"));

            bearer(member).delete("/v1/me/shares/" + code).then().statusCode(204);

            ask(visitor(visitorToken()), code, MEMBERS_ONLY).body("reason", is("SIGN_UP_REQUIRED"));
            bearer(member).get("/v1/me/shares").then().body("items[0].revokedAt", notNullValue());
            visitor().redirects().follow(false).get("/share/" + code).then().statusCode(404);
        }

        @Test
        void doesNotTakeBackWhatOthersHaveGiven() {
            String code = share();

            bearer(Grants.member()).delete("/v1/me/shares/" + code).then().statusCode(404);

            ask(visitor(), code, MEMBERS_ONLY).body("reason", is("SHARED_LINK"));
        }
    }

    @Nested
    class WhoIsNoMember {
        @Test
        void givesNothing() {
            give(inTrial(), MEMBERS_ONLY).statusCode(409).body("code", is("members-give"));
            give(signedUp(), MEMBERS_ONLY).statusCode(409);
            give(Grants.member(), "https://nobody.example/a").statusCode(400);
        }
    }

    @Nested
    class WhoFollowsALink {
        @Test
        void isLedToTheArticle() {
            String code = share();

            visitor()
                    .redirects()
                    .follow(false)
                    .get("/share/" + code)
                    .then()
                    .statusCode(303)
                    .header("Location", is(MEMBERS_ONLY + "#share=" + code));
        }

        @Test
        void readsItAndNothingElse() {
            String code = share();
            String token = visitorToken();

            ask(visitor(token), code, MEMBERS_ONLY).body("granted", is(true), "reason", is("SHARED_LINK"));
            ask(visitor(token), code, MEMBERS_ONLY + "-other").body("reason", is("SIGN_UP_REQUIRED"));
            ask(visitor(token), "no-such-code", MEMBERS_ONLY).body("reason", is("SIGN_UP_REQUIRED"));
        }

        @Test
        void isOneOfTheFirstFew() {
            String code = share();
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                tokens.add(visitorToken());
                open(visitor(tokens.getLast()), code).statusCode(200).body("reason", is("SHARED_LINK"));
            }

            open(visitor(visitorToken()), code).statusCode(200).body("granted", is(false));
            open(visitor(tokens.getFirst()), code).body("reason", is("SHARED_LINK"));
            ask(visitor(), code, MEMBERS_ONLY).body("granted", is(false));
        }

        @Test
        void goesOnReadingWhenTheyHaveSignedUp() {
            String code = share();
            String token = visitorToken();
            open(visitor(token), code).body("reason", is("SHARED_LINK"));
            for (int i = 1; i < DEVICES; i++) {
                open(visitor(visitorToken()), code);
            }
            String reader = token(someone());

            bearer(reader)
                    .header("X-Visitor", token)
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);

            ask(bearer(reader), code, MEMBERS_ONLY).body("reason", is("SHARED_LINK"));
        }

        @Test
        void areNeverMoreHoweverManyAtOnce() throws Exception {
            String code = share();
            List<Callable<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String token = visitorToken();
                tries.add(() -> open(visitor(token), code).extract().path("granted"));
            }

            List<Boolean> answers = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(16)) {
                for (Future<Boolean> answer : threads.invokeAll(tries)) {
                    answers.add(answer.get());
                }
            }

            assertThat(answers).filteredOn(granted -> granted).hasSize(DEVICES);
        }

        @Test
        void comesTooLateWhenTheLinkHasEnded() {
            String code = share();

            advance(Duration.ofDays(7));

            ask(visitor(), code, MEMBERS_ONLY).body("granted", is(false));
            open(visitor(visitorToken()), code).body("granted", is(false));
        }

        @Test
        void countsForThePublisherAndSpendsNoMeter() {
            String token = visitorToken();
            String code = give(Grants.member(), METERED + "gift").extract().path("code");

            visitor(token)
                    .header("X-Share", code)
                    .header("Idempotency-Key", UUID.randomUUID())
                    .body(Map.of("url", METERED + "gift"))
                    .post("/v1/reads")
                    .then()
                    .body("reason", is("SHARED_LINK"), "counted", is(false), "meter", nullValue());

            assertThat(readsFor(code)).isEqualTo(1);
            ask(visitor(token), "-", METERED + "x").body("meter.used", is(0));
        }

        private long readsFor(String code) {
            return QuarkusTransaction.requiringNew()
                    .call(() -> database.createNativeQuery("""
                            select count(*) from read r join share s on r.holder = any(s.devices)
                            where s.code = :code and r.reason = 'SHARED_LINK' and r.source = s.source
                            """, Long.class)
                            .setParameter("code", code)
                            .getSingleResult());
        }

        @Test
        void needsToBeToldFromOthersToOpenIt() {
            open(visitor(), share()).statusCode(400).body("code", is("visitor-required"));
        }
    }
}
