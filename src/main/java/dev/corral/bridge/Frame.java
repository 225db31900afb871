package dev.corral.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One message: a JSON-RPC object and the bytes that go with it.
 *
 * @param header  the JSON-RPC object
 * @param payload raw bytes, often none; never changed
 */
record Frame(ObjectNode header, byte[] payload) {
    /** The longest header that is taken, in bytes: the longest command line of Linux, with room. */
    static final int LONGEST_HEADER = 4 * 1024 * 1024;
    /** The longest payload, in bytes. */
    static final int LONGEST_PAYLOAD = 1024 * 1024;

    static final byte[] NOTHING = new byte[0];
}
