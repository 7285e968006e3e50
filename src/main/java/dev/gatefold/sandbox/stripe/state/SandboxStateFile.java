package dev.gatefold.sandbox.stripe.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;

/** The file in which a developer's sandbox outlives its process; there may be none. */
public final class SandboxStateFile {
    private final Path file;
    private String last = "";

    private SandboxStateFile(Path file) {
        this.file = file;
    }

    public static SandboxStateFile at(Path file) {
        return new SandboxStateFile(file);
    }

    public static SandboxStateFile disabled() {
        return new SandboxStateFile(null);
    }

    public Optional<ObjectNode> load() {
        if (file == null || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of((ObjectNode) SandboxJson.parse(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be read; remove it for a new sandbox", e);
        }
    }

    /** The whole of it, or nothing. */
    public synchronized void save(Supplier<String> document) {
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
