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

/** A real Keycloak on this machine, started with the realm that is shipped; and whoever administers it. */
final class KeycloakServer implements Closeable {
    static final String PASSWORD = "a password for once";

    private static final Path HOME = Path.of(System.getProperty("keycloak.home", "target/keycloak"));
    private static final Path REALM = Path.of("src/main/keycloak/gatefold-realm.json");
    private static final Path LOG = Path.of("target/keycloak.log");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String KEYS = "org.keycloak.keys.KeyProvider";

    private final Process process;
    private final String address;

    private KeycloakServer(Process process, String address) {
        this.process = process;
        this.address = address;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** @param site the address of the service, to which readers are sent back */
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
        await().atMost(PATIENCE).ignoreExceptions().until(keycloak::isResponding);
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
            throw new IllegalStateException("Keycloak has ended; see " + LOG);
        }
        return given().get(issuer() + "/.well-known/openid-configuration").statusCode() == 200;
    }

    String issuer() {
        return address + "/realms/gatefold";
    }

    /** The token of a person, as an app gets it that asks for passwords itself. */
    String userToken(String person, String client) {
        return token(
                issuer(),
                Map.of(
                        "grant_type", "password",
                        "client_id", client,
                        "username", person,
                        "password", PASSWORD,
                        "scope", "openid"));
    }

    /** The token of the back end, with the secret that Keycloak made up for it. */
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

    /** A person with an account here, and perhaps with one of the roles. */
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
        List<Map<String, ?>> named = roles.stream()
                .<Map<String, ?>>map(role -> realm().get("/roles/" + role)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path(""))
                .toList();
        realm().body(named)
                .post("/users/" + subjectOf(email) + "/role-mappings/realm")
                .then()
                .statusCode(204);
    }

    /** What tokens call this person. */
    String subjectOf(String email) {
        return realm().queryParam("email", email).get("/users").path("[0].id");
    }

    /** An app that is not of the realm as it is shipped. */
    void addClient(String name) {
        realm().body(Map.of("clientId", name, "publicClient", true, "directAccessGrantsEnabled", true))
                .post("/clients")
                .then()
                .statusCode(201);
    }

    /** Lets the app call Gatefold, as the README says. */
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

    /** The signing key that is there, as one of Keycloak's components. */
    String signingKey() {
        return realm().queryParam("type", KEYS).get("/components").path("find { it.providerId == 'rsa-generated' }.id");
    }

    /** From now on tokens are signed with a new key; those that the old one has signed are good still. */
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

    /** Tokens of administrators live for a minute: there is one for each call. */
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
        process.descendants().forEach(ProcessHandle::destroy); // the script is not the server
        process.destroy();
    }
}
