package dev.gatefold.docs;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.ServiceTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The TypeScript client, checked by the compiler, and used by a reader. */
@ServiceTest
class ClientTest {
    @Test
    void servesAReader() {
        Assumptions.assumeFalse(Snapshot.RENEWING, "Its types are being renewed");
        Npm.require("the TypeScript client");

        var compiled = Npm.run("tsc", "--project", "src/test/clients/typescript");
        assertThat(compiled.content()).as(compiled.text()).isTrue();

        var journey = Npm.node(
                "target/clients/test/clients/typescript/journey.js",
                "http://localhost:" + RestAssured.port,
                token(someone()),
                MEMBERS_ONLY);

        assertThat(journey.text()).isEqualToIgnoringNewLines("""
                {"denied":"SIGN_UP_REQUIRED","opened":"TRIAL","state":"TRIAL","source":"Tom's Guide",\
                "locale":"de","refused":"members-give"}""");
    }
}
