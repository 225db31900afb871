package dev.corral.core.inspect.view;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses within Inspect's viewer. Pure. */
final class LogAddress {
    private LogAddress() {}

    /**
     * A sample of a log.
     *
     * @param port   where the viewer listens on this computer
     * @param log    the log's name, relative to the folder that is viewed
     * @param sample the sample's id
     * @param epoch  the epoch, from 1
     */
    static URI of(int port, String log, String sample, int epoch) {
        return URI.create("http://127.0.0.1:%d/#/logs/%s/samples/sample/%s/%d/"
                .formatted(port, encoded(log), encoded(sample), epoch));
    }

    // As a browser's encodeURIComponent does, which the viewer undoes: a space is no plus there.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
