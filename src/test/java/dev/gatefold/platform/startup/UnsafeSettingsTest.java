package dev.gatefold.platform.startup;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each missing or unsafe environment variable is reported as one error that names the variable. */
class UnsafeSettingsTest {
    private static final int ENVIRONMENT_ORDINAL = 300;

    /** The settings that production requires, with safe values. */
    private static final Map<String, String> SAFE = Map.of(
            "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db.internal:5432/gatefold",
            "QUARKUS_OIDC_AUTH_SERVER_URL", "https://id.example.com/realms/readers",
            "QUARKUS_OIDC_TOKEN_AUDIENCE", "gatefold",
            "GATEFOLD_SITE_URL", "https://gate.example.com",
            "GATEFOLD_STRIPE_API_KEY", "sk_test_something",
            "GATEFOLD_STRIPE_WEBHOOK_SECRETS", "whsec_something",
            "GATEFOLD_STRIPE_LIVEMODE", "false");

    /** Unsafe values by variable. Each is the only error if all other variables are safe. */
    static final Map<String, String> UNSAFE = Map.ofEntries(
            entry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:h2:mem:readers"),
            entry("QUARKUS_OIDC_AUTH_SERVER_URL", "http://id.example.com"),
            entry("QUARKUS_OIDC_TOKEN_AUDIENCE", "any"),
            entry("QUARKUS_OIDC_TENANT_ENABLED", "false"),
            entry("QUARKUS_OIDC_TLS_VERIFICATION", "none"),
            entry("GATEFOLD_CATALOG", "/no/such/file.tsv"),
            entry("GATEFOLD_BOTS_IP_LISTS", "/no/such/list.json"),
            entry("GATEFOLD_BOTS_DOMAINS", "com"),
            entry("GATEFOLD_SITE_URL", "http://gate.example.com"),
            entry("GATEFOLD_SITE_ORIGINS", "https://app.example.com,*"),
            entry("GATEFOLD_STRIPE_API_BASE", "http://stripe.example.com"),
            entry("GATEFOLD_STRIPE_API_KEY", "sk_live_something"),
            entry("GATEFOLD_PASSES_EDGE_LIFETIME", "PT11M"),
            entry("GATEFOLD_PASSES_KEYS", "/no/such/key.pem"));

    static Set<Map.Entry<String, String>> unsafeSettings() {
        return UNSAFE.entrySet();
    }

    private static List<String> errors(Map<String, String> environment) {
        var config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, ENVIRONMENT_ORDINAL))
                .build();
        return StartupChecks.errors(config);
    }

    @Test
    void safeSettingsHaveNoErrors() {
        assertThat(errors(SAFE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("unsafeSettings")
    void unsafeSettingIsReportedAlone(Map.Entry<String, String> unsafe) {
        Map<String, String> environment = new HashMap<>(SAFE);
        environment.put(unsafe.getKey(), unsafe.getValue());

        assertThat(errors(environment)).singleElement().asString().startsWith(unsafe.getKey() + " ");
    }

    @Test
    void missingSettingsAreReported() {
        assertThat(errors(Map.of()))
                .extracting(error -> error.split(" is missing")[0])
                .contains(
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "QUARKUS_OIDC_AUTH_SERVER_URL",
                        "GATEFOLD_SITE_URL",
                        "GATEFOLD_STRIPE_API_KEY",
                        "GATEFOLD_STRIPE_WEBHOOK_SECRETS");
    }

    @Test
    void testKeyInLiveModeIsReportedWithoutTheKey() {
        Map<String, String> environment = new HashMap<>(SAFE);
        environment.remove("GATEFOLD_STRIPE_LIVEMODE");

        assertThat(errors(environment))
                .singleElement()
                .asString()
                .startsWith("GATEFOLD_STRIPE_API_KEY is not a live key")
                .doesNotContain("sk_test_something");
    }
}
