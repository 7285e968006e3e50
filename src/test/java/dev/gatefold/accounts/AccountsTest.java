package dev.gatefold.accounts;

import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.stranger;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.ServiceTest;
import io.restassured.mapper.ObjectMapperType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
class AccountsTest {
    @Nested
    @DisplayName("a visitor")
    class Visitor {
        @Test
        void hasNoAccountAndCannotMakeOneWithoutSayingWhoTheyAre() {
            visitor().body(Map.of()).post("/v1/accounts").then().statusCode(401).body("code", is("unauthenticated"));
            visitor().get("/v1/me").then().statusCode(401).header("WWW-Authenticate", is("Bearer"));
            visitor().get("/v1/me/membership").then().statusCode(401);
            visitor().post("/v1/me/trial").then().statusCode(401);
        }
    }

    @Nested
    @DisplayName("a reader")
    class Reader {
        @Test
        void signsUpOnce() {
            String reader = token(someone());
            Map<String, String> details =
                    Map.of("email", "zoe@example.com", "name", "Zoë", "locale", "de-AT", "timeZone", "Europe/Vienna");

            String id = bearer(reader)
                    .body(details)
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201)
                    .header("Location", is("/v1/me"))
                    .body("email", is("zoe@example.com"))
                    .body("name", is("Zoë"))
                    .body("locale", is("de-AT"))
                    .body("timeZone", is("Europe/Vienna"))
                    .body("version", is(0))
                    .extract()
                    .path("id");
            bearer(reader)
                    .body(Map.of("name", "Somebody Else"))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(200)
                    .body("id", is(id))
                    .body("name", is("Zoë"));
        }

        @Test
        void signsUpWithNothingToSay() {
            given().auth().oauth2(token(someone())).post("/v1/accounts").then().statusCode(201);
        }

        @Test
        void signsUpOnceHoweverManyTimesAtOnce() throws Exception {
            String reader = token(someone());
            Callable<Integer> signUp = () -> bearer(reader)
                    .body(Map.of("startTrial", true))
                    .post("/v1/accounts")
                    .statusCode();
            List<Integer> statuses = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
                for (Future<Integer> status : threads.invokeAll(Collections.nCopies(10, signUp))) {
                    statuses.add(status.get());
                }
            }

            assertThat(statuses).containsOnlyOnce(201).contains(200).hasSize(10);
            bearer(reader).get("/v1/me").then().statusCode(200).body("version", is(1));
        }

        @Test
        void mustSignUpBeforeAnythingElse() {
            stranger().get("/v1/me").then().statusCode(404).body("code", is("no-account"));
            stranger().get("/v1/me/membership").then().statusCode(404).body("code", is("no-account"));
            stranger().post("/v1/me/trial").then().statusCode(404).body("code", is("no-account"));
        }

        @Test
        void changesWhatTheySayAndNothingElse() {
            String reader = token(someone());
            bearer(reader)
                    .body(Map.of("name", "Zoe", "locale", "en"))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);
            Map<String, String> change = new HashMap<>();
            change.put("name", null);
            change.put("email", "zoe@example.com");

            bearer(reader)
                    .contentType("application/merge-patch+json")
                    .body(change, ObjectMapperType.JACKSON_2)
                    .patch("/v1/me")
                    .then()
                    .statusCode(200);
            bearer(reader)
                    .get("/v1/me")
                    .then()
                    .body("name", nullValue())
                    .body("email", is("zoe@example.com"))
                    .body("locale", is("en"));
        }

        @ParameterizedTest
        @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                        member   | value
                        email    | not an address
                        locale   | ???
                        timeZone | Mars/Olympus
                        """)
        void isToldWhatIsWrong(String member, String value) {
            bearer(token(someone()))
                    .body(Map.of(member, value))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(400)
                    .body("code", is("invalid-input"))
                    .body("errors.pointer", contains("/" + member));
        }

        @Test
        void isToldEverythingThatIsWrong() {
            bearer(signedUp())
                    .body(Map.of("email", "x", "name", "x".repeat(201), "timeZone", "x"))
                    .patch("/v1/me")
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", hasItems("/email", "/name", "/timeZone"));
        }

        @Test
        void cannotSayWhatIsNotTheirsToSay() {
            bearer(token(someone()))
                    .body(Map.of("version", 7))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", is("/version"));
            bearer(signedUp()).body(Map.of("id", "x")).patch("/v1/me").then().statusCode(400);
        }

        @Test
        void hasOneTrial() {
            String reader = signedUp();
            bearer(reader)
                    .get("/v1/me/membership")
                    .then()
                    .statusCode(200)
                    .body("state", is("NONE"))
                    .body("trial", nullValue())
                    .body("accessUntil", nullValue())
                    .body("version", is(0));

            bearer(reader)
                    .body(Map.of("plan", "membership"))
                    .post("/v1/me/trial")
                    .then()
                    .statusCode(201)
                    .body("state", is("TRIAL"))
                    .body("grants.basis", contains("TRIAL"))
                    .body("version", is(1));
            bearer(reader)
                    .post("/v1/me/trial")
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("code", is("trial-already-used"));
        }

        @Test
        void whoSignsUpAgainKeepsTheTrialTheyHad() {
            String reader = inTrial();
            String end = bearer(reader).get("/v1/me/membership").path("accessUntil");

            bearer(reader)
                    .body(Map.of("startTrial", true))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(200)
                    .body("version", is(1));

            bearer(reader).get("/v1/me/membership").then().body("accessUntil", is(end));
        }

        @Test
        void cannotTryAPlanThatHasNoTrial() {
            bearer(signedUp())
                    .body(Map.of("plan", "nothing-of-ours"))
                    .post("/v1/me/trial")
                    .then()
                    .statusCode(422)
                    .body("code", is("no-trial"));
        }
    }

    @Nested
    @DisplayName("another reader")
    class AnotherReader {
        @Test
        void seesTheirOwnAccountAndNobodyElses() {
            String one = signedUp();
            String other = signedUp();
            String id = bearer(one).get("/v1/me").path("id");

            bearer(other).get("/v1/me").then().statusCode(200).body("id", is(not(id)));
        }

        @Test
        void withTheSameAddressIsSomebodyElse() {
            String one = token(someone());
            String other = token(someone());
            String id = bearer(one)
                    .body(Map.of("email", "shared@example.com"))
                    .post("/v1/accounts")
                    .path("id");

            bearer(other)
                    .body(Map.of("email", "shared@example.com"))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201)
                    .body("id", is(not(id)));
        }
    }
}
