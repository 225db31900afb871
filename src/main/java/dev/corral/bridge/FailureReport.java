package dev.corral.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.LogFile;
import dev.corral.core.ssh.GuestFileException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into JSON-RPC error objects. */
final class FailureReport {
    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    static final int FAILED = -32000;
    static final int INVALID_REQUEST = -32600;
    static final int NO_SUCH_METHOD = -32601;
    static final int INVALID_PARAMETERS = -32602;

    private FailureReport() {}

    static ObjectNode of(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
            case ExpectedFailure expected ->
                error(
                        FAILED,
                        expected.getMessage(),
                        expected.kind().name().toLowerCase(Locale.ROOT),
                        expected.nextStep(),
                        expected.details());
            case GuestFileException file -> {
                ObjectNode error = error(FAILED, String.valueOf(file.getMessage()), "file", "", "");
                ((ObjectNode) error.get("data")).put("errno", file.reason().name());
                yield error;
            }
            case CancellationException cancelled ->
                error(FAILED, orElse(cancelled.getMessage(), "The request was cancelled."), "cancelled", "", "");
            case InterruptedException interrupted -> error(FAILED, "The request was cancelled.", "cancelled", "", "");
            case JsonProcessingException wrong ->
                error(
                        INVALID_PARAMETERS,
                        "The parameters make no sense: " + wrong.getOriginalMessage(),
                        "usage",
                        "",
                        "");
            default -> bug(failure);
        };
    }

    private static ObjectNode bug(Throwable failure) {
        LOG.error("a request met a bug", failure);
        return error(
                FAILED,
                "Corral met a bug: " + failure,
                "bug",
                "Please report it with the details"
                        + LogFile.written()
                                .map(file -> ", and what is in " + file)
                                .orElse("") + ".",
                trace(failure));
    }

    static ObjectNode error(int code, String message, String kind, String nextStep, String details) {
        ObjectNode error =
                JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
        error.putObject("data").put("kind", kind).put("next_step", nextStep).put("details", details);
        return error;
    }

    private static String orElse(@Nullable String text, String fallback) {
        return text == null ? fallback : text;
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        try (PrintWriter writer = new PrintWriter(text)) {
            failure.printStackTrace(writer);
        }
        return text.toString();
    }
}
