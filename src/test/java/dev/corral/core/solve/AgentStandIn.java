package dev.corral.core.solve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Answers requests in a directory as Inspect's service does. */
final class AgentStandIn implements AutoCloseable {
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    private final Thread thread;

    /** @param answer gets a request and gives the result's JSON */
    AgentStandIn(Path agent, Function<JsonNode, String> answer) {
        thread = Thread.ofVirtual().start(() -> serve(agent, answer));
    }

    List<JsonNode> asked() {
        return asked;
    }

    private void serve(Path agent, Function<JsonNode, String> answer) {
        while (!Thread.currentThread().isInterrupted()) {
            try (DirectoryStream<Path> requests = Files.newDirectoryStream(agent.resolve("requests"), "*.json")) {
                for (Path request : requests) {
                    JsonNode node = Json.mapper().readTree(request.toFile());
                    asked.add(node);
                    Files.writeString(
                            agent.resolve("responses").resolve(request.getFileName()),
                            "{\"id\":" + node.path("id") + "," + answer.apply(node) + "}");
                    Files.delete(request);
                }
                Thread.sleep(10);
            } catch (NoSuchFileException e) {
                // It does not listen yet.
                LockSupport.parkNanos(10_000_000);
            } catch (IOException | InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
