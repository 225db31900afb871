package dev.corral.core.hypervisor.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The head of a qcow2 image: magic, version, place and length of the backing file's name (docs/interop/qcow2 of QEMU). */
public final class Qcow2 {
    private static final int MAGIC = 0x514649fb;
    private static final int HEAD = 20;
    private static final int LONGEST_NAME = 1023;

    private Qcow2() {}

    /**
     * The file that an image only adds to.
     *
     * @throws IOException if it can not be read
     */
    public static Optional<String> backing(Path image) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            ByteBuffer head = read(channel, 0, HEAD);
            if (head.remaining() < HEAD || head.getInt(0) != MAGIC) {
                return Optional.empty();
            }
            long offset = head.getLong(8);
            int length = head.getInt(16);
            if (offset <= 0 || length <= 0 || length > LONGEST_NAME) {
                return Optional.empty();
            }
            String name =
                    StandardCharsets.UTF_8.decode(read(channel, offset, length)).toString();
            // A name may be relative to the image that holds it.
            return Optional.of(
                    name.startsWith("/") || name.contains(":")
                            ? name
                            : image.resolveSibling(name).normalize().toString());
        }
    }

    private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
            continue;
        }
        return buffer.flip();
    }
}
