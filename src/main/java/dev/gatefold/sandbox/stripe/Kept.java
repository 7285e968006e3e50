package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;

/** The file in which a developer's sandbox outlives its process; there may be none. */
final class Kept {
    private final Path file;
    private String last = "";

    private Kept(Path file) {
        this.file = file;
    }

    static Kept in(Path file) {
        return new Kept(file);
    }

    static Kept nowhere() {
        return new Kept(null);
    }

    Optional<ObjectNode> load() {
        if (file == null || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of((ObjectNode) Json.parse(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be read; remove it for a new sandbox", e);
        }
    }

    /** The whole of it, or nothing. */
    synchronized void save(Supplier<String> document) {
        if (file == null) {
            return;
        }
        String json = document.get();
        if (json.equals(last)) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, json);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            last = json;
        } catch (IOException e) {
            throw new UncheckedIOException("The Stripe sandbox cannot be kept in " + file, e);
        }
    }
}
