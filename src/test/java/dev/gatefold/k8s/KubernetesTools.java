package dev.gatefold.k8s;

import java.io.File;
import java.util.stream.Stream;

/** Command-line tools of this machine. Tests that need a missing tool are skipped with a message. */
final class KubernetesTools {
    static final String NO_KUBECTL = "NOT TESTED: k8s/, because kubectl is not on the PATH";
    static final String NO_PROMTOOL = "NOT TESTED: alert rules, because promtool is not on the PATH";

    private KubernetesTools() {}

    static boolean kubectl() {
        return isOnPath("kubectl");
    }

    static boolean promtool() {
        return isOnPath("promtool");
    }

    private static boolean isOnPath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, tool).canExecute());
    }
}
