package dev.gatefold.pages.wall;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.access.DenyReason;
import dev.gatefold.access.decide.Offer.OfferKind;
import dev.gatefold.pages.PageLanguages;
import dev.gatefold.pages.layout.CommonMessages;
import dev.gatefold.pages.layout.ViewerFormats;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The texts of {@code gatefold.js}, taken from the message bundles of the pages so that both use the same words. The
 * script replaces the placeholders, such as {@code {source}}.
 */
final class EmbedTexts {
    private EmbedTexts() {}

    /** Returns a JavaScript object literal: language to key to text, one text per line. */
    static String toJavaScript(ObjectMapper json) {
        return PageLanguages.ALL.stream()
                .map(language -> "  " + language + ": {\n" + lines(texts(language), json) + "\n  }")
                .collect(Collectors.joining(",\n", "{\n", ",\n}"));
    }

    private static String lines(Map<String, String> texts, ObjectMapper json) {
        return texts.entrySet().stream()
                .map(text -> "    " + text.getKey() + ": " + quote(text.getValue(), json) + ",")
                .collect(Collectors.joining("\n"));
    }

    /** Returns all texts of a language: by deny reason, billing status, offer kind, meter window, billing interval, and the others. */
    static Map<String, String> texts(Locale language) {
        ViewerFormats formats = new ViewerFormats(language, ZoneOffset.UTC);
        CommonMessages common = formats.messages(CommonMessages.class);
        WallMessages wall = formats.messages(WallMessages.class);
        DenialTexts denials = new DenialTexts(formats);
        Map<String, String> texts = new LinkedHashMap<>();
        Arrays.stream(DenyReason.values())
                .forEach(reason -> texts.put(reason.name(), denials.headline(reason, "{source}")));
        Arrays.stream(DenyReason.values())
                .forEach(reason ->
                        denials.explanation(reason, "{source}").ifPresent(text -> texts.put(reason + "_TEXT", text)));
        DenialTexts.WITH_OWN_TEXTS.forEach(status -> {
            texts.put(status.name(), denials.headline(status));
            texts.put(status + "_TEXT", denials.explanation(status));
        });
        Arrays.stream(OfferKind.values())
                .filter(kind -> kind != OfferKind.WAIT)
                .forEach(kind -> texts.put(kind.name(), denials.label(kind)));
        texts.put("WAIT", wall.meterResets("{date}"));
        texts.put("DAY", common.articlesLeftToday("{left}", "{limit}"));
        texts.put("WEEK", common.articlesLeftThisWeek("{left}", "{limit}"));
        texts.put("MONTH", common.articlesLeftThisMonth("{left}", "{limit}"));
        texts.put("perMONTH", common.pricePerMonth("{amount}"));
        texts.put("perYEAR", common.pricePerYear("{amount}"));
        texts.put("price", wall.price("{price}"));
        texts.put("priceAfterTrial", wall.priceAfterTrial("{trial}", "{price}"));
        texts.put("trialOfOneDay", common.freeTrial(common.freeForOneDay()));
        texts.put("trialOfDays", common.freeTrial(common.freeForDays("{days}")));
        texts.put("open", common.articleOpen());
        texts.put("shared", common.articleShared());
        return texts;
    }

    private static String quote(String text, ObjectMapper json) {
        try {
            return json.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
