package dev.gatefold.passes;

import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** Readers who carry passes, and what they carry. */
public final class PassFixtures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PassFixtures() {}

    public static Response askForPass(String token, String audience) {
        return withBearerToken(token).body(Map.of("for", audience)).post("/v1/me/passes");
    }

    public static String pass(String token, String audience) {
        return askForPass(token, audience).then().statusCode(201).extract().path("pass");
    }

    public static JsonNode header(String pass) {
        return part(pass, 0);
    }

    public static JsonNode claims(String pass) {
        return part(pass, 1);
    }

    private static JsonNode part(String pass, int part) {
        byte[] json = Base64.getUrlDecoder().decode(pass.split("\\.")[part]);
        try {
            return JSON.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    public static String publishedKeys() {
        return visitor()
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    public static String publishedRevocations() {
        return visitor()
                .get("/v1/passes/revocations")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** Puts a right into an account as another replica does: behind the back of what this one remembers. */
    public static void grantEntitlement(String token, String basis, String plan, Instant until) {
        UUID account = UUID.fromString(withBearerToken(token).get("/v1/me").path("id"));
        Instant now = serviceNow();
        change("""
                insert into entitlement (id, account_id, basis, origin, plan, valid_from, valid_until)
                values (gen_random_uuid(), :account, :basis, cast(gen_random_uuid() as text), :plan, :from, :until)
                """, Map.of("account", account, "basis", basis, "plan", plan, "from", now.minusSeconds(1)), until);
        invalidateStanding(account);
    }

    /** Ends all that an account holds. */
    public static void endAllEntitlements(String token) {
        UUID account = UUID.fromString(withBearerToken(token).get("/v1/me").path("id"));
        change("delete from entitlement where account_id = :account", Map.of("account", account), null);
        invalidateStanding(account);
    }

    private static void invalidateStanding(UUID account) {
        change("update account set version = version + 1 where id = :account", Map.of("account", account), null);
    }

    private static void change(String sql, Map<String, Object> parameters, Instant until) {
        QuarkusTransaction.requiringNew().run(() -> {
            var statement = Arc.container().instance(Session.class).get().createNativeMutationQuery(sql);
            parameters.forEach(statement::setParameter);
            if (sql.contains(":until")) {
                statement.setParameter("until", until);
            }
            statement.executeUpdate();
        });
    }
}
