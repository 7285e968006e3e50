package dev.gatefold.docs;

import static dev.gatefold.testing.TestCallers.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import dev.gatefold.testing.ServiceTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What callers are given to work with. */
@ServiceTest
class PublishedOpenApiTest {
    private static final Path DOCUMENT = Path.of("target/openapi.yaml");

    private static PublishedOpenApi published() {
        return PublishedOpenApi.of(visitor().get("/q/openapi").asString());
    }

    @Test
    void publishedOpenApiIsUpToDate() {
        SnapshotFile.of("docs/api/openapi.yaml").assertMatches(published().toString());
    }

    @Test
    void httpFileIsUpToDate() {
        SnapshotFile.of("docs/api/gatefold.http").assertMatches(new HttpFileGenerator(published()).toString());
    }

    @Test
    void typeScriptTypesAreUpToDate() throws IOException {
        String document = published().toString();
        String head = "// Made of docs/api/openapi.yaml, with the SHA-256 %s\n"
                .formatted(Hashing.sha256().hashString(document, StandardCharsets.UTF_8));
        SnapshotFile types = SnapshotFile.of("src/main/clients/typescript/schema.ts");
        if (!SnapshotFile.RENEWING) {
            assertThat(types.file())
                    .content()
                    .as("made of the document as it is")
                    .startsWith(head);
        }

        NpmTools.requireInstalled("the types of the TypeScript client, but for what they are made of");
        Files.writeString(DOCUMENT, document);
        var said = NpmTools.run("openapi-typescript", DOCUMENT.toString(), "--output", "target/schema.ts");

        assertThat(said.content()).as(said.text()).isTrue();
        types.assertMatches(head + Files.readString(Path.of("target/schema.ts")));
    }

    /** Errors and warnings alike: a rule that is not ours to keep is turned off where it stands, with the reason. */
    @Nested
    class OpenApiLint {
        @BeforeEach
        void write() throws IOException {
            NpmTools.requireInstalled("the API document, by Redocly's and Spectral's rules");
            Files.writeString(DOCUMENT, published().toString());
        }

        @Test
        void openApiPassesRedocly() {
            var said = NpmTools.run("redocly", "lint", "--config=src/test/npm/redocly.yaml", DOCUMENT.toString());

            assertThat(said.content()).as(said.text()).isTrue();
            assertThat(said.text()).doesNotContain("Warning was generated");
        }

        @Test
        void openApiPassesSpectral() {
            var said = NpmTools.run(
                    "spectral",
                    "lint",
                    "--ruleset=src/test/npm/spectral.yaml",
                    "--fail-severity=hint",
                    DOCUMENT.toString());

            assertThat(said.content()).as(said.text()).isTrue();
        }
    }
}
