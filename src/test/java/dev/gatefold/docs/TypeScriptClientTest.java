package dev.gatefold.docs;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.testing.ServiceTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Compilation of the TypeScript client, and a reader's journey that uses it. */
@ServiceTest
class TypeScriptClientTest {
    @Test
    void typeScriptClientCompletesReaderJourney() {
        Assumptions.assumeFalse(SnapshotFile.UPDATE, "The client's types are being regenerated");
        NpmTools.requireInstalled("the TypeScript client");

        var compiled = NpmTools.run("tsc", "--project", "src/test/clients/typescript");
        assertThat(compiled.successful()).as(compiled.output()).isTrue();

        var journey = NpmTools.runNode(
                "target/clients/test/clients/typescript/journey.js",
                "http://localhost:" + RestAssured.port,
                issueToken(newSubject()),
                MEMBERS_ONLY);

        assertThat(journey.output()).isEqualToIgnoringNewLines("""
            {"denied":"SIGN_UP_REQUIRED","opened":"TRIAL","state":"TRIAL","source":"Tom's Guide",\
            "locale":"de","refused":"members-give"}\
            """);
    }
}
