package dev.corral.core.hypervisor.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Turns what QEMU writes of a screen into a PNG: it is that already, or a portable pixmap. Whatever claims to be larger is refused. */
final class PixelImage {
    /** The longest side, in pixels. */
    static final int LONGEST_SIDE = 4096;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    /** Signature, length and name of the first chunk. */
    private static final int PNG_SIZE_AT = 16;

    private static final int RGB = 3;
    private static final int TRUE_COLOUR = 2;

    private PixelImage() {}

    /**
     * The same as a PNG.
     *
     * @throws IOException if it is neither, damaged, or too large
     */
    static byte[] png(byte[] image) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(image);
        if (image.length > PNG_SIZE_AT + 8 && bytes.slice(0, PNG.length).equals(ByteBuffer.wrap(PNG))) {
            check(bytes.getInt(PNG_SIZE_AT), bytes.getInt(PNG_SIZE_AT + 4));
            return image;
        }
        return new Pixmap(image).png();
    }

    private static void check(int width, int height) throws IOException {
        if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE) {
            throw new IOException("a picture of " + width + " by " + height + " is none of a screen");
        }
    }

    /** A binary portable pixmap with a byte for each colour. */
    private static final class Pixmap {
        private final byte[] image;
        private int at;

        Pixmap(byte[] image) {
            this.image = image;
        }

        byte[] png() throws IOException {
            if (image.length < 2 || image[0] != 'P' || image[1] != '6') {
                throw new IOException("the picture is in no format that is known here");
            }
            at = 2;
            int width = number();
            int height = number();
            int most = number();
            check(width, height);
            // One white space ends the head.
            at++;
            int row = width * RGB;
            if (most != 255 || image.length - at < (long) row * height) {
                throw new IOException("the picture breaks off");
            }
            byte[] lines = new byte[(row + 1) * height];
            for (int y = 0; y < height; y++) {
                // Each line begins with how it is filtered: not at all.
                System.arraycopy(image, at + y * row, lines, y * (row + 1) + 1, row);
            }
            return encoded(width, height, lines);
        }

        private int number() throws IOException {
            while (at < image.length
                    && (image[at] == ' ' || image[at] == '\n' || image[at] == '\t' || image[at] == '#')) {
                if (image[at] == '#') {
                    while (at < image.length && image[at] != '\n') {
                        at++;
                    }
                } else {
                    at++;
                }
            }
            int value = 0;
            int digits = 0;
            while (at < image.length && image[at] >= '0' && image[at] <= '9' && digits < 6) {
                value = value * 10 + image[at] - '0';
                at++;
                digits++;
            }
            if (digits == 0) {
                throw new IOException("the picture's head is damaged");
            }
            return value;
        }
    }

    private static byte[] encoded(int width, int height, byte[] lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PNG);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, TRUE_COLOUR, 0, 0, 0})
                        .array());
        chunk(out, "IDAT", deflated(lines));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[64 << 10];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String name, byte[] content) {
        byte[] kind = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(kind);
        sum.update(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(kind);
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
