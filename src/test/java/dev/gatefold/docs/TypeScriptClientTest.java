package dev.gatefold.docs;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.testing.ServiceTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The TypeScript client, checked by the compiler, and used by a reader. */
@ServiceTest
class TypeScriptClientTest {
    @Test
    void typeScriptClientCompletesReaderJourney() {
        Assumptions.assumeFalse(SnapshotFile.RENEWING, "Its types are being renewed");
        NpmTools.requireInstalled("the TypeScript client");

        var compiled = NpmTools.run("tsc", "--project", "src/test/clients/typescript");
        assertThat(compiled.content()).as(compiled.text()).isTrue();

        var journey = NpmTools.runNode(
                "target/clients/test/clients/typescript/journey.js",
                "http://localhost:" + RestAssured.port,
                issueToken(newSubject()),
                MEMBERS_ONLY);

        assertThat(journey.text()).isEqualToIgnoringNewLines("""
                {"denied":"SIGN_UP_REQUIRED","opened":"TRIAL","state":"TRIAL","source":"Tom's Guide",\
                "locale":"de","refused":"members-give"}""");
    }
}
