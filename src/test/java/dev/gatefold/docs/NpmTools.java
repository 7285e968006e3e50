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
 * Tools from npm, in the versions that {@code src/test/npm/package-lock.json} says. Where they are not to be had, what
 * they would have tested is skipped, and says so.
 */
final class NpmTools {
    private static final Path HERE = Path.of("src/test/npm");
    private static final Path FOLDER = Path.of("target/npm");
    private static final List<String> INSTALL = List.of(
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
    private static final int PATIENCE_SECONDS = 120;

    /** What a tool said, and whether it was content. */
    record NpmToolResult(String text, boolean content) {}

    private static final boolean THERE = isInstalled() || install();

    private NpmTools() {}

    /** @param untested what nobody looks at without them */
    static void requireInstalled(String untested) {
        String skipped = "NOT TESTED: " + untested + ", since npm installs no tools here";
        if (!THERE) {
            LOG.warn(skipped);
        }
        Assumptions.assumeTrue(THERE, skipped);
    }

    private static boolean isInstalled() {
        try {
            Path installed = FOLDER.resolve("package-lock.json");
            return Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
                    && Files.mismatch(installed, HERE.resolve("package-lock.json")) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean install() {
        boolean there = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> new File(folder, "npm").canExecute());
        if (!there) {
            return false;
        }
        try {
            Files.createDirectories(FOLDER);
            for (String file : List.of("package.json", "package-lock.json")) {
                Files.write(FOLDER.resolve(file), Files.readAllBytes(HERE.resolve(file)));
            }
            return run(FOLDER, INSTALL).content();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a tool with the repository as its folder. */
    static NpmToolResult run(String tool, String... arguments) {
        return runNode(FOLDER.resolve("node_modules/.bin").resolve(tool).toString(), arguments);
    }

    static NpmToolResult runNode(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return run(Path.of("."), command);
    }

    private static NpmToolResult run(Path folder, List<String> command) {
        try {
            Path said = Files.createTempFile(FOLDER, "said-", ".txt");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().put("REDOCLY_TELEMETRY", "off");
            builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
            Process process = builder.start();
            process.getOutputStream().close();
            boolean done = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return new NpmToolResult(Files.readString(said), done && process.exitValue() == 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
