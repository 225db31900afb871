package dev.corral.core.inspect.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a control channel says of samples that persons solve. Not thread-safe: it remembers how far it has read. Its methods block. */
public final class HumanRun {
    private static final String NOTE = "## Human Agent Note";
    private static final int PAGES = 200;

    private final ControlChannel channel;
    private String next = "";

    /** Asks over this channel. */
    public HumanRun(ControlChannel channel) {
        this.channel = channel;
    }

    /**
     * A task of the run.
     *
     * @param eval   Inspect's eval id
     * @param taskId Inspect's task id
     * @param task   its name
     * @param solver how it is solved
     * @param log    where its log lies
     * @param done   whether it is over
     */
    public record TaskRow(String eval, String taskId, String task, String solver, String log, boolean done) {
        /** Whether a person solves it. */
        public boolean human() {
            return solver.contains("human_cli") || solver.contains("human_agent");
        }
    }

    /**
     * A sample of a task.
     *
     * @param sample its id, verbatim
     * @param epoch  the epoch, from 1
     * @param status Inspect's word
     */
    public record SampleRow(String sample, int epoch, String status) {}

    /**
     * The tasks; none while the run has not come so far.
     *
     * @throws IOException if nobody answers
     */
    public List<TaskRow> tasks() throws IOException {
        List<TaskRow> rows = new ArrayList<>();
        for (JsonNode row : body("/tasks")) {
            rows.add(new TaskRow(
                    row.path("eval_id").asText(""),
                    row.path("task_id").asText(""),
                    row.path("task").asText(""),
                    row.path("solver").asText(""),
                    row.path("log_location").asText(""),
                    !row.path("completed_at").isNull()
                            && !row.path("completed_at").isMissingNode()));
        }
        return rows;
    }

    /**
     * The samples of a task that have begun.
     *
     * @throws IOException if nobody answers
     */
    public List<SampleRow> samples(String eval) throws IOException {
        List<SampleRow> rows = new ArrayList<>();
        for (JsonNode row :
                body("/evals/" + encoded(eval) + "/samples?all=true").path("samples")) {
            rows.add(new SampleRow(
                    row.path("sample_id").asText(""),
                    row.path("epoch").asInt(1),
                    row.path("status").asText("")));
        }
        return rows;
    }

    /**
     * What the human agent holds; empty while it has not begun, or if this Inspect does not tell.
     *
     * @throws IOException if nobody answers
     */
    public Optional<HumanState> state(String eval, String sample, int epoch) throws IOException {
        ControlChannel.Answer answer = channel.get("/evals/" + encoded(eval) + "/sample/store?" + which(sample, epoch)
                + "&key=HumanAgentState:*&full=true");
        JsonNode store = answer.body().path("store");
        JsonNode instructions = store.path("HumanAgentState:instructions");
        if (!answer.ok() || !instructions.isTextual()) {
            return Optional.empty();
        }
        JsonNode given = store.path("HumanAgentState:answer");
        return Optional.of(new HumanState(
                instructions.asText(),
                store.path("HumanAgentState:running_state").asBoolean(false),
                instant(store.path("HumanAgentState:started_running").asDouble(0)),
                store.path("HumanAgentState:accumulated_time").asDouble(0),
                given.isTextual() ? Optional.of(given.asText()) : Optional.empty(),
                store.path("HumanAgentState:scorings").size()));
    }

    /**
     * What happened since it was asked last, in order; everything the first time.
     *
     * @throws IOException if nobody answers
     */
    public List<HumanEvent> news(String eval, String sample, int epoch) throws IOException {
        String before = next;
        try {
            return pages(eval, sample, epoch);
        } catch (IOException e) {
            // What came on the pages before that was handed to nobody.
            next = before;
            throw e;
        }
    }

    private List<HumanEvent> pages(String eval, String sample, int epoch) throws IOException {
        List<HumanEvent> events = new ArrayList<>();
        for (int page = 0; page < PAGES; page++) {
            JsonNode body = body("/evals/" + encoded(eval) + "/sample/events?" + which(sample, epoch)
                    + "&type=info,score&full=true" + (next.isEmpty() ? "" : "&since=" + encoded(next)));
            int before = events.size();
            body.path("events").forEach(event -> event(event).ifPresent(events::add));
            String following = body.path("next").asText("");
            boolean more = !following.isEmpty() && !following.equals(next);
            next = following.isEmpty() ? next : following;
            if (!more || body.path("done").asBoolean(false) || events.size() == before) {
                return events;
            }
        }
        return events;
    }

    /**
     * Ends one sample of a task without an answer and leaves the task's others alone.
     *
     * @return whether the run took it
     * @throws IOException if nobody answers
     */
    public boolean cancel(String eval, String sample, int epoch) throws IOException {
        return channel.post("/evals/" + encoded(eval) + "/sample/cancel?" + which(sample, epoch) + "&action=cancel")
                .ok();
    }

    /**
     * Ends a task with all its samples without an answer, however far it has come.
     *
     * @return whether the run took it
     * @throws IOException if nobody answers
     */
    public boolean cancel(String taskId) throws IOException {
        return channel.post("/tasks/" + encoded(taskId) + "/cancel?action=cancel")
                .ok();
    }

    /** What an event tells, if it is about a person's session. */
    public static Optional<HumanEvent> event(JsonNode event) {
        String uuid = event.path("uuid").asText("");
        Instant at = instant(event.path("timestamp"));
        String kind = event.path("event").asText("");
        if (uuid.isEmpty() || at.equals(Instant.EPOCH)) {
            return Optional.empty();
        }
        if (kind.equals("score") && event.path("intermediate").asBoolean(false)) {
            JsonNode score = event.path("score");
            JsonNode value = score.path("value");
            return Optional.of(new HumanEvent(
                    uuid,
                    at,
                    HumanEvent.Kind.SCORE,
                    score.path("answer").asText(""),
                    value.isTextual() ? value.asText() : value.toString(),
                    event.path("scorer").asText("")));
        }
        if (!kind.equals("info") || !event.path("source").asText("").equals("human_agent")) {
            return Optional.empty();
        }
        JsonNode data = event.path("data");
        return switch (data.path("action").asText("")) {
            case "start" -> Optional.of(new HumanEvent(uuid, at, HumanEvent.Kind.START, "", "", ""));
            case "stop" -> Optional.of(new HumanEvent(uuid, at, HumanEvent.Kind.STOP, "", "", ""));
            default ->
                data.isTextual()
                        ? Optional.of(new HumanEvent(uuid, at, HumanEvent.Kind.NOTE, note(data.asText()), "", ""))
                        : Optional.empty();
        };
    }

    private static String note(String text) {
        return text.startsWith(NOTE) ? text.substring(NOTE.length()).strip() : text.strip();
    }

    private JsonNode body(String target) throws IOException {
        ControlChannel.Answer answer = channel.get(target);
        if (!answer.ok()) {
            throw new IOException("the control channel answers " + answer.status());
        }
        return answer.body();
    }

    private static String which(String sample, int epoch) {
        return "sample_id=" + encoded(sample) + "&epoch=" + epoch;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Instant instant(double seconds) {
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }

    private static Instant instant(JsonNode time) {
        if (time.isNumber()) {
            return instant(time.asDouble());
        }
        try {
            return OffsetDateTime.parse(time.asText("")).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
