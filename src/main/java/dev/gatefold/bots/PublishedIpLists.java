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

/** The published lists as they are now: whoever is on one has called from a crawler's address. */
@Singleton
class PublishedIpLists {
    /** What tells one version of a file from the next. */
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

    /** The last version of a file that was looked at, and the prefixes of the last one that was good. */
    private record LoadedList(FileVersion stamp, List<IpPrefix> prefixes) {}

    private final List<Path> places;
    private final Map<Path, LoadedList> kept = new HashMap<>();
    private volatile IpPrefixSet current = new IpPrefixSet(List.of());

    PublishedIpLists(BotsConfig config) {
        places = config.ipLists().orElse(List.of()).stream()
                .map(Path::toAbsolutePath)
                .toList();
    }

    boolean areConfigured() {
        return !places.isEmpty();
    }

    boolean contains(InetAddress address) {
        return current.contains(address);
    }

    void start(@Observes StartupEvent event) {
        refresh();
    }

    /** The operator refreshes the files while the service runs. */
    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void refresh() {
        Set<Path> files = places.stream().flatMap(PublishedIpLists::filesAt).collect(Collectors.toSet());
        // a file taken out of its folder is withdrawn; a folder that cannot be read is an accident
        boolean changed = kept.keySet().removeIf(file -> !files.contains(file) && Files.isReadable(file.getParent()));
        for (Path file : files) {
            changed |= lookAt(file);
        }
        if (changed) {
            current = new IpPrefixSet(kept.values().stream()
                    .map(LoadedList::prefixes)
                    .flatMap(Collection::stream)
                    .toList());
            Log.infof("Crawlers call from %d ranges of addresses, of %d lists", current.size(), kept.size());
        }
    }

    private static Stream<Path> filesAt(Path place) {
        if (!Files.isDirectory(place)) {
            return Stream.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList().stream();
        } catch (IOException e) {
            Log.errorf("The lists of crawlers in %s cannot be read: %s", place, e);
            return Stream.of();
        }
    }

    private boolean lookAt(Path file) {
        FileVersion stamp = FileVersion.of(file);
        LoadedList last = kept.getOrDefault(file, new LoadedList(null, List.of()));
        if (stamp.equals(last.stamp)) {
            return false;
        }
        kept.put(file, new LoadedList(stamp, read(file, last.prefixes)));
        return true;
    }

    private static List<IpPrefix> read(Path file, List<IpPrefix> lastGood) {
        try {
            return PublishedIpListReader.read(file);
        } catch (IOException e) {
            Log.errorf("The list of crawlers %s cannot be used, and the last good one, if any, stays: %s", file, e);
            return lastGood;
        }
    }
}
