package dev.gatefold.accounts.account;

import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withoutAccount;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.testing.ServiceTest;
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

/** Sign-up, profile and trial of readers, by caller. */
@ServiceTest
class AccountsResourceTest {
    @Nested
    @DisplayName("a visitor")
    class AccountOfVisitorTest {
        @Test
        void visitorCannotSignUpWithoutToken() {
            visitor().body(Map.of()).post("/v1/accounts").then().statusCode(401).body("code", is("unauthenticated"));
            visitor().get("/v1/me").then().statusCode(401).header("WWW-Authenticate", is("Bearer"));
            visitor().get("/v1/me/membership").then().statusCode(401);
            visitor().post("/v1/me/trial").then().statusCode(401);
        }
    }

    @Nested
    @DisplayName("a reader")
    class AccountOfReaderTest {
        @Test
        void secondSignUpReturnsSameAccount() {
            String reader = issueToken(newSubject());
            Map<String, String> details =
                    Map.of("email", "zoe@example.com", "name", "Zoë", "locale", "de-AT", "timeZone", "Europe/Vienna");

            String id = withBearerToken(reader)
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
            withBearerToken(reader)
                    .body(Map.of("name", "Another Name"))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(200)
                    .body("id", is(id))
                    .body("name", is("Zoë"));
        }

        @Test
        void readerSignsUpWithEmptyBody() {
            given().auth()
                    .oauth2(issueToken(newSubject()))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);
        }

        @Test
        void concurrentSignUpsCreateOneAccount() throws Exception {
            String reader = issueToken(newSubject());
            Callable<Integer> signUp = () -> withBearerToken(reader)
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
            withBearerToken(reader).get("/v1/me").then().statusCode(200).body("version", is(1));
        }

        @Test
        void accountEndpointsRequireSignUp() {
            withoutAccount().get("/v1/me").then().statusCode(404).body("code", is("no-account"));
            withoutAccount().get("/v1/me/membership").then().statusCode(404).body("code", is("no-account"));
            withoutAccount().post("/v1/me/trial").then().statusCode(404).body("code", is("no-account"));
        }

        @Test
        void profileUpdateChangesOnlySentFields() {
            String reader = issueToken(newSubject());
            withBearerToken(reader)
                    .body(Map.of("name", "Zoe", "locale", "en"))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);
            Map<String, String> change = new HashMap<>();
            change.put("name", null);
            change.put("email", "zoe@example.com");

            withBearerToken(reader)
                    .contentType("application/merge-patch+json")
                    .body(change, ObjectMapperType.JACKSON_2)
                    .patch("/v1/me")
                    .then()
                    .statusCode(200);
            withBearerToken(reader)
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
        void invalidProfileFieldIsReported(String member, String value) {
            withBearerToken(issueToken(newSubject()))
                    .body(Map.of(member, value))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(400)
                    .body("code", is("invalid-input"))
                    .body("errors.pointer", contains("/" + member));
        }

        @Test
        void allInvalidProfileFieldsAreReported() {
            withBearerToken(newAccountToken())
                    .body(Map.of("email", "x", "name", "x".repeat(201), "timeZone", "x"))
                    .patch("/v1/me")
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", hasItems("/email", "/name", "/timeZone"));
        }

        @Test
        void readOnlyProfileFieldsAreRejected() {
            withBearerToken(issueToken(newSubject()))
                    .body(Map.of("version", 7))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", is("/version"));
            withBearerToken(newAccountToken())
                    .body(Map.of("id", "x"))
                    .patch("/v1/me")
                    .then()
                    .statusCode(400);
        }

        @Test
        void secondTrialIsRejected() {
            String reader = newAccountToken();
            withBearerToken(reader)
                    .get("/v1/me/membership")
                    .then()
                    .statusCode(200)
                    .body("state", is("NONE"))
                    .body("trial", nullValue())
                    .body("accessUntil", nullValue())
                    .body("version", is(0));

            withBearerToken(reader)
                    .body(Map.of("plan", "membership"))
                    .post("/v1/me/trial")
                    .then()
                    .statusCode(201)
                    .body("state", is("TRIAL"))
                    .body("grants.basis", contains("TRIAL"))
                    .body("version", is(1));
            withBearerToken(reader)
                    .post("/v1/me/trial")
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("code", is("trial-already-used"));
        }

        @Test
        void repeatedSignUpKeepsTrial() {
            String reader = newTrialToken();
            String end = withBearerToken(reader).get("/v1/me/membership").path("accessUntil");

            withBearerToken(reader)
                    .body(Map.of("startTrial", true))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(200)
                    .body("version", is(1));

            withBearerToken(reader).get("/v1/me/membership").then().body("accessUntil", is(end));
        }

        @Test
        void trialOfPlanWithoutTrialIsRejected() {
            withBearerToken(newAccountToken())
                    .body(Map.of("plan", "unknown-plan"))
                    .post("/v1/me/trial")
                    .then()
                    .statusCode(422)
                    .body("code", is("no-trial"));
        }
    }

    @Nested
    @DisplayName("another reader")
    class AccountOfAnotherReaderTest {
        @Test
        void readerSeesOnlyOwnAccount() {
            String one = newAccountToken();
            String other = newAccountToken();
            String id = withBearerToken(one).get("/v1/me").path("id");

            withBearerToken(other).get("/v1/me").then().statusCode(200).body("id", is(not(id)));
        }

        @Test
        void sameEmailAddressIsSeparateAccount() {
            String one = issueToken(newSubject());
            String other = issueToken(newSubject());
            String id = withBearerToken(one)
                    .body(Map.of("email", "shared@example.com"))
                    .post("/v1/accounts")
                    .path("id");

            withBearerToken(other)
                    .body(Map.of("email", "shared@example.com"))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201)
                    .body("id", is(not(id)));
        }
    }
}
