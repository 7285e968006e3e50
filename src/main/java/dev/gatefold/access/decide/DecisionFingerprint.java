package dev.gatefold.access.decide;

import com.google.common.hash.Hashing;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Hashes the content of decisions: all components but those that {@linkplain VariesBetweenEqualDecisions vary}. */
final class DecisionFingerprint {
    private final Method[] content = Arrays.stream(Decision.class.getRecordComponents())
            .filter(component -> !component.isAnnotationPresent(VariesBetweenEqualDecisions.class))
            .map(RecordComponent::getAccessor)
            .toArray(Method[]::new);

    String of(Decision decision) {
        StringBuilder text = new StringBuilder(256);
        for (Method accessor : content) {
            text.append(value(accessor, decision)).append('|');
        }
        return Hashing.farmHashFingerprint64()
                .hashString(text, StandardCharsets.UTF_8)
                .toString();
    }

    private static Object value(Method accessor, Decision decision) {
        try {
            return accessor.invoke(decision);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A component of a decision cannot be read", e);
        }
    }
}
