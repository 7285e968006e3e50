package dev.gatefold.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.pages.account.AccountMessages;
import dev.gatefold.pages.account.PersonalDataMessages;
import dev.gatefold.pages.account.SharesMessages;
import dev.gatefold.pages.errors.ErrorMessages;
import dev.gatefold.pages.layout.CommonMessages;
import dev.gatefold.pages.layout.PageMessages;
import dev.gatefold.pages.wall.WallMessages;
import io.quarkus.qute.i18n.MessageBundle;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Translations of the message bundles are complete. */
class PageTranslationsTest {
    static Stream<Class<?>> bundles() {
        return Stream.of(
                CommonMessages.class,
                WallMessages.class,
                AccountMessages.class,
                SharesMessages.class,
                PersonalDataMessages.class,
                PageMessages.class,
                ErrorMessages.class);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everyMessageIsTranslated(Class<?> bundle) throws IOException {
        Object[] keys = Arrays.stream(bundle.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .toArray();

        for (Locale language : PageLanguages.ALL.subList(1, PageLanguages.ALL.size())) {
            assertThat(translations(bundle, language).keySet())
                    .as(bundle.getSimpleName() + " in " + language)
                    .containsExactlyInAnyOrder(keys);
        }
    }

    private static Properties translations(Class<?> bundle, Locale language) throws IOException {
        String declared = bundle.getAnnotation(MessageBundle.class).value();
        String name = declared.equals(MessageBundle.DEFAULTED_NAME) ? "msg" : declared;
        String file = "/messages/" + name + "_" + language.getLanguage() + ".properties";
        Properties translations = new Properties();
        try (Reader reader = new InputStreamReader(bundle.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            translations.load(reader);
        }
        return translations;
    }
}
