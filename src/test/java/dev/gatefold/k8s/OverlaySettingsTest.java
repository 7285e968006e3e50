package dev.gatefold.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.platform.startup.StartupChecks;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of each overlay: they pass the service's startup checks. */
@EnabledIf(value = "dev.gatefold.k8s.KubernetesTools#kubectl", disabledReason = KubernetesTools.NO_KUBECTL)
class OverlaySettingsTest {
    @ParameterizedTest
    @MethodSource("dev.gatefold.k8s.KustomizeOverlay#all")
    void overlaySetsEveryRequiredSetting(KustomizeOverlay overlay) {
        Map<String, String> settings = settings(overlay);

        List<String> errors = settingErrors(settings);

        assertThat(errors).isEmpty();
        assertThat(settings)
                .containsEntry("GATEFOLD_SECRETS", "/run/secrets/gatefold")
                .containsEntry("QUARKUS_DATASOURCE_USERNAME", "gatefold");
    }

    @ParameterizedTest
    @MethodSource("dev.gatefold.k8s.KustomizeOverlay#all")
    void onlyProductionOverlayUsesLiveStripeKey(KustomizeOverlay overlay) {
        assertThat(settings(overlay))
                .containsEntry(
                        "GATEFOLD_STRIPE_LIVEMODE",
                        String.valueOf(overlay.name().equals("prod")));
    }

    /** Returns the content of the ConfigMap that the replicas use. */
    private static Map<String, String> settings(KustomizeOverlay overlay) {
        String name = overlay.deployment()
                .template()
                .orElseThrow()
                .at("/spec/containers/0/envFrom/0/configMapRef/name")
                .asText();
        return new TreeMap<>(KubernetesManifest.labels(
                overlay.single("ConfigMap", it -> it.name().equals(name)).json().path("data")));
    }

    /** Runs the startup checks, with example values for settings that come from secret files or defaults. */
    private static List<String> settingErrors(Map<String, String> settings) {
        Map<String, String> environment = new TreeMap<>(settings);
        environment.remove("GATEFOLD_SECRETS");
        String mode = settings.get("GATEFOLD_STRIPE_LIVEMODE").equals("true") ? "live" : "test";
        Map<String, String> examples = Map.of(
                "gatefold.stripe.api-key", "sk_" + mode + "_key",
                "gatefold.stripe.webhook-secrets", "whsec_secret",
                "quarkus.oidc.token.audience", "gatefold");
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(
                        new EnvConfigSource(environment, 300), new PropertiesConfigSource(examples, "examples", 100))
                .build();
        return StartupChecks.errors(config);
    }
}
