package dev.gatefold.keycloak;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Keycloak server in its own process with the realm of {@code src/main/keycloak}, and calls of its admin API. */
final class KeycloakServer implements Closeable {
    static final String PASSWORD = "the Keycloak test password";

    private static final Path HOME = Path.of(System.getProperty("keycloak.home", "target/keycloak"));
    private static final Path REALM = Path.of("src/main/keycloak/gatefold-realm.json");
    private static final Path LOG = Path.of("target/keycloak.log");
    private static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(5);
    private static final String KEYS = "org.keycloak.keys.KeyProvider";

    private final Process process;
    private final String address;

    private KeycloakServer(Process process, String address) {
        this.process = process;
        this.address = address;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /**
     * Starts the server on a free port.
     *
     * @param site base URL of the service, for the redirect URIs of the realm
     */
    static KeycloakServer start(String site) throws IOException {
        Path imported = Files.createDirectories(HOME.resolve("data/import"));
        Files.copy(REALM, imported.resolve(REALM.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        int port = freePort();
        var builder = new ProcessBuilder(
                        "sh",
                        HOME.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "GATEFOLD_SITE_URL",
                        site,
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        PASSWORD));
        KeycloakServer keycloak = new KeycloakServer(builder.start(), "http://127.0.0.1:" + port);
        await().atMost(STARTUP_TIMEOUT).ignoreExceptions().until(keycloak::isResponding);
        return keycloak;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isResponding() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The Keycloak process has ended; see " + LOG);
        }
        return given().get(issuer() + "/.well-known/openid-configuration").statusCode() == 200;
    }

    String issuer() {
        return address + "/realms/gatefold";
    }

    /** Returns an access token of the user by the password grant, without a browser. */
    String userToken(String user, String client) {
        return token(
                issuer(),
                Map.of(
                        "grant_type", "password",
                        "client_id", client,
                        "username", user,
                        "password", PASSWORD,
                        "scope", "openid"));
    }

    /** Returns an access token of the service account, whose client secret Keycloak has generated. */
    String serviceToken() {
        String secret = realm().get("/clients/" + idOf("gatefold-backend") + "/client-secret")
                .path("value");
        return token(
                issuer(),
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "gatefold-backend",
                        "client_secret", secret));
    }

    /** Creates a user with realm roles. */
    void addUser(String email, List<String> roles) {
        realm().body(Map.of(
                        "email",
                        email,
                        "enabled",
                        true,
                        "credentials",
                        List.of(Map.of("type", "password", "value", PASSWORD))))
                .post("/users")
                .then()
                .statusCode(201);
        List<Map<String, ?>> roleMappings = roles.stream()
                .<Map<String, ?>>map(role -> realm().get("/roles/" + role)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path(""))
                .toList();
        realm().body(roleMappings)
                .post("/users/" + subjectOf(email) + "/role-mappings/realm")
                .then()
                .statusCode(204);
    }

    /** Returns the subject of the user, as in tokens. */
    String subjectOf(String email) {
        return realm().queryParam("email", email).get("/users").path("[0].id");
    }

    /** Creates a public client that is not part of the shipped realm. */
    void addClient(String name) {
        realm().body(Map.of("clientId", name, "publicClient", true, "directAccessGrantsEnabled", true))
                .post("/clients")
                .then()
                .statusCode(201);
    }

    /** Adds the audience of Gatefold to the tokens of a client, by the steps in the documentation. */
    void addAudienceTo(String app) {
        Map<String, ?> mapper = realm().get("/clients/" + idOf("gatefold") + "/protocol-mappers/models")
                .path("find { it.protocolMapper == 'oidc-audience-mapper' }");
        realm().body(Map.of(
                        "name", mapper.get("name"),
                        "protocol", mapper.get("protocol"),
                        "protocolMapper", mapper.get("protocolMapper"),
                        "config", mapper.get("config")))
                .post("/clients/" + idOf(app) + "/protocol-mappers/models")
                .then()
                .statusCode(201);
    }

    /** Returns the component id of the generated signing key. */
    String signingKey() {
        return realm().queryParam("type", KEYS).get("/components").path("find { it.providerId == 'rsa-generated' }.id");
    }

    /** Adds a signing key of higher priority. Tokens signed with the old key stay valid. */
    void addSigningKey() {
        String realm = realm().get().path("id");
        realm().body(Map.of(
                        "name",
                        "rsa-next",
                        "providerId",
                        "rsa-generated",
                        "providerType",
                        KEYS,
                        "parentId",
                        realm,
                        "config",
                        Map.of("priority", List.of("200"), "keySize", List.of("2048"))))
                .post("/components")
                .then()
                .statusCode(201);
    }

    void removeSigningKey(String component) {
        realm().delete("/components/" + component).then().statusCode(204);
    }

    private String idOf(String client) {
        return realm().queryParam("clientId", client).get("/clients").path("[0].id");
    }

    /** Starts an admin API request with a new token, because admin tokens expire after a minute. */
    private RequestSpecification realm() {
        String admin = token(
                address + "/realms/master",
                Map.of(
                        "grant_type", "password",
                        "client_id", "admin-cli",
                        "username", "admin",
                        "password", PASSWORD));
        return given().baseUri(address)
                .basePath("/admin/realms/gatefold")
                .auth()
                .oauth2(admin)
                .contentType(ContentType.JSON);
    }

    private static String token(String issuer, Map<String, String> form) {
        return given().formParams(form)
                .post(issuer + "/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy); // kc.sh starts the server as a child process
        process.destroy();
    }
}
