package dev.gatefold.accounts.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings of e-mail addresses and the text to which they fold. */
class EmailFoldingTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
        address                        | folded
        Zoe@Example.COM                | zoe@example.com
        zoe.smith@example.com          | zoe.smith@example.com
        zoe+news@example.com           | zoe+news@example.com
        zoe@example.com.               | zoe@example.com
        zoesmith@gmail.com             | zoesmith@gmail.com
        Zoe.Smith@gmail.com            | zoesmith@gmail.com
        z.o.e.s.m.i.t.h+a+b@Gmail.Com  | zoesmith@gmail.com
        zoe.smith@googlemail.com       | zoesmith@gmail.com
        zoe-smith@gmail.com            | zoe-smith@gmail.com
        zoe@gmail.example.com          | zoe@gmail.example.com
        zoe.smith+x@mail.gmail.com     | zoe.smith+x@mail.gmail.com
        +tag@gmail.com                 | +tag@gmail.com
        ...@gmail.com                  | ...@gmail.com
        zoe+x@outlook.com              | zoe@outlook.com
        zoe.smith+x@outlook.com        | zoe.smith@outlook.com
        zoe+x@hotmail.co.uk            | zoe@hotmail.co.uk
        zoe+x@hotmail.com              | zoe@hotmail.com
        zoe+x@live.de                  | zoe@live.de
        zoe+x@msn.com                  | zoe@msn.com
        zoe+x@icloud.com               | zoe@icloud.com
        zoe+x@me.com                   | zoe@icloud.com
        zoe.smith@mac.com              | zoe.smith@icloud.com
        zoe+x@fastmail.com             | zoe@fastmail.com
        news@zoe.fastmail.com          | zoe@fastmail.com
        zoe@zoe.fastmail.fm            | zoe@fastmail.fm
        zoe.smith@fastmail.fm          | zoe.smith@fastmail.fm
        zoe+x@proton.me                | zoe@proton.me
        z-o_e.smith+x@protonmail.com   | zoesmith@proton.me
        zoesmith@pm.me                 | zoesmith@proton.me
        zoe-news@yahoo.com             | zoe@yahoo.com
        zoe-news@yahoo.co.jp           | zoe@yahoo.co.jp
        zoe.smith@yahoo.de             | zoe.smith@yahoo.de
        zoe+x@yahoo.com                | zoe+x@yahoo.com
        zoe-news@ymail.com             | zoe@ymail.com
        zoe@BÜCHER.example             | zoe@xn--bcher-kva.example
        zoe@xn--bcher-kva.example      | zoe@xn--bcher-kva.example
        ZOË@example.com                | zoë@example.com
        ｚｏｅ@gmail.com                  | zoe@gmail.com
        "a b"@example.com              | "a b"@example.com
        zoe@-not-a-domain-.example     | zoe@-not-a-domain-.example
        """)
    void addressFoldsToMailbox(String address, String folded) {
        assertThat(EmailFolding.fold(address)).isEqualTo(folded);
    }

    @Test
    void composedAndDecomposedLettersAreEqual() {
        assertThat(EmailFolding.fold("zoe\u0308@bu\u0308cher.example"))
                .isEqualTo(EmailFolding.fold("zo\u00eb@b\u00fccher.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoe.Smith+x@GoogleMail.com", "x@zoe.fastmail.com", "ZOË-x@yahoo.de", "zoe@Bücher.example"})
    void foldedAddressFoldsToItself(String address) {
        String folded = EmailFolding.fold(address);

        assertThat(EmailFolding.fold(folded)).isEqualTo(folded);
    }
}
