package dev.corral.bridge;

/**
 * A good answer.
 *
 * @param result  what becomes the result's JSON
 * @param payload the bytes that go with it
 */
record Reply(Object result, byte[] payload) {
    static Reply of(Object result) {
        return new Reply(result, Frame.NOTHING);
    }
}
