package dev.gatefold.passes.claims;

import static dev.gatefold.passes.PassFixtures.askForPass;
import static dev.gatefold.passes.PassFixtures.claims;
import static dev.gatefold.passes.PassFixtures.grantEntitlement;
import static dev.gatefold.passes.PassFixtures.pass;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withRole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatefold.testing.ServiceTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pass is shorter than a kibibyte, however many entitlements the account has. */
@ServiceTest
class PassLengthTest {
    private static final int KIBIBYTE = 1024;
    private static final String HEADER = "slug\tname\ttrial_days\tcovers\tmonthly\n";

    private Instant now;
    private List<String> sources;

    @BeforeEach
    void rememberPlans() {
        now = serviceNow();
        sources = visitor().queryParam("limit", 500).get("/v1/sources").path("items.slug");
    }

    @AfterEach
    void restorePlans() throws IOException {
        try (InputStream plans = PassLengthTest.class.getResourceAsStream("/catalog/plans.tsv")) {
            importPlans(new String(plans.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void planOfFewSourcesIsListedInFull() {
        importPlans(HEADER + plan("few", sources.subList(0, 3)));
        String reader = newAccountToken();
        grantEntitlement(reader, "MEMBER", "few", null);

        JsonNode covers = claims(pass(reader, "edge")).at("/rights/0/covers");

        assertThat(covers).extracting(JsonNode::asText).containsExactlyElementsOf(sources.subList(0, 3));
    }

    @Test
    void planOfNearlyAllSourcesIsTruncated() {
        importPlans(HEADER + plan("nearly", sources.subList(1, sources.size())));
        String reader = newAccountToken();
        grantEntitlement(reader, "MEMBER", "nearly", now.plus(Duration.ofDays(30)));

        String pass = pass(reader, "app");

        assertThat(pass).hasSizeLessThan(KIBIBYTE).hasSizeGreaterThan(KIBIBYTE - 50);
        assertThat(claims(pass).at("/rights/0/hashes").asText().length() * 3 / 4 / 5)
                .isGreaterThan(50);
    }

    @Test
    void manyPlansAreTruncated() {
        importPlans(HEADER
                + IntStream.range(0, sources.size())
                        .mapToObj(i -> plan("plan-" + i, sources.subList(i, Math.min(sources.size(), i + 1 + i % 40))))
                        .collect(Collectors.joining()));
        String reader = newAccountToken();
        for (int i = 0; i < sources.size(); i++) {
            grantEntitlement(
                    reader,
                    i % 2 == 0 ? "PURCHASED" : "PENDING_PAYMENT",
                    "plan-" + i,
                    now.plus(Duration.ofDays(10 + i)));
        }

        for (String audience : List.of("edge", "app")) {
            Response response = askForPass(reader, audience);
            String pass = response.then().statusCode(201).extract().path("pass");
            assertThat(pass).hasSizeLessThan(KIBIBYTE);
            assertThat(claims(pass).path("rights")).hasSizeGreaterThan(3);
        }
    }

    private static String plan(String slug, List<String> covers) {
        return String.join("\t", slug, slug, "0", String.join(" ", covers), "100 usd") + "\n";
    }

    private static void importPlans(String plans) {
        withRole("admin")
                .contentType("text/tab-separated-values")
                .body(plans.getBytes(StandardCharsets.UTF_8))
                .put("/admin/v1/plans")
                .then()
                .statusCode(200);
    }
}
