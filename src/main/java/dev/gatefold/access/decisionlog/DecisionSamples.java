package dev.gatefold.access.decisionlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.platform.database.DatabaseOutage;
import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.hibernate.Session;

/**
 * Decisions that are kept for some days. Nobody waits for one to be written: they are gathered in memory and written once
 * a second, and where there are too many, or the database is away for long, some are lost.
 */
@Singleton
public class DecisionSamples {
    private static final int MOST_GATHERED = 10_000;
    private static final int MOST_WRITTEN = 1_000;

    /** How long a quiet while makes up for: so many seconds' decisions may be recorded at once. */
    private static final int BURST_SECONDS = 60;

    private static final String WRITE = """
            insert into decision_sample
              (id, decided_at, operation, reader_pseudonym, source, rule_version, reason, inputs)
            select id, "at", "call", holder, source, rule, reason, facts
            from jsonb_to_recordset(cast(:json as jsonb)) as r(
              id uuid, "at" timestamptz, "call" text, holder text, source text, rule int, reason text, facts jsonb)
            on conflict (id) do nothing
            """;

    private static final String READ = """
            select cast(jsonb_build_object(
              'id', id, 'at', decided_at, 'call', operation, 'holder', reader_pseudonym, 'source', source,
              'rule', rule_version, 'reason', reason, 'facts', inputs) as text)
            from decision_sample
            """;

    private static final String OF_SOURCES = READ + """
            where source = any(:sources) and decided_at >= :since order by id limit :limit
            """;

    private final DecisionLogConfig config;
    private final Session database;
    private final ObjectMapper json;
    private final Clock clock;
    private final Counter dropped;
    private final Optional<Bucket> budget;
    private final BlockingQueue<DecisionSample> queue = new ArrayBlockingQueue<>(MOST_GATHERED);

    DecisionSamples(DecisionLogConfig config, Session database, ObjectMapper json, Clock clock, MeterRegistry metrics) {
        this.config = config;
        this.database = database;
        this.json = json;
        this.clock = clock;
        this.dropped = metrics.counter("gatefold.decision.samples.dropped");
        int perSecond = config.samplesPerSecond();
        this.budget = perSecond == 0
                ? Optional.empty()
                : Optional.of(Bucket.builder()
                        .addLimit(limit -> limit.capacity((long) perSecond * BURST_SECONDS)
                                .refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
    }

    /** Of so many decisions, how many are recorded: the first ones. */
    public int takeBudget(int decisions) {
        return decisions == 0 || budget.isEmpty() ? 0 : (int) budget.get().tryConsumeAsMuchAsPossible(decisions);
    }

    public void record(DecisionSample precedent) {
        if (!queue.offer(precedent)) {
            dropped.increment();
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void flush() {
        while (!queue.isEmpty()) {
            List<DecisionSample> some = new ArrayList<>();
            queue.drainTo(some, MOST_WRITTEN);
            try {
                String rows = json.writeValueAsString(some);
                QuarkusTransaction.requiringNew()
                        .run(() -> database.createNativeMutationQuery(WRITE)
                                .setParameter("json", rows)
                                .executeUpdate());
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            } catch (RuntimeException e) {
                if (!DatabaseOutage.isCauseOf(e)) {
                    dropped.increment(some.size());
                    throw e;
                }
                some.stream().filter(it -> !queue.offer(it)).forEach(_ -> dropped.increment());
                return;
            }
        }
    }

    void flush(@Observes ShutdownEvent event) {
        flush();
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteExpired() {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery("delete from decision_sample where decided_at < :then")
                        .setParameter("then", clock.instant().minus(config.retention()))
                        .executeUpdate());
    }

    /** How far back there is anything. */
    Instant retainedSince() {
        return clock.instant().minus(config.retention());
    }

    Optional<DecisionSample> find(UUID id) {
        flush();
        return QuarkusTransaction.requiringNew()
                .call(() -> database
                        .createNativeQuery(READ + "where id = :id", String.class)
                        .setParameter("id", id)
                        .getResultList()
                        .stream()
                        .findFirst()
                        .map(this::read));
    }

    /** Drawn from the whole span where there are more, since their names are drawn by chance. */
    List<DecisionSample> find(List<String> sources, Instant since, int limit) {
        flush();
        return QuarkusTransaction.requiringNew()
                .call(() -> database
                        .createNativeQuery(OF_SOURCES, String.class)
                        .setParameter("sources", sources.toArray(String[]::new))
                        .setParameter("since", since)
                        .setParameter("limit", limit)
                        .getResultList()
                        .stream()
                        .map(this::read)
                        .toList());
    }

    private DecisionSample read(String row) {
        try {
            return json.readValue(row, DecisionSample.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A recorded decision cannot be read", e);
        }
    }
}
