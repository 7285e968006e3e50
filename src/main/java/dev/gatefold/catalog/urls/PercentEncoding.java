package dev.gatefold.catalog.urls;

import java.nio.charset.StandardCharsets;

/** Normalization of percent escapes (RFC 3986, section 6.2.2). */
final class PercentEncoding {
    private static final String UNRESERVED_MARKS = "-._~";
    private static final String ALLOWED_MARKS = UNRESERVED_MARKS + "!$&'()*+,;=:@/";

    private PercentEncoding() {}

    /**
     * Decodes escapes of unreserved characters and escapes characters that are not allowed. A percent sign that is not
     * part of an escape remains unchanged, as in browsers.
     *
     * @param also one more character that is allowed unescaped
     */
    static String normalize(String text, char also) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder normal = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            int escaped = b == '%' ? escapedAt(bytes, i) : -1;
            if (escaped >= 0) {
                if (isUnreserved(escaped)) {
                    normal.append((char) escaped);
                } else {
                    append(normal, escaped);
                }
                i += 2;
            } else if (b == '%' || b == also || isUnreserved(b) || ALLOWED_MARKS.indexOf(b) >= 0) {
                normal.append((char) b);
            } else {
                append(normal, b);
            }
        }
        return normal.toString();
    }

    private static int escapedAt(byte[] bytes, int percent) {
        if (percent + 2 >= bytes.length) {
            return -1;
        }
        int high = Character.digit(bytes[percent + 1], 16);
        int low = Character.digit(bytes[percent + 2], 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean isUnreserved(int b) {
        return (b < 0x80 && Character.isLetterOrDigit(b)) || UNRESERVED_MARKS.indexOf(b) >= 0;
    }

    private static void append(StringBuilder normal, int b) {
        normal.append('%').append(hex(b >> 4)).append(hex(b & 15));
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }
}
