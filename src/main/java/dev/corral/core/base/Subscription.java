package dev.corral.core.base;

/** Something that goes on until it is let go. Closing it twice does nothing more. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
