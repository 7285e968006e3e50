package dev.gatefold.docs;

import static org.assertj.core.util.diff.DiffUtils.diff;
import static org.assertj.core.util.diff.DiffUtils.generateUnifiedDiff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A generated file under version control, so that reviews show each change of its content. */
record SnapshotFile(Path file) {
    static final boolean UPDATE = Boolean.getBoolean("snapshots.update");
    private static final int CONTEXT_LINES = 3;

    static SnapshotFile of(String file) {
        return new SnapshotFile(Path.of(file));
    }

    /** Fails with a diff if the file's content is outdated. With {@code -Dsnapshots.update=true}, writes it instead. */
    void assertMatches(String current) {
        try {
            if (UPDATE) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, current);
            } else if (!text().equals(current)) {
                throw new AssertionError("""
                    %s is out of date. If the change is intended, regenerate the file and commit it:

                        ./mvnw test -Dtest='dev.gatefold.docs.*Test' -Dsnapshots.update=true

                    %s\
                    """.formatted(
                        file, changes(text().lines().toList(), current.lines().toList())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private String changes(List<String> committed, List<String> current) {
        return String.join(
                "\n",
                generateUnifiedDiff(file.toString(), "current", committed, diff(committed, current), CONTEXT_LINES));
    }
}
