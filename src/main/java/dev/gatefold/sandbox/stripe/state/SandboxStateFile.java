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

/** The file that the state is saved to between runs, or no file at all. */
public final class SandboxStateFile {
    private final Path file;
    private String lastSaved = "";

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
            throw new UncheckedIOException(
                    "The file " + file + " cannot be parsed. Delete it to start with an empty Stripe sandbox.", e);
        }
    }

    /** Replaces the file atomically, unless the document has not changed. */
    public synchronized void save(Supplier<String> document) {
        if (file == null) {
            return;
        }
        String json = document.get();
        if (json.equals(lastSaved)) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, json);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            lastSaved = json;
        } catch (IOException e) {
            throw new UncheckedIOException("The state of the Stripe sandbox cannot be saved to " + file, e);
        }
    }
}
