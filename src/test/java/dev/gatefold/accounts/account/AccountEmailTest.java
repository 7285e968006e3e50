package dev.gatefold.accounts.account;

import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.testing.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.mapper.ObjectMapperType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Map;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The e-mail address that an account takes from the tokens of its reader. */
@ServiceTest
class AccountEmailTest {
    @Inject
    Session database;

    private final String subject = newSubject();

    private String token(String email, boolean verified) {
        return visitor()
                .body(Map.of("subject", subject, "email", email, "emailVerified", verified))
                .post("/dev/tokens")
                .then()
                .statusCode(200)
                .extract()
                .path("token");
    }

    private static ValidatableResponse signIn(String token) {
        return withBearerToken(token).post("/v1/accounts").then();
    }

    private ValidatableResponse account() {
        return withBearerToken(issueToken(subject)).get("/v1/me").then().statusCode(200);
    }

    private void assertEmail(String address, boolean verified) {
        account().body("email", is(address), "emailVerified", is(verified));
    }

    private ValidatableResponse patchEmail(String email) {
        return withBearerToken(issueToken(subject))
                .body(Collections.singletonMap("email", email), ObjectMapperType.JACKSON_2)
                .patch("/v1/me")
                .then();
    }

    private String rowVersion() {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select cast(xmin as text) from account where subject = :subject", String.class)
                        .setParameter("subject", subject)
                        .getSingleResult());
    }

    @Test
    void signUpTakesAddressOfToken() {
        signIn(token("zoe@example.com", true))
                .statusCode(201)
                .body("email", is("zoe@example.com"), "emailVerified", is(true));

        assertEmail("zoe@example.com", true);
    }

    @Test
    void unverifiedAddressIsStoredAsSuch() {
        signIn(token("zoe@example.com", false)).statusCode(201).body("emailVerified", is(false));
    }

    @Test
    void accountWithoutAddressIsNotVerified() {
        signIn(issueToken(subject)).statusCode(201).body("email", nullValue(), "emailVerified", is(false));
    }

    @Test
    void laterSignInVerifiesAddress() {
        signIn(token("zoe@example.com", false));

        signIn(token("zoe@example.com", true)).statusCode(200).body("emailVerified", is(true));
    }

    @Test
    void changedAddressReplacesOldOneWithItsFlag() {
        signIn(token("zoe@example.com", true));

        signIn(token("new@example.com", false)).statusCode(200);

        assertEmail("new@example.com", false);
    }

    @Test
    void tokenWithoutAddressErasesNothing() {
        signIn(token("zoe@example.com", true));

        signIn(issueToken(subject)).statusCode(200);

        assertEmail("zoe@example.com", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not an address", "zoe\u001f@example.com", "zoe\u0007@example.com", "@", ""})
    void invalidAddressInTokenIsIgnored(String address) {
        signIn(token("zoe@example.com", true));

        signIn(token(address, true)).statusCode(200);

        assertEmail("zoe@example.com", true);
    }

    @Test
    void unchangedAddressCausesNoWrite() {
        signIn(token("zoe@example.com", true));
        String before = rowVersion();

        signIn(token("zoe@example.com", true)).statusCode(200);

        assertThat(rowVersion()).isEqualTo(before);
    }

    @Test
    void givenAddressIsNotVerified() {
        signIn(token("zoe@example.com", true));

        patchEmail("given@example.com").statusCode(200).body("emailVerified", is(false));
        assertEmail("given@example.com", false);

        signIn(token("zoe@example.com", true)).statusCode(200);
        assertEmail("zoe@example.com", true);
    }

    @Test
    void sameGivenAddressStaysVerified() {
        signIn(token("zoe@example.com", true));

        patchEmail("zoe@example.com").statusCode(200).body("emailVerified", is(true));
    }

    @Test
    void removedAddressIsNotVerified() {
        signIn(token("zoe@example.com", true));

        patchEmail(null).statusCode(200).body("email", nullValue(), "emailVerified", is(false));
    }

    @Test
    void addressInSignUpRequestIsNotVerified() {
        withBearerToken(token("zoe@example.com", true))
                .body(Map.of("email", "given@example.com"))
                .post("/v1/accounts")
                .then()
                .statusCode(201)
                .body("email", is("given@example.com"), "emailVerified", is(false));
    }

    @Test
    void exportContainsAddressAndItsVerification() {
        signIn(token("zoe@example.com", true));

        withBearerToken(issueToken(subject))
                .get("/v1/me/export")
                .then()
                .statusCode(200)
                .body(
                        "account.email", is("zoe@example.com"),
                        "account.emailVerified", is(true),
                        "account.emailClaimedAt", notNullValue());
    }

    @Test
    void erasureRemovesAddress() {
        signIn(token("zoe@example.com", true));
        String id = account().extract().path("id");

        withBearerToken(issueToken(subject)).delete("/v1/me").then().statusCode(202);

        assertThat(QuarkusTransaction.requiringNew()
                        .call(() -> database.createNativeQuery("""
                                        select num_nonnulls(email, email_claimed_at, verified_email_hash) = 0
                                          and not email_verified
                                        from account where id = cast(:id as uuid)
                                        """, Boolean.class)
                                .setParameter("id", id)
                                .getSingleResult()))
                .isTrue();
    }
}
