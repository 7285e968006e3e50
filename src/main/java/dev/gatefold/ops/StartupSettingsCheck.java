package dev.gatefold.ops;

import dev.gatefold.billing.stripe.StripeSettingsCheck;
import dev.gatefold.bots.BotsConfigCheck;
import dev.gatefold.passes.PassConfigCheck;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** What an operator has set, and what of it is missing or unsafe. */
public final class StartupSettingsCheck {
    public static final String DATABASE_URL = "quarkus.datasource.jdbc.url";
    public static final String USERNAME = "quarkus.datasource.username";
    public static final String PASSWORD = "quarkus.datasource.password";

    private static final String ISSUER = "quarkus.oidc.auth-server-url";
    private static final String OIDC_ENABLED = "quarkus.oidc.enabled";
    private static final String TENANT_ENABLED = "quarkus.oidc.tenant-enabled";
    private static final String AUDIENCE = "quarkus.oidc.token.audience";
    private static final String TRUST = "quarkus.oidc.tls.verification";
    private static final String SITE = "gatefold.site.url";
    private static final String ORIGINS = "gatefold.site.origins";
    private static final String SECRETS = "gatefold.secrets";
    private static final String CATALOG = "gatefold.catalog";

    private static final Pattern ORIGIN = Pattern.compile("https?://(?:[a-z0-9.-]+|\\[[0-9a-f:]+])(?::[0-9]+)?");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Config config;
    private final List<String> errors = new ArrayList<>();

    private StartupSettingsCheck(Config config) {
        this.config = config;
    }

    public static StartupSettingsCheck of(Config config) {
        return new StartupSettingsCheck(config);
    }

    /** Each with the name of the setting, as it is written in the environment; empty where all is well. */
    public List<String> errors() {
        checkDatabase();
        check(
                ISSUER,
                "the OIDC issuer of the readers' tokens, such as https://id.example.com/realms/readers",
                url -> isSafe(url) ? null : "must be https: a token is worth what its issuer's keys are worth");
        check(
                AUDIENCE,
                "what the readers' access tokens name as their audience",
                audience -> audience.strip().equals("any") ? "must name an audience" : null);
        isNot(OIDC_ENABLED, "false", "must not be off: every token would go unchecked");
        isNot(TENANT_ENABLED, "false", "must not be off: every token would go unchecked");
        isNot(TRUST, "none", "must not be none: anybody could be the issuer");
        check(
                SITE,
                "the address of this service as readers' browsers see it, such as https://gate.example.com",
                url -> isSafe(url) ? null : "must be https: readers are sent there with what they have paid");
        value(ORIGINS)
                .filter(origins -> !Arrays.stream(origins.split(",")).allMatch(StartupSettingsCheck::isOrigin))
                .ifPresent(_ ->
                        fault(ORIGINS, "must be exact https origins, such as https://app.example.com, with commas"));
        StripeSettingsCheck.check(this::value, StartupSettingsCheck::isSafe, this::fault);
        PassConfigCheck.validate(this::value, this::fault);
        value(CATALOG)
                .filter(path -> !Files.isReadable(Path.of(path)))
                .ifPresent(path -> fault(CATALOG, "names " + path + ", which cannot be read"));
        BotsConfigCheck.check(this::value, this::fault);
        return List.copyOf(errors);
    }

    /** The same of what a migration needs. */
    public List<String> databaseErrors() {
        checkDatabase();
        return List.copyOf(errors);
    }

    private void checkDatabase() {
        value(SECRETS)
                .filter(folder -> !Files.isReadable(Path.of(folder)) || !Files.isDirectory(Path.of(folder)))
                .ifPresent(folder -> fault(SECRETS, "names " + folder + ", which is no folder that can be read"));
        check(
                DATABASE_URL,
                "the database, such as jdbc:postgresql://db.internal:5432/gatefold",
                url -> url.startsWith("jdbc:postgresql:") ? null : "is not the address of a PostgreSQL database");
    }

    private interface ValueCheck {
        /** What is wrong with a value; null where nothing is. */
        String fault(String value);
    }

    private void check(String property, String what, ValueCheck rule) {
        Optional<String> value = value(property);
        if (value.isEmpty()) {
            fault(property, "is missing: " + what);
        } else {
            Optional.ofNullable(rule.fault(value.get())).ifPresent(detail -> fault(property, detail));
        }
    }

    private void isNot(String property, String unsafe, String detail) {
        value(property).filter(unsafe::equalsIgnoreCase).ifPresent(_ -> fault(property, detail));
    }

    private void fault(String property, String detail) {
        errors.add(property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") + " " + detail);
    }

    private Optional<String> value(String property) {
        return config.getOptionalValue(property, String.class).filter(it -> !it.isBlank());
    }

    private static boolean isSafe(String url) {
        try {
            URI uri = URI.create(url);
            return "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && THIS_MACHINE.contains(uri.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** As a browser sends it: in lower case, without a path, and without a pattern in it. */
    private static boolean isOrigin(String setting) {
        String origin = setting.strip();
        return isSafe(origin) && ORIGIN.matcher(origin).matches();
    }
}
