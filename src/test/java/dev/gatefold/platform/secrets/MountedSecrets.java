package dev.gatefold.platform.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** A folder of secret files as Kubernetes mounts it: a symbolic link replaces all files at once. */
public final class MountedSecrets {
    private final Path folder;
    private final Map<String, String> files = new TreeMap<>();
    private int times;

    public MountedSecrets(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** Replaces files of the same names and leaves the others. */
    public void replaceFiles(Map<String, String> changed) throws IOException {
        files.putAll(changed);
        Path written = Files.createDirectory(folder.resolve("..written" + times++));
        for (var file : files.entrySet()) {
            Path path = written.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            Path shown = folder.resolve(Path.of(file.getKey()).getName(0));
            if (!Files.isSymbolicLink(shown)) {
                Files.createSymbolicLink(shown, Path.of("..data").resolve(shown.getFileName()));
            }
        }
        Path link = Files.createSymbolicLink(folder.resolve("..tmp"), written.getFileName());
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
