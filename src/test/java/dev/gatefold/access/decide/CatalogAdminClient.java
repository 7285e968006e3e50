package dev.gatefold.access.decide;

import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;

import com.google.common.base.Suppliers;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Changes the catalog over HTTP, for tests with random sources. */
final class CatalogAdminClient {
    private static final Supplier<String> TOKEN = Suppliers.memoize(() -> issueToken("back-office", "admin"));

    private CatalogAdminClient() {}

    static RequestSpecification request() {
        return withBearerToken(TOKEN.get());
    }

    static void importTable(String table, String content) {
        request()
                .contentType("text/tab-separated-values")
                .body(content.getBytes(StandardCharsets.UTF_8))
                .put("/admin/v1/" + table)
                .then()
                .statusCode(200);
    }

    /** Imports the catalog that the other tests expect. */
    static void restoreCatalog() {
        for (String table : List.of("sources", "plans")) {
            try (InputStream file = CatalogAdminClient.class.getResourceAsStream("/catalog/" + table + ".tsv")) {
                importTable(table, new String(file.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns one line of a table. */
    static String tsvRow(Object... cells) {
        List<String> written = new ArrayList<>();
        for (Object cell : cells) {
            written.add(cell == null ? "" : cell.toString());
        }
        return String.join("\t", written);
    }
}
