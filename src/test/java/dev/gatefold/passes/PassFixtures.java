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

/** Issues passes to test readers, decodes them, and changes the entitlements behind them. */
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

    /** Grants an entitlement by SQL, as another replica does, so that the caches of this replica do not notice. */
    public static void grantEntitlement(String token, String basis, String plan, Instant until) {
        UUID account = UUID.fromString(withBearerToken(token).get("/v1/me").path("id"));
        Instant now = serviceNow();
        execute("""
                insert into entitlement (id, account_id, basis, origin, plan, valid_from, valid_until)
                values (gen_random_uuid(), :account, :basis, cast(gen_random_uuid() as text), :plan, :from, :until)
                """, Map.of("account", account, "basis", basis, "plan", plan, "from", now.minusSeconds(1)), until);
        bumpVersion(account);
    }

    /** Deletes all entitlements of an account by SQL, as another replica does. */
    public static void endAllEntitlements(String token) {
        UUID account = UUID.fromString(withBearerToken(token).get("/v1/me").path("id"));
        execute("delete from entitlement where account_id = :account", Map.of("account", account), null);
        bumpVersion(account);
    }

    private static void bumpVersion(UUID account) {
        execute("update account set version = version + 1 where id = :account", Map.of("account", account), null);
    }

    private static void execute(String sql, Map<String, Object> parameters, Instant until) {
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
