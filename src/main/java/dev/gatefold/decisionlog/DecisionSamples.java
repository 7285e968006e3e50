package dev.gatefold.decisionlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.platform.database.DatabaseOutage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.hibernate.Session;

/**
 * Stores decision samples. Samples are queued in memory and written once per second, so that no request waits for them. If
 * the queue is full, because the database is unavailable for long, samples are dropped and counted.
 */
@Singleton
public class DecisionSamples {
    private static final int MAX_QUEUED = 10_000;
    private static final int MAX_ROWS_PER_INSERT = 1_000;

    private static final String INSERT = """
            insert into decision_sample
              (id, decided_at, operation, reader_pseudonym, source, rule_version, reason, inputs)
            select id, "at", "call", holder, source, rule, reason, facts
            from jsonb_to_recordset(cast(:json as jsonb)) as r(
              id uuid, "at" timestamptz, "call" text, holder text, source text, rule int, reason text, facts jsonb)
            on conflict (id) do nothing
            """;

    private static final String SELECT = """
            select cast(jsonb_build_object(
              'id', id, 'at', decided_at, 'call', operation, 'holder', reader_pseudonym, 'source', source,
              'rule', rule_version, 'reason', reason, 'facts', inputs) as text)
            from decision_sample
            """;

    private static final String OF_SOURCES = SELECT + """
            where source = any(:sources) and decided_at >= :since order by id limit :limit
            """;

    private final DecisionLogConfig config;
    private final Session database;
    private final ObjectMapper json;
    private final Clock clock;
    private final Counter dropped;
    private final BlockingQueue<DecisionSample> queue = new ArrayBlockingQueue<>(MAX_QUEUED);

    DecisionSamples(DecisionLogConfig config, Session database, ObjectMapper json, Clock clock, MeterRegistry metrics) {
        this.config = config;
        this.database = database;
        this.json = json;
        this.clock = clock;
        this.dropped = Counter.builder("gatefold.decision.samples.dropped")
                .description("Number of decision samples dropped because they could not be stored in time")
                .register(metrics);
    }

    /** Queues a sample; never blocks. */
    void add(DecisionSample sample) {
        if (!queue.offer(sample)) {
            dropped.increment();
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void flush() {
        while (!queue.isEmpty()) {
            List<DecisionSample> batch = new ArrayList<>();
            queue.drainTo(batch, MAX_ROWS_PER_INSERT);
            try {
                insert(batch);
            } catch (RuntimeException e) {
                if (!DatabaseOutage.isCauseOf(e)) {
                    dropped.increment(batch.size());
                    throw e;
                }
                batch.forEach(this::add);
                return;
            }
        }
    }

    private void insert(List<DecisionSample> batch) {
        String rows = write(batch);
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(INSERT)
                        .setParameter("json", rows)
                        .executeUpdate());
    }

    void flush(@Observes ShutdownEvent event) {
        flush();
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteExpired() {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery("delete from decision_sample where decided_at < :then")
                        .setParameter("then", retainedSince())
                        .executeUpdate());
    }

    /** Returns the instant before which samples are deleted. */
    Instant retainedSince() {
        return clock.instant().minus(config.retention());
    }

    /** Returns the sample of a decision; empty if the decision was not sampled or the sample is deleted. */
    Optional<DecisionSample> find(UUID id) {
        flush();
        return QuarkusTransaction.requiringNew()
                .call(() -> database
                        .createNativeQuery(SELECT + "where id = :id", String.class)
                        .setParameter("id", id)
                        .getResultList()
                        .stream()
                        .findFirst()
                        .map(this::read));
    }

    /** Returns samples of some sources. If there are more than the limit, they are a random choice, since ids are random. */
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
            throw new IllegalStateException("A stored decision sample cannot be parsed", e);
        }
    }

    private String write(List<DecisionSample> batch) {
        try {
            return json.writeValueAsString(batch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Decision samples cannot be written as JSON", e);
        }
    }
}
