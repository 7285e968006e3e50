package dev.gatefold.docs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Assumptions;

/**
 * Tools from npm, in the versions of {@code src/test/npm/package-lock.json}. If they cannot be installed, the tests that
 * need them are skipped with a message.
 */
final class NpmTools {
    private static final Path MANIFESTS = Path.of("src/test/npm");
    private static final Path INSTALL_FOLDER = Path.of("target/npm");
    private static final List<String> INSTALL_COMMAND = List.of(
            "npm",
            "ci",
            "--engine-strict",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefer-offline",
            "--fetch-retries=0",
            "--fetch-timeout=20000");
    private static final Logger LOG = Logger.getLogger(NpmTools.class);
    private static final int TIMEOUT_SECONDS = 120;

    /** The output of a tool, and whether it exited with status 0. */
    record NpmToolResult(String output, boolean successful) {}

    private static final boolean INSTALLED = isInstalled() || install();

    private NpmTools() {}

    /**
     * Skips the calling test unless the tools are installed.
     *
     * @param untested what the skipped test would check, for its message
     */
    static void requireInstalled(String untested) {
        String message = "NOT TESTED: " + untested + ", because npm could not install the tools";
        if (!INSTALLED) {
            LOG.warn(message);
        }
        Assumptions.assumeTrue(INSTALLED, message);
    }

    private static boolean isInstalled() {
        try {
            Path installed = INSTALL_FOLDER.resolve("package-lock.json");
            return Files.exists(INSTALL_FOLDER.resolve("node_modules/.package-lock.json"))
                    && Files.mismatch(installed, MANIFESTS.resolve("package-lock.json")) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean install() {
        boolean npmOnPath = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> new File(folder, "npm").canExecute());
        if (!npmOnPath) {
            return false;
        }
        try {
            Files.createDirectories(INSTALL_FOLDER);
            for (String file : List.of("package.json", "package-lock.json")) {
                Files.write(INSTALL_FOLDER.resolve(file), Files.readAllBytes(MANIFESTS.resolve(file)));
            }
            return run(INSTALL_FOLDER, INSTALL_COMMAND).successful();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a tool in the folder of the repository. */
    static NpmToolResult run(String tool, String... arguments) {
        return runNode(INSTALL_FOLDER.resolve("node_modules/.bin").resolve(tool).toString(), arguments);
    }

    static NpmToolResult runNode(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return run(Path.of("."), command);
    }

    private static NpmToolResult run(Path folder, List<String> command) {
        try {
            Path output = Files.createTempFile(INSTALL_FOLDER, "npm-", ".txt");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("REDOCLY_TELEMETRY", "off");
            builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
            Process process = builder.start();
            process.getOutputStream().close();
            boolean exited = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return new NpmToolResult(Files.readString(output), exited && process.exitValue() == 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
