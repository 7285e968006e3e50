package dev.gatefold.bots;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IP lists whose files change, break or disappear while the service runs. */
class PublishedIpListsTest {
    private static final String GOOGLE = """
                    {"creationTime": "2026-11-20T23:00:40.000000",
                     "prefixes": [{"ipv6Prefix": "2001:4860:4801:10::/64"}, {"ipv4Prefix": "66.249.64.0/27"}]}
                    """;
    private static final String BING = """
                    {"creationTime": "2024-01-03T10:00:00.121331", "prefixes": [{"ipv4Prefix": "157.55.39.0/24"}]}
                    """;
    private static final String LATER = GOOGLE.replace("66.249.64.0/27", "66.249.79.0/27");

    @TempDir
    private Path folder;

    private Path google;
    private Instant lastModified = Instant.parse("2026-11-23T10:00:00Z");

    @BeforeEach
    void writeList() throws IOException {
        google = folder.resolve("googlebot.json");
        write(google, GOOGLE);
    }

    @Test
    void listContainsPrefixesOfFile() {
        PublishedIpLists lists = loadedFrom(google);

        assertThat(contains(lists, "66.249.64.5")).isTrue();
        assertThat(contains(lists, "2001:4860:4801:10::5")).isTrue();
        assertThat(contains(lists, "66.249.79.5")).isFalse();
    }

    @Test
    void listIsEmptyWithoutConfiguration() {
        PublishedIpLists lists = new PublishedIpLists(TestBotsConfig.withoutCrawlers());
        lists.refresh();

        assertThat(lists.areConfigured()).isFalse();
        assertThat(contains(lists, "66.249.64.5")).isFalse();
    }

    @Test
    void listContainsPrefixesOfAllFilesInFolder() throws IOException {
        write(folder.resolve("bingbot.json"), BING);
        write(folder.resolve("README.txt"), "not a list");

        PublishedIpLists lists = loadedFrom(folder);

        assertThat(contains(lists, "66.249.64.5")).isTrue();
        assertThat(contains(lists, "157.55.39.1")).isTrue();
    }

    @Test
    void listFollowsUpdatedFile() throws IOException {
        PublishedIpLists lists = loadedFrom(google);

        write(google, LATER);
        lists.refresh();

        assertThat(contains(lists, "66.249.64.5")).isFalse();
        assertThat(contains(lists, "66.249.79.5")).isTrue();
    }

    @Test
    void listFollowsAddedAndRemovedFiles() throws IOException {
        PublishedIpLists lists = loadedFrom(folder);

        write(folder.resolve("bingbot.json"), BING);
        lists.refresh();
        assertThat(contains(lists, "157.55.39.1")).isTrue();

        Files.delete(google);
        lists.refresh();
        assertThat(contains(lists, "66.249.64.5")).isFalse();
        assertThat(contains(lists, "157.55.39.1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"prefixes\": []}",
                "{\"prefixes\": \"none\"}",
                "{\"prefixes\": [{\"ipv4Prefix\": \"157.55.39.0/24\"}, {\"ipv4Prefix\": \"157.55.39.0/240\"}]}",
                "{\"prefixes\": [{\"ipv4Prefix\": null}]}",
                "<html>Not found</html>"
            })
    void lastValidListIsKeptWhileFileIsInvalid(String broken) throws IOException {
        PublishedIpLists lists = loadedFrom(google);

        write(google, broken);
        lists.refresh();
        assertThat(contains(lists, "66.249.64.5")).isTrue();
        assertThat(contains(lists, "157.55.39.1")).isFalse();

        write(google, LATER);
        lists.refresh();
        assertThat(contains(lists, "66.249.79.5")).isTrue();
    }

    @Test
    void lastValidListIsKeptWhileFileIsMissing() throws IOException {
        PublishedIpLists lists = loadedFrom(google);

        Files.delete(google);
        lists.refresh();
        assertThat(contains(lists, "66.249.64.5")).isTrue();

        write(google, LATER);
        lists.refresh();
        assertThat(contains(lists, "66.249.64.5")).isFalse();
        assertThat(contains(lists, "66.249.79.5")).isTrue();
    }

    @Test
    void lastValidListsAreKeptWhileFolderIsMissing() throws IOException {
        PublishedIpLists lists = loadedFrom(folder);

        Files.delete(google);
        Files.delete(folder);
        lists.refresh();

        assertThat(contains(lists, "66.249.64.5")).isTrue();
        Files.createDirectory(folder);
        write(google, LATER);
        lists.refresh();
        assertThat(contains(lists, "66.249.79.5")).isTrue();
        assertThat(contains(lists, "66.249.64.5")).isFalse();
    }

    @Test
    void tooWidePrefixIsSkipped() throws IOException {
        write(google, """
                        {"prefixes": [{"ipv4Prefix": "0.0.0.0/0"}, {"ipv6Prefix": "::/0"}, {"ipv6Prefix": "::/96"},
                                      {"ipv4Prefix": "157.55.39.0/24"}, {"service": "unknown member"}]}
                        """);

        PublishedIpLists lists = loadedFrom(google);

        assertThat(contains(lists, "203.0.113.1")).isFalse();
        assertThat(contains(lists, "2001:db8::1")).isFalse();
        assertThat(contains(lists, "157.55.39.1")).isTrue();
    }

    private static PublishedIpLists loadedFrom(Path path) {
        PublishedIpLists lists = new PublishedIpLists(TestBotsConfig.withLists(path));
        lists.refresh();
        return lists;
    }

    private static boolean contains(PublishedIpLists lists, String address) {
        return lists.contains(InetAddresses.forString(address));
    }

    /** Writes a file with a modification time one minute after the last one, so that a change is noticed at any speed. */
    private void write(Path file, String content) throws IOException {
        Files.writeString(file, content);
        lastModified = lastModified.plusSeconds(60);
        Files.setLastModifiedTime(file, FileTime.from(lastModified));
    }
}
