package dev.corral.core.hypervisor.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of screens, of which a guest decides what is in them. */
@Tag("unit")
class PixelImageTest {
    private static byte[] pixmap(String head, int... pixels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        for (int pixel : pixels) {
            out.write(pixel >> 16);
            out.write(pixel >> 8);
            out.write(pixel);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P6\n2 2\n255\n", "P6 2 2 255 ", "P6\n# by QEMU\n2\n2\n255\n"})
    void aPixmapBecomesAPng(String head) throws IOException {
        byte[] png = PixelImage.png(pixmap(head, 0xff0000, 0x00ff00, 0x0000ff, 0x123456));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(2);
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xff0000);
        assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0x00ff00);
        assertThat(image.getRGB(1, 1) & 0xffffff).isEqualTo(0x123456);
        assertThat(PixelImage.png(png)).as("a PNG stays one").isSameAs(png);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P6",
                "P6\n",
                "P5\n2 2\n255\n",
                "GIF89a",
                "P6\n2 2\n65535\n",
                "P6\n99999 99999\n255\n",
                "P6\n4096 4096\n255\n",
                "P6\n0 2\n255\n",
                "P6\n-1 2\n255\n",
                "P6\n999999999999 2\n255\n",
                "P6\n2 2\n255",
            })
    void whatIsDamagedOrTooLargeIsRefused(String head) {
        assertThatThrownBy(() -> PixelImage.png(pixmap(head, 0xffffff))).isInstanceOf(IOException.class);
    }

    @Test
    void aPngThatClaimsToBeHugeIsRefused() throws IOException {
        byte[] png = PixelImage.png(pixmap("P6\n1 1\n255\n", 0));
        png[16] = 0x7f;
        assertThatThrownBy(() -> PixelImage.png(png)).isInstanceOf(IOException.class);
    }
}
