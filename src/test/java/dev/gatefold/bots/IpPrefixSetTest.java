package dev.gatefold.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixSetTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    prefixes                               | address               | held
                    66.249.64.0/27                         | 66.249.63.255         | false
                    66.249.64.0/27                         | 66.249.64.0           | true
                    66.249.64.0/27                         | 66.249.64.31          | true
                    66.249.64.0/27                         | 66.249.64.32          | false
                    # whatever stands after the prefix does not matter
                    66.249.64.9/27                         | 66.249.64.1           | true
                    66.249.64.9                            | 66.249.64.9           | true
                    66.249.64.9                            | 66.249.64.10          | false
                    # beyond 127 too
                    200.0.0.0/8                            | 200.255.255.255       | true
                    255.255.255.255/32                     | 255.255.255.255       | true
                    # a prefix within another does not hide what comes after it
                    20.0.0.0/8 20.1.0.0/16                 | 20.2.0.1              | true
                    20.1.0.0/16 20.0.0.0/8 20.1.0.0/16     | 20.200.0.1            | true
                    20.0.0.0/16 20.0.0.0/24 20.1.0.0/24    | 20.0.255.1            | true
                    20.0.0.0/16 20.0.0.0/24 20.1.0.0/24    | 20.1.1.0              | false
                    2001:4860:4801:10::/64                 | 2001:4860:4801:10::1  | true
                    2001:4860:4801:10::/64                 | 2001:4860:4801:10:ffff:ffff:ffff:ffff | true
                    2001:4860:4801:10::/64                 | 2001:4860:4801:11::   | false
                    2001:4860:4801:10::/64                 | 2001:4860:4801:f:ffff:ffff:ffff:ffff  | false
                    2001:4860::/32                         | 2001:4860:ffff::1     | true
                    2001:4860::1:0/112                     | 2001:4860::1:ffff     | true
                    2001:4860::1:0/112                     | 2001:4860::2:0        | false
                    2001:4860::1/128                       | 2001:4860::1          | true
                    # the same digits in another family
                    66.249.64.0/27                         | ::66.249.64.1         | false
                    """)
    void prefixesContainMatchingAddresses(String prefixes, String address, boolean held) {
        assertThat(of(prefixes).contains(InetAddresses.forString(address))).isEqualTo(held);
    }

    @Test
    void ipv4MappedAddressMatchesIpv4Prefix() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 66, (byte) 249, 64, 1};
        InetAddress written = Inet6Address.getByAddress(null, mapped, 0);

        assertThat(written).isInstanceOf(Inet6Address.class);
        assertThat(of("66.249.64.0/27").contains(written)).isTrue();
        assertThat(of("66.249.64.32/27").contains(written)).isFalse();
    }

    @Test
    void prefixesContainExactlyTheUnionOfEachPrefix() throws UnknownHostException {
        Random random = new Random(20261123);
        for (int round = 0; round < 200; round++) {
            List<String> written = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                written.add("77." + random.nextInt(4) + "." + random.nextInt(4) + ".0/" + (8 + random.nextInt(25)));
            }
            IpPrefixSet all = of(String.join(" ", written));
            for (int i = 0; i < 200; i++) {
                byte[] bytes = {77, (byte) random.nextInt(6), (byte) random.nextInt(6), (byte) random.nextInt(256)};
                InetAddress address = InetAddress.getByAddress(bytes);
                boolean held = written.stream().anyMatch(one -> of(one).contains(address));
                assertThat(all.contains(address))
                        .as("%s in %s", address, written)
                        .isEqualTo(held);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8.0.0.0/7, true",
        "8.0.0.0/8, false",
        "0.0.0.0/0, true",
        "2001::/15, true",
        "2001::/16, false",
        "::/0, true",
        // all of IPv4 lies in it
        "::/64, true",
        "::fffe:0:0/95, true"
    })
    void shortPrefixIsTooWide(String prefix, boolean wide) {
        assertThat(IpPrefix.parse(prefix).isTooWide()).isEqualTo(wide);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "example.com/8",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/",
                "1.2.3.4/8/8",
                "1.2.3/8",
                "::/129"
            })
    void invalidPrefixIsRejected(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse(text));
    }

    private static IpPrefixSet of(String prefixes) {
        return new IpPrefixSet(
                Arrays.stream(prefixes.split(" ")).map(IpPrefix::parse).toList());
    }
}
