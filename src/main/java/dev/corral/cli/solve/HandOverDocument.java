package dev.corral.cli.solve;

import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.solve.handover.Grant;
import dev.corral.core.solve.handover.PersonKey;
import dev.corral.core.solve.handover.Ticket;
import dev.corral.core.solve.handover.Until;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that was handed over, as a document.
 *
 * @param id              names it
 * @param state           {@code open}, {@code not_served}, {@code revoked}, {@code expired} or {@code gone}
 * @param who             the person who comes in
 * @param by              who handed it over
 * @param session         the session; null if there is none
 * @param sandbox         the sandbox
 * @param machine         the machine; null for the primary one
 * @param user            whose login; null for the machine's own
 * @param createdAt       when
 * @param until           when it ends
 * @param host            where the person connects to; null, as what follows from it, if its address is none any more
 * @param port            the port
 * @param command         what the person types
 * @param hostFingerprint of the gateway's key
 * @param knownHosts      the line for the person's known hosts
 * @param keyFingerprint  of the one key that lets in
 * @param servedBy        the process that serves it; null if none does
 */
record HandOverDocument(
        String id,
        String state,
        String who,
        String by,
        @Nullable String session,
        String sandbox,
        @Nullable String machine,
        @Nullable String user,
        Instant createdAt,
        Instant until,
        @Nullable String host,
        int port,
        @Nullable String command,
        @Nullable String hostFingerprint,
        @Nullable String knownHosts,
        String keyFingerprint,
        @Nullable Long servedBy) {
    /** What a list shows of it. */
    static final List<String> HEADER = List.of("ID", "WHO", "MACHINE", "UNTIL", "STATE", "COMMAND");

    static HandOverDocument of(Grant grant, Optional<Ticket> ticket) {
        return new HandOverDocument(
                grant.id(),
                grant.word(Instant.now()),
                grant.who(),
                grant.by(),
                filled(grant.session()),
                grant.sandbox(),
                filled(grant.machine()),
                grant.user().orElse(null),
                grant.createdAt(),
                grant.until(),
                ticket.map(Ticket::host).orElse(null),
                grant.port(),
                ticket.map(Ticket::command).orElse(null),
                ticket.map(Ticket::fingerprint).orElse(null),
                ticket.map(Ticket::knownHosts).orElse(null),
                PersonKey.of(grant.key()).fingerprint(),
                grant.served() ? grant.serving().map(ProcessIdentity::pid).orElse(null) : null);
    }

    private static @Nullable String filled(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A moment in this computer's time. */
    static String time(Instant moment) {
        return Until.words(moment);
    }

    List<String> cells() {
        return List.of(
                id,
                who,
                machine == null ? sandbox : sandbox + "/" + machine,
                time(until),
                state.replace('_', ' '),
                command == null ? "" : command);
    }
}
