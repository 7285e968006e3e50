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

/** Consistency of the published API document, the HTTP file and the TypeScript types with the code. */
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
        String head = "// Generated from docs/api/openapi.yaml with the SHA-256 %s\n"
                .formatted(Hashing.sha256().hashString(document, StandardCharsets.UTF_8));
        SnapshotFile types = SnapshotFile.of("src/main/clients/typescript/schema.ts");
        if (!SnapshotFile.UPDATE) {
            assertThat(types.file())
                    .content()
                    .as("hash of the API document that the types were generated from")
                    .startsWith(head);
        }

        NpmTools.requireInstalled("the types of the TypeScript client, except the hash of their source");
        Files.writeString(DOCUMENT, document);
        var result = NpmTools.run("openapi-typescript", DOCUMENT.toString(), "--output", "target/schema.ts");

        assertThat(result.successful()).as(result.output()).isTrue();
        types.assertMatches(head + Files.readString(Path.of("target/schema.ts")));
    }

    /** Linting. Warnings fail too. A rule that does not apply is disabled in the tool's configuration, with the reason. */
    @Nested
    class OpenApiLint {
        @BeforeEach
        void write() throws IOException {
            NpmTools.requireInstalled("the rules of Redocly and Spectral for the API document");
            Files.writeString(DOCUMENT, published().toString());
        }

        @Test
        void openApiPassesRedocly() {
            var result = NpmTools.run("redocly", "lint", "--config=src/test/npm/redocly.yaml", DOCUMENT.toString());

            assertThat(result.successful()).as(result.output()).isTrue();
            assertThat(result.output()).doesNotContain("Warning was generated");
        }

        @Test
        void openApiPassesSpectral() {
            var result = NpmTools.run(
                    "spectral",
                    "lint",
                    "--ruleset=src/test/npm/spectral.yaml",
                    "--fail-severity=hint",
                    DOCUMENT.toString());

            assertThat(result.successful()).as(result.output()).isTrue();
        }
    }
}
