package dev.corral.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.base.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request while it is served on a thread of its own. */
final class Call {
    private final long id;
    private final JsonNode params;
    private final byte[] payload;
    private final FrameWriter writer;
    private final Optional<StreamedInput> stream;
    private @Nullable Thread thread;
    private @Nullable Runnable onCancel;
    private boolean cancelled;

    Call(long id, JsonNode params, byte[] payload, FrameWriter writer) {
        this.id = id;
        this.params = params;
        this.payload = payload;
        this.writer = writer;
        this.stream = "stream".equals(params.path("input").asText(""))
                ? Optional.of(new StreamedInput(this::credit))
                : Optional.empty();
    }

    long id() {
        return id;
    }

    /**
     * The parameters as an object of this type.
     *
     * @throws JsonProcessingException if they are none
     */
    <T> T params(Class<T> type) throws JsonProcessingException {
        return Json.mapper().treeToValue(params, type);
    }

    /** The input that came or comes with the request. */
    InputStream input() {
        return stream.isPresent() ? stream.get() : new ByteArrayInputStream(payload);
    }

    /** Whether there is any input, an empty one included. */
    boolean hasInput() {
        return stream.isPresent() || "inline".equals(params.path("input").asText(""));
    }

    /** How long an input is that came whole; empty for one that comes in pieces. */
    Optional<Long> inlineLength() {
        return stream.isPresent() ? Optional.empty() : Optional.of((long) payload.length);
    }

    /** A piece of input; ends the call if the sender does not keep to its window. */
    void offer(byte[] piece, boolean last) {
        if (stream.isPresent() && !stream.get().offer(piece, last)) {
            cancel();
        }
    }

    /** Says something about this call; {@code params} is added to. */
    void tell(String method, ObjectNode news, byte[] bytes) throws IOException {
        ObjectNode header =
                JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", method);
        header.set("params", news.put("request", id));
        writer.write(new Frame(header, bytes));
    }

    private void credit(long bytes) {
        try {
            tell("credit", JsonNodeFactory.instance.objectNode().put("bytes", bytes), Frame.NOTHING);
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin does not read any more", e);
        }
    }

    /** The thread that serves the call starts. */
    synchronized void servedBy(Thread current) {
        thread = current;
        if (cancelled) {
            current.interrupt();
        }
    }

    /** What cancelling means from now on, in place of interrupting the thread. */
    synchronized void onCancel(Runnable action) {
        onCancel = action;
        if (cancelled) {
            action.run();
        }
    }

    /** Asks the call to come to an end; it is answered all the same. */
    synchronized void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        // The input is not ended: a command that saw an early end would work on half of it until it is killed.
        if (onCancel != null) {
            onCancel.run();
        } else if (thread != null) {
            thread.interrupt();
        }
    }

    /** The call has been answered: input that still comes is of no use. */
    void over() {
        stream.ifPresent(StreamedInput::close);
    }
}
