package dev.gatefold.bots;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The IP lists that search engines publish. Every address in a list belongs to a crawler. */
@Singleton
class PublishedIpLists {
    /** Attributes by which a changed file is recognised. */
    private record FileVersion(FileTime modified, long size) {
        static final FileVersion UNREADABLE = new FileVersion(FileTime.fromMillis(0), -1);

        static FileVersion of(Path file) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new FileVersion(attributes.lastModifiedTime(), attributes.size());
            } catch (IOException _) {
                return UNREADABLE;
            }
        }
    }

    /**
     * A file that was read.
     *
     * @param version of the last read, successful or not
     * @param prefixes of the last successful read
     */
    private record LoadedList(FileVersion version, List<IpPrefix> prefixes) {}

    private final List<Path> configuredPaths;
    private final Map<Path, LoadedList> loaded = new HashMap<>();
    private volatile IpPrefixSet prefixes = new IpPrefixSet(List.of());

    PublishedIpLists(BotsConfig config) {
        configuredPaths = config.ipLists().orElse(List.of()).stream()
                .map(Path::toAbsolutePath)
                .toList();
    }

    boolean areConfigured() {
        return !configuredPaths.isEmpty();
    }

    boolean contains(InetAddress address) {
        return prefixes.contains(address);
    }

    void load(@Observes StartupEvent event) {
        refresh();
    }

    /** Reads changed files again: the operator replaces them while the service runs. */
    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void refresh() {
        Set<Path> files =
                configuredPaths.stream().flatMap(PublishedIpLists::filesAt).collect(Collectors.toSet());
        // A file removed from its folder is withdrawn. If the folder itself is unreadable, its last lists stay in use.
        boolean changed = loaded.keySet().removeIf(file -> !files.contains(file) && Files.isReadable(file.getParent()));
        for (Path file : files) {
            changed |= reloadIfChanged(file);
        }
        if (changed) {
            prefixes = new IpPrefixSet(loaded.values().stream()
                    .map(LoadedList::prefixes)
                    .flatMap(Collection::stream)
                    .toList());
            Log.infof("Loaded %d IP ranges of crawlers from %d lists", prefixes.size(), loaded.size());
        }
    }

    private static Stream<Path> filesAt(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList().stream();
        } catch (IOException e) {
            Log.errorf("Cannot read the folder of IP lists %s: %s", path, e);
            return Stream.of();
        }
    }

    private boolean reloadIfChanged(Path file) {
        FileVersion version = FileVersion.of(file);
        LoadedList last = loaded.getOrDefault(file, new LoadedList(null, List.of()));
        if (version.equals(last.version)) {
            return false;
        }
        loaded.put(file, new LoadedList(version, readOrElse(file, last.prefixes)));
        return true;
    }

    private static List<IpPrefix> readOrElse(Path file, List<IpPrefix> lastPrefixes) {
        try {
            return PublishedIpListReader.read(file);
        } catch (IOException e) {
            Log.errorf(
                    "Cannot read the IP list %s, so its last %d prefixes stay in use: %s",
                    file, lastPrefixes.size(), e);
            return lastPrefixes;
        }
    }
}
