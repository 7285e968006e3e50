package dev.gatefold.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSignatureTest {
    private static final String SECRET = "whsec_one";
    private static final String BODY = "{\"id\": \"evt_1\", \"note\": \"\uD83D\uDE00 ümläut\"}";
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void signatureOfStripeSdkIsAccepted() throws Exception {
        assertThat(isSignedWith(header(SECRET), SECRET)).isTrue();
        assertThat(isSignedWith(header(SECRET), "whsec_other")).isFalse();
    }

    @Test
    void signatureOfAnyConfiguredSecretIsAccepted() throws Exception {
        String header = header(SECRET);
        String rotating = header + ",v1=" + "0".repeat(64) + ",v0=" + "1".repeat(64) + ",v9=nothing";

        assertThat(isSignedWith(header, "whsec_other", SECRET)).isTrue();
        assertThat(isSignedWith(header, SECRET, "whsec_other")).isTrue();
        assertThat(isSignedWith(rotating, SECRET)).isTrue();
        assertThat(isSignedWith(header)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "mr-IN", "my-MM", "th-TH-u-nu-thai", "tr-TR"})
    void signatureIsIndependentOfDefaultLocale(String place) throws Exception {
        String header = header(SECRET);
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(place));
        try {
            assertThat(isSignedWith(header, SECRET)).isTrue();
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void signatureOfChangedBodyIsRejected() throws Exception {
        StripeSignature signature = StripeSignature.parse(header(SECRET));
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < body.length; i++) {
            byte[] flipped = body.clone();
            flipped[i] ^= 1;
            assertThat(signature.matches(flipped, List.of(SECRET))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, true", "-290, true", "-300, true", "-301, false", "299, true", "301, false", "1000000, false"})
    void signatureIsValidForFiveMinutes(long secondsFromNow, boolean timely) {
        long signedAt = NOW.getEpochSecond() + secondsFromNow;

        assertThat(StripeSignature.parse("t=" + signedAt + ",v1=" + "a".repeat(64))
                        .isWithinTolerance(NOW))
                .isEqualTo(timely);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "t=,v1=",
                "t=1",
                "v1=aaaa",
                "t=soon,v1=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "t=-1,v1=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "t=99999999999999999999,v1=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "t=1,v1=aaaa",
                "t=1,v1=zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "t=1,v0=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                ",,,=,=,=",
                "t=\u0661,v1=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            })
    void malformedSignatureIsRejected(String header) {
        assertThatThrownBy(() -> StripeSignature.parse(header)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void missingSignatureIsRejected() {
        assertThatThrownBy(() -> StripeSignature.parse(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StripeSignature.parse("t=1,v1=" + "a".repeat(64) + ",".repeat(5000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String header(String secret) throws GeneralSecurityException {
        long time = NOW.getEpochSecond();
        return "t=" + time + ",v1=" + Webhook.Util.computeHmacSha256(secret, time + "." + BODY);
    }

    private static boolean isSignedWith(String header, String... secrets) {
        return StripeSignature.parse(header).matches(BODY.getBytes(StandardCharsets.UTF_8), List.of(secrets));
    }
}
