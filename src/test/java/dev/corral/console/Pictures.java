package dev.corral.console;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/** Keeps what a window shows. */
public final class Pictures {
    private Pictures() {}

    /** Writes a picture, as PNG. */
    public static void write(WritableImage image, File file) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        PixelReader reader = image.getPixelReader();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                opaque.setRGB(x, y, reader.getArgb(x, y));
            }
        }
        ImageIO.write(opaque, "png", file);
    }
}
