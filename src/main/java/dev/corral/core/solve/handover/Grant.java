package dev.corral.core.solve.handover;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was handed over: a file in the state directory. Nobody who can't write there can hand anything over.
 *
 * @param id        names it: lower-case letters, digits and dashes
 * @param createdAt when it was handed over
 * @param by        the person who handed it over
 * @param who       the person who comes in
 * @param session   the session of manual solving that it belongs to; empty if there is none
 * @param sandbox   the sandbox's id
 * @param machine   the machine's name; empty for the primary one
 * @param user      whose login shell they get; empty: the machine's own login user
 * @param key       the one public key that lets in, as a line of OpenSSH's
 * @param until     when it ends
 * @param listen    the address that the gateway listens at
 * @param port      its port
 * @param serving   the process that serves it, if one did last
 * @param end       how it ended, if it did before its time
 * @param cache     the sandbox cache directory in which the sandbox is; empty where that is not known
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Grant(
        String id,
        Instant createdAt,
        String by,
        String who,
        String session,
        String sandbox,
        String machine,
        Optional<String> user,
        String key,
        Instant until,
        String listen,
        int port,
        Optional<ProcessIdentity> serving,
        Optional<End> end,
        String cache) {
    /** One whose cache directory is not known. */
    Grant(
            String id,
            Instant createdAt,
            String by,
            String who,
            String session,
            String sandbox,
            String machine,
            Optional<String> user,
            String key,
            Instant until,
            String listen,
            int port,
            Optional<ProcessIdentity> serving,
            Optional<End> end) {
        this(id, createdAt, by, who, session, sandbox, machine, user, key, until, listen, port, serving, end, "");
    }

    /** Checks that what it needs is there, and fills the rest. */
    public Grant {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(createdAt, "created_at");
        Objects.requireNonNull(sandbox, "sandbox");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(listen, "listen");
        by = Objects.requireNonNullElse(by, "");
        who = Objects.requireNonNullElse(who, "");
        session = Objects.requireNonNullElse(session, "");
        machine = Objects.requireNonNullElse(machine, "");
        user = user == null ? Optional.empty() : user;
        serving = serving == null ? Optional.empty() : serving;
        end = end == null ? Optional.empty() : end;
        cache = Objects.requireNonNullElse(cache, "");
    }

    /**
     * An ending.
     *
     * @param at  when
     * @param why why
     * @param by  who ended it; empty where nobody did
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record End(Instant at, Why why, String by) {
        /** Checks that it says why, and fills the rest. */
        public End {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(why, "why");
            by = Objects.requireNonNullElse(by, "");
        }
    }

    /** Why it ended. The words are on disk and stay. */
    public enum Why {
        /** Somebody took it back. */
        REVOKED("taken back"),
        /** Its time is over. */
        EXPIRED("expired"),
        /** The sandbox is no longer there. */
        GONE("its machine is gone");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        /** What it is, in words. */
        public String words() {
            return words;
        }

        /** The word on disk. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The reason of that word; null for one of a later version. */
        @JsonCreator
        public static @Nullable Why of(String word) {
            for (Why why : values()) {
                if (why.word().equals(word)) {
                    return why;
                }
            }
            return null;
        }
    }

    /** How it is now: {@code open}, {@code not served}, or how it ended. */
    public String state(Instant now) {
        return ended(now).map(Why::words).orElseGet(() -> served() ? "open" : "not served");
    }

    /** The word for that in documents. */
    public String word(Instant now) {
        return ended(now).map(Why::word).orElseGet(() -> served() ? "open" : "not_served");
    }

    private Optional<Why> ended(Instant now) {
        return end.map(End::why).or(() -> now.isBefore(until) ? Optional.empty() : Optional.of(Why.EXPIRED));
    }

    /** Whether it has ended, or its time is over. */
    public boolean over(Instant now) {
        return end.isPresent() || !now.isBefore(until);
    }

    /** When it ended or will have ended. */
    Instant overSince() {
        return end.map(End::at).orElse(until);
    }

    /** Whether the process that served it last lives. */
    public boolean served() {
        return serving.filter(process -> process.life() == Life.ALIVE).isPresent();
    }

    /** Whether another one hands the same machine over to the same key. */
    boolean same(Grant other) {
        return sandbox.equals(other.sandbox) && machine.equals(other.machine) && key.equals(other.key);
    }

    /** What is handed over, for messages. */
    public String place() {
        return machine.isEmpty() ? sandbox : sandbox + "/" + machine;
    }

    /** The same, served by a process or by none, at a port. */
    Grant with(Optional<ProcessIdentity> process, int at) {
        return new Grant(
                id, createdAt, by, who, session, sandbox, machine, user, key, until, listen, at, process, end, cache);
    }

    /** The same until another moment. */
    Grant with(Instant other) {
        return new Grant(
                id, createdAt, by, who, session, sandbox, machine, user, key, other, listen, port, serving, end, cache);
    }

    /** The same, ended; what has ended already stays as it is. */
    Grant with(End ending) {
        return new Grant(
                id,
                createdAt,
                by,
                who,
                session,
                sandbox,
                machine,
                user,
                key,
                until,
                listen,
                port,
                serving,
                end.or(() -> Optional.of(ending)),
                cache);
    }
}
