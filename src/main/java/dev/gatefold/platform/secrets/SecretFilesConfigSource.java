package dev.gatefold.platform.secrets;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Settings from the files of a folder. A file is named after its setting: {@code database-password} contains
 * {@code quarkus.datasource.password}, {@code pages-client-secret} contains {@code gatefold.pages.client-secret}, and the
 * folder {@code pass-keys} contains the signing keys of passes. Files may be replaced at any time and are read at most once
 * per second. If they cannot be read, the last values remain.
 */
final class SecretFilesConfigSource implements ConfigSource {
    /** Creates the source if {@code GATEFOLD_SECRETS} names a folder. */
    public static final class SecretFilesConfigSourceFactory implements ConfigSourceFactory {
        @Override
        public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
            ConfigValue folder = context.getValue(FOLDER);
            return folder == null
                            || folder.getValue() == null
                            || folder.getValue().isBlank()
                    ? List.of()
                    : List.of(new SecretFilesConfigSource(
                            Path.of(folder.getValue().strip())));
        }
    }

    private record LoadedSecrets(Map<String, String> values, long readAt) {}

    private static final Logger LOG = Logger.getLogger(SecretFilesConfigSource.class);
    static final String FOLDER = "gatefold.secrets";
    /** Kubernetes replaces all files at once by changing the target of this symbolic link. */
    private static final String KUBERNETES_LINK = "..data";

    private static final Pattern NAME = Pattern.compile("([a-z]+)-([a-z]+(?:-[a-z]+)*)");
    private static final String KEYS = "pass-keys";
    private static final long MAX_AGE = Duration.ofSeconds(1).toNanos();
    /** Above environment variables, which cannot change. */
    private static final int ORDINAL = 350;

    private final Path folder;
    private volatile LoadedSecrets loaded;

    SecretFilesConfigSource(Path folder) {
        this.folder = folder;
        this.loaded = new LoadedSecrets(Map.of(), System.nanoTime());
        reload();
    }

    /** Returns the content of the file without surrounding white space; null if there is no file. */
    String get(String property) {
        if (System.nanoTime() - loaded.readAt > MAX_AGE) {
            reload();
        }
        return loaded.values.get(property);
    }

    synchronized void reload() {
        Map<String, String> before = loaded.values;
        Map<String, String> now = before;
        try {
            now = read();
        } catch (IOException | RuntimeException e) {
            // at the start, SecretsStartupCheck reports the folder
            LOG.logf(
                    before.isEmpty() ? Level.DEBUG : Level.ERROR,
                    "Secret files in %s cannot be read, the last values remain in use: %s",
                    folder,
                    e.getClass().getSimpleName());
        }
        loaded = new LoadedSecrets(now, System.nanoTime());
        if (!before.isEmpty() && !now.equals(before)) {
            LOG.infof("Secrets have changed: %s", changedProperties(before, now));
        }
    }

    private Map<String, String> read() throws IOException {
        Path link = folder.resolve(KUBERNETES_LINK);
        Map<String, String> values = new HashMap<>();
        try (Stream<Path> files = Files.list(Files.isSymbolicLink(link) ? link.toRealPath() : folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals(KEYS)) {
                    values.put("gatefold.passes.keys", keys(file));
                } else if (NAME.matcher(name).matches() && Files.isRegularFile(file)) {
                    values.put(property(name), Files.readString(file).strip());
                }
            }
        }
        values.values().removeIf(String::isEmpty);
        return values;
    }

    /**
     * Returns the paths of the key files in alphabetical order, separated by commas: "current.pem", which signs, before
     * "next.pem" and "previous.pem". The paths stay valid when the files are replaced.
     */
    private String keys(Path keyFolder) throws IOException {
        try (Stream<Path> files = Files.list(keyFolder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pem"))
                    .sorted()
                    .map(name -> folder.resolve(KEYS).resolve(name).toString())
                    .collect(Collectors.joining(","));
        }
    }

    private static String property(String file) {
        var parts = NAME.matcher(file).replaceAll("$1.$2");
        return parts.startsWith("database.")
                ? parts.replaceFirst("database", "quarkus.datasource")
                : "gatefold." + parts;
    }

    private static Set<String> changedProperties(Map<String, String> before, Map<String, String> now) {
        return Stream.concat(before.keySet().stream(), now.keySet().stream())
                .filter(property -> !Objects.equals(before.get(property), now.get(property)))
                .collect(Collectors.toSet());
    }

    /** Doubles dollar signs, so that a secret is not expanded as a property expression. */
    @Override
    public String getValue(String property) {
        String value = get(property);
        return value == null ? null : value.replace("$", "$$");
    }

    @Override
    public Set<String> getPropertyNames() {
        return loaded.values.keySet();
    }

    @Override
    public String getName() {
        return "secrets in " + folder;
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
