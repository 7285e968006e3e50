package dev.gatefold.k8s;

import java.io.File;
import java.util.stream.Stream;

/** Which tools are on this machine. Tests that want one that is not are skipped, and say so. */
final class Installed {
    static final String NO_KUBECTL = "NOT TESTED: k8s/, since there is no kubectl on the PATH";
    static final String NO_PROMTOOL = "NOT TESTED: when alerts fire, since there is no promtool on the PATH";

    private Installed() {}

    static boolean kubectl() {
        return isThere("kubectl");
    }

    static boolean promtool() {
        return isThere("promtool");
    }

    private static boolean isThere(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, tool).canExecute());
    }
}
