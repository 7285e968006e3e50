package dev.gatefold.passes;

import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.now;
import static dev.gatefold.Actors.visitor;

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
final class Bearers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Bearers() {}

    static Response askForPass(String token, String audience) {
        return bearer(token).body(Map.of("for", audience)).post("/v1/me/passes");
    }

    static String pass(String token, String audience) {
        return askForPass(token, audience).then().statusCode(201).extract().path("pass");
    }

    static JsonNode header(String pass) {
        return part(pass, 0);
    }

    static JsonNode claims(String pass) {
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

    static String keys() {
        return visitor()
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    static String revocations() {
        return visitor()
                .get("/v1/passes/revocations")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** Puts a right into an account as another replica does: behind the back of what this one remembers. */
    static void give(String token, String basis, String plan, Instant until) {
        UUID account = UUID.fromString(bearer(token).get("/v1/me").path("id"));
        Instant now = now();
        change("""
                insert into entitlement (id, account_id, basis, origin, plan, valid_from, valid_until)
                values (gen_random_uuid(), :account, :basis, cast(gen_random_uuid() as text), :plan, :from, :until)
                """, Map.of("account", account, "basis", basis, "plan", plan, "from", now.minusSeconds(1)), until);
        changed(account);
    }

    /** Ends all that an account holds. */
    static void takeAll(String token) {
        UUID account = UUID.fromString(bearer(token).get("/v1/me").path("id"));
        change("delete from entitlement where account_id = :account", Map.of("account", account), null);
        changed(account);
    }

    private static void changed(UUID account) {
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
