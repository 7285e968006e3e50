package dev.gatefold.docs;

import static org.assertj.core.util.diff.DiffUtils.diff;
import static org.assertj.core.util.diff.DiffUtils.generateUnifiedDiff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of the tree that is made of something else, and kept there so that every change of it is seen and meant. */
record SnapshotFile(Path file) {
    static final boolean RENEWING = Boolean.getBoolean("snapshots.update");
    private static final int CONTEXT = 3;

    static SnapshotFile of(String file) {
        return new SnapshotFile(Path.of(file));
    }

    /** That the file is what would be made of it now; where snapshots are renewed, makes it so. */
    void assertMatches(String now) {
        try {
            if (RENEWING) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, now);
            } else if (!text().equals(now)) {
                throw new AssertionError("""
                        %s is not what it would be if it were made now. If that is meant, renew it, and commit it:

                            ./mvnw test -Dtest='dev.gatefold.docs.*Test' -Dsnapshots.update=true

                        %s""".formatted(
                        file, changes(text().lines().toList(), now.lines().toList())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private String changes(List<String> kept, List<String> now) {
        return String.join("\n", generateUnifiedDiff(file.toString(), "now", kept, diff(kept, now), CONTEXT));
    }
}
