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

/** The load generator of that name, as a process of its own. */
final class WrkLoadGenerator {
    private static final int CONNECTIONS = 32;

    /** The first requests of a service that has just been started are slow. */
    private static final String PATIENCE = "20s";

    private static final double MICROS_PER_TICK = 10_000; // /proc counts hundredths of a second

    /** What is asked, over and over: a path, headers, and where it is a POST a Lua script that says so. */
    record WrkScenario(String name, String path, List<String> headers, String script) {}

    /**
     * What one run came to.
     *
     * @param perSecond requests
     * @param p50 half of the answers came within, in milliseconds
     * @param p99 99 of 100 answers came within, in milliseconds
     * @param cpu processor time of the service for one request, in microseconds
     */
    record WrkResult(double perSecond, double p50, double p99, double cpu) {}

    private final String url;
    private final long servicePid;

    WrkLoadGenerator(String url, long servicePid) {
        this.url = url;
        this.servicePid = servicePid;
    }

    WrkResult run(WrkScenario load, Duration lasts) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "wrk", "-t1", "-c" + CONNECTIONS, "-d" + lasts.toSeconds() + "s", "--latency", "--timeout", PATIENCE));
        load.headers.forEach(header -> command.addAll(List.of("-H", header)));
        if (load.script != null) {
            Path script =
                    Files.writeString(Path.of("target", "wrk-" + load.name.replace(' ', '-') + ".lua"), load.script);
            command.addAll(List.of("-s", script.toString()));
        }
        command.add(url + load.path);
        long before = cpuTicks();
        Process process = start(command);
        String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        double ticks = cpuTicks() - before;
        if (report.contains("Non-2xx") || report.contains("Socket errors")) {
            throw new IllegalStateException("Not every request was answered well:\n" + report);
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

    /** The service's time on the processor so far. */
    private long cpuTicks() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + servicePid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** In milliseconds where the number has a unit. */
    private static double number(String report, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(report);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk said something else:\n" + report);
        }
        double number = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> number / 1000;
            case "s" -> number * 1000;
            default -> number;
        };
    }
}
