package dev.corral.core.vagrant;

import dev.corral.core.base.PlainText;
import dev.corral.core.vagrant.LogLine.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns raw lines of a Vagrant command's log into lines fit to be shown. */
public final class LogText {
    private LogText() {}

    /** The lines to show for one raw line: none for bookkeeping, several where a message has several. */
    public static List<LogLine> of(String raw) {
        Optional<MachineReadable> parsed = MachineReadable.parse(raw);
        if (parsed.isEmpty()) {
            return lines(Optional.empty(), "", Level.DETAIL, raw);
        }
        MachineReadable event = parsed.get();
        if (event.type().equals("error-exit")) {
            return lines(Optional.of(event), event.target(), Level.ERROR, event.field(1));
        }
        if (!event.type().equals("ui") || event.data().size() < 2) {
            return List.of();
        }
        Level level =
                switch (event.field(0)) {
                    case "error" -> Level.ERROR;
                    case "warn" -> Level.WARN;
                    case "success" -> Level.SUCCESS;
                    case "detail" -> Level.DETAIL;
                    default -> Level.STEP;
                };
        return lines(Optional.of(event), event.target(), level, event.text());
    }

    private static List<LogLine> lines(Optional<MachineReadable> event, String machine, Level level, String text) {
        List<LogLine> lines = new ArrayList<>();
        for (String line : text.split("\r\n|\n|\r")) {
            String plain = PlainText.of(line).stripTrailing();
            if (!plain.isEmpty()) {
                lines.add(new LogLine(event.map(MachineReadable::at), PlainText.of(machine), level, plain));
            }
        }
        return lines;
    }
}
