package dev.gatefold.passes;

import static dev.gatefold.Actors.now;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.withRole;
import static dev.gatefold.passes.Bearers.askForPass;
import static dev.gatefold.passes.Bearers.claims;
import static dev.gatefold.passes.Bearers.give;
import static dev.gatefold.passes.Bearers.pass;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatefold.ServiceTest;
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

/** Under a kibibyte, whatever is held. */
@ServiceTest
class LengthTest {
    private static final int KIBIBYTE = 1024;
    private static final String HEAD = "slug\tname\ttrial_days\tcovers\tmonthly\n";

    private Instant now;
    private List<String> titles;

    @BeforeEach
    void look() {
        now = now();
        titles = visitor().queryParam("limit", 500).get("/v1/sources").path("items.slug");
    }

    @AfterEach
    void bringBackWhatWasSold() throws IOException {
        try (InputStream plans = LengthTest.class.getResourceAsStream("/catalog/plans.tsv")) {
            sell(new String(plans.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aPlanOfAFewTitlesIsWrittenOut() {
        sell(HEAD + plan("few", titles.subList(0, 3)));
        String reader = signedUp();
        give(reader, "MEMBER", "few", null);

        JsonNode covers = claims(pass(reader, "edge")).at("/rights/0/covers");

        assertThat(covers).extracting(JsonNode::asText).containsExactlyElementsOf(titles.subList(0, 3));
    }

    @Test
    void aPlanOfAllButOneTitleIsSaidAsFarAsItGoes() {
        sell(HEAD + plan("nearly", titles.subList(1, titles.size())));
        String reader = signedUp();
        give(reader, "MEMBER", "nearly", now.plus(Duration.ofDays(30)));

        String pass = pass(reader, "app");

        assertThat(pass).hasSizeLessThan(KIBIBYTE).hasSizeGreaterThan(KIBIBYTE - 50);
        assertThat(claims(pass).at("/rights/0/hashes").asText().length() * 3 / 4 / 5)
                .isGreaterThan(50);
    }

    @Test
    void anAbsurdNumberOfPlansIsToo() {
        sell(HEAD
                + IntStream.range(0, titles.size())
                        .mapToObj(i -> plan("plan-" + i, titles.subList(i, Math.min(titles.size(), i + 1 + i % 40))))
                        .collect(Collectors.joining()));
        String reader = signedUp();
        for (int i = 0; i < titles.size(); i++) {
            give(reader, i % 2 == 0 ? "PURCHASED" : "PENDING_PAYMENT", "plan-" + i, now.plus(Duration.ofDays(10 + i)));
        }

        for (String audience : List.of("edge", "app")) {
            Response answer = askForPass(reader, audience);
            String pass = answer.then().statusCode(201).extract().path("pass");
            assertThat(pass).hasSizeLessThan(KIBIBYTE);
            assertThat(claims(pass).path("rights")).hasSizeGreaterThan(3);
        }
    }

    private static String plan(String slug, List<String> covers) {
        return String.join("\t", slug, slug, "0", String.join(" ", covers), "100 usd") + "\n";
    }

    private static void sell(String plans) {
        withRole("admin")
                .contentType("text/tab-separated-values")
                .body(plans.getBytes(StandardCharsets.UTF_8))
                .put("/admin/v1/plans")
                .then()
                .statusCode(200);
    }
}
