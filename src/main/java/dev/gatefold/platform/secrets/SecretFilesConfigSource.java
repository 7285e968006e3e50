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
 * Secrets in the files of a folder, each in the place of the setting that it is named after: {@code database-password} of
 * {@code quarkus.datasource.password}, {@code pages-client-secret} of {@code gatefold.pages.client-secret}; {@code pass-keys}
 * is a folder of keys. Files may be replaced at any time, and are looked at again once a second at most; where they cannot
 * be read, what was read last holds.
 */
final class SecretFilesConfigSource implements ConfigSource {
    /** Opens the folder that {@code GATEFOLD_SECRETS} names. */
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
    /** Where the cluster writes: all files are replaced in one step, when this leads elsewhere. */
    private static final String WRITTEN_AT_ONCE = "..data";

    private static final Pattern NAME = Pattern.compile("([a-z]+)-([a-z]+(?:-[a-z]+)*)");
    private static final String KEYS = "pass-keys";
    private static final long FRESH = Duration.ofSeconds(1).toNanos();
    /** Above the environment, which cannot change. */
    private static final int ORDINAL = 350;

    private final Path folder;
    private volatile LoadedSecrets known;

    SecretFilesConfigSource(Path folder) {
        this.folder = folder;
        this.known = new LoadedSecrets(Map.of(), System.nanoTime());
        reload();
    }

    /** As it stands in the file, less the white space round it. */
    String get(String property) {
        if (System.nanoTime() - known.readAt > FRESH) {
            reload();
        }
        return known.values.get(property);
    }

    synchronized void reload() {
        Map<String, String> before = known.values;
        Map<String, String> now = before;
        try {
            now = read();
        } catch (IOException | RuntimeException e) {
            // at the start it is told with what is missing
            LOG.logf(
                    before.isEmpty() ? Level.DEBUG : Level.ERROR,
                    "%s cannot be read: %s",
                    folder,
                    e.getClass().getSimpleName());
        }
        known = new LoadedSecrets(now, System.nanoTime());
        if (!before.isEmpty() && !now.equals(before)) {
            LOG.infof("Secrets have changed: %s", changed(before, now));
        }
    }

    private Map<String, String> read() throws IOException {
        Path written = folder.resolve(WRITTEN_AT_ONCE);
        Map<String, String> values = new HashMap<>();
        try (Stream<Path> files = Files.list(Files.isSymbolicLink(written) ? written.toRealPath() : folder)) {
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

    /** By their lasting names, in order: "current.pem" signs, before "next.pem" and "previous.pem". */
    private String keys(Path written) throws IOException {
        try (Stream<Path> files = Files.list(written)) {
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

    private static Set<String> changed(Map<String, String> before, Map<String, String> now) {
        return Stream.concat(before.keySet().stream(), now.keySet().stream())
                .filter(property -> !Objects.equals(before.get(property), now.get(property)))
                .collect(Collectors.toSet());
    }

    /** A secret is no expression: what would be read as one is doubled. */
    @Override
    public String getValue(String property) {
        String value = get(property);
        return value == null ? null : value.replace("$", "$$");
    }

    @Override
    public Set<String> getPropertyNames() {
        return known.values.keySet();
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
