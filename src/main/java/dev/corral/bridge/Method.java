package dev.corral.bridge;

/** Serves one kind of request. Called on a thread of the request's own; may block. */
@FunctionalInterface
interface Method {
    /**
     * Serves one request.
     *
     * @throws InterruptedException if the call was cancelled
     * @throws Exception            any failure; it becomes the answer
     */
    Reply serve(Call call) throws Exception;
}
