package dev.gatefold.platform.startup;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;

/** The settings of an operator before the service starts, and the errors that checks have found in them. */
public final class StartupSettings {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Config config;
    private final List<String> errors = new ArrayList<>();

    public StartupSettings(Config config) {
        this.config = config;
    }

    /** Returns the value of a property; empty if it is missing or blank. */
    public Optional<String> value(String property) {
        return config.getOptionalValue(property, String.class).filter(it -> !it.isBlank());
    }

    /**
     * Reports an error.
     *
     * @param detail completes a sentence whose subject is the environment variable; contains no secret
     */
    public void error(String property, String detail) {
        errors.add(property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") + " " + detail);
    }

    /** Reports a property that is missing. */
    public void require(String property, String description) {
        require(property, description, _ -> true, "");
    }

    /**
     * Reports a property that is missing, or whose value is not valid.
     *
     * @param description what the property is for, with an example
     * @param ifInvalid detail of the error if the value is not valid
     */
    public void require(String property, String description, Predicate<String> isValid, String ifInvalid) {
        Optional<String> value = value(property);
        if (value.isEmpty()) {
            error(property, "is missing: " + description);
        } else if (!isValid.test(value.get())) {
            error(property, ifInvalid);
        }
    }

    /** Reports a property that has one particular value, ignoring case. */
    public void reject(String property, String unsafeValue, String detail) {
        value(property).filter(unsafeValue::equalsIgnoreCase).ifPresent(_ -> error(property, detail));
    }

    /** Returns the errors in the order found; each starts with the name of the environment variable. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Returns whether a URL is encrypted or stays on this machine; false for text that is not a URL. */
    public static boolean isSafeUrl(String url) {
        try {
            URI uri = URI.create(url);
            return "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns whether a path names a file or folder that this process can read. */
    public static boolean isReadable(String path) {
        try {
            return Files.isReadable(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
