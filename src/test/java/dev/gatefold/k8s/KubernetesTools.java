package dev.gatefold.k8s;

import java.io.File;
import java.util.stream.Stream;

/** Which tools are on this machine. Tests that want one that is not are skipped, and say so. */
final class KubernetesTools {
    static final String NO_KUBECTL = "NOT TESTED: k8s/, since there is no kubectl on the PATH";
    static final String NO_PROMTOOL = "NOT TESTED: when alerts fire, since there is no promtool on the PATH";

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
