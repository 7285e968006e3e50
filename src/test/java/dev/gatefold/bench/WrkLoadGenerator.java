package dev.gatefold.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the load generator wrk as a separate process. */
final class WrkLoadGenerator {
    private static final int CONNECTIONS = 32;

    /** The first requests after a start are slow. */
    private static final String TIMEOUT = "20s";

    private static final double MICROS_PER_TICK = 10_000; // /proc counts hundredths of a second

    /**
     * A request that is sent repeatedly.
     *
     * @param script Lua script that sets the method and the body; null for a plain GET
     */
    record WrkScenario(String name, String path, List<String> headers, String script) {}

    /**
     * The result of one run.
     *
     * @param perSecond completed requests per second
     * @param p50 median latency, in milliseconds
     * @param p99 99th percentile of the latency, in milliseconds
     * @param cpu processor time of the service per request, in microseconds
     */
    record WrkResult(double perSecond, double p50, double p99, double cpu) {}

    private final String url;
    private final long servicePid;

    WrkLoadGenerator(String url, long servicePid) {
        this.url = url;
        this.servicePid = servicePid;
    }

    WrkResult run(WrkScenario scenario, Duration duration) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "wrk",
                "-t1",
                "-c" + CONNECTIONS,
                "-d" + duration.toSeconds() + "s",
                "--latency",
                "--timeout",
                TIMEOUT));
        scenario.headers.forEach(header -> command.addAll(List.of("-H", header)));
        if (scenario.script != null) {
            Path script = Files.writeString(
                    Path.of("target", "wrk-" + scenario.name.replace(' ', '-') + ".lua"), scenario.script);
            command.addAll(List.of("-s", script.toString()));
        }
        command.add(url + scenario.path);
        long before = cpuTicks();
        Process process = start(command);
        String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        double ticks = cpuTicks() - before;
        if (report.contains("Non-2xx") || report.contains("Socket errors")) {
            throw new IllegalStateException("Some requests failed:\n" + report);
        }
        return new WrkResult(
                number(report, "Requests/sec:\\s+([\\d.]+)()"),
                number(report, "50%\\s+([\\d.]+)(us|ms|s)"),
                number(report, "99%\\s+([\\d.]+)(us|ms|s)"),
                ticks * MICROS_PER_TICK / number(report, "(\\d+) requests in()"));
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IllegalStateException("wrk is needed: apt-get install wrk, or brew install wrk", e);
        }
    }

    /** Returns the processor time of the service since its start, in clock ticks. */
    private long cpuTicks() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + servicePid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** Returns a number of the report; a duration in milliseconds. */
    private static double number(String report, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(report);
        if (!matcher.find()) {
            throw new IllegalStateException("Unexpected output of wrk:\n" + report);
        }
        double number = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> number / 1000;
            case "s" -> number * 1000;
            default -> number;
        };
    }
}
