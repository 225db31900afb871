package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import java.util.List;

/** What goes wrong with boxes. */
final class BoxFailures {
    private static final String FETCHED = "(?i)box|download|URL: ";
    // As Vagrant says it before it fetches one.
    private static final String WANTED = "Box '(?<box>[^']{1,120})' could not be found";

    static final List<FailureKind> ALL = List.of(
            named("box-name-resolution", Layer.NETWORK)
                    .saying("Could not resolve host: (?<host>[^\\s;,]+)", "getaddrinfo: .*(?:not known|resolution)")
                    .where(FETCHED)
                    .means("The box can't be fetched: this computer can't find the address[ of {host}].")
                    .then("Check the network and its name server, then start again.")
                    .noting(WANTED)
                    .remedy(Remedy.Kind.ADD_BOX, "{box}"),
            named("box-unreachable", Layer.NETWORK)
                    .saying(
                            "Failed to connect to (?<host>\\S+) port",
                            "(?:Connection|Operation|Resolving) timed out",
                            "Could ?n[o']t connect to server",
                            "SSL connection timeout")
                    .where(FETCHED)
                    .means("The box can't be fetched: its server[ {host}] does not answer.")
                    .then("Check the network and its proxy (https_proxy), then start again.")
                    .noting(WANTED)
                    .remedy(Remedy.Kind.ADD_BOX, "{box}"),
            named("box-certificate", Layer.NETWORK)
                    .saying("SSL certificate problem", "certificate verify failed")
                    .where(FETCHED)
                    .means("The box can't be fetched: the certificate of its server is not accepted.")
                    .then(
                            "Name your proxy's certificate in config.vm.box_download_ca_cert, and check this computer's clock."),
            named("box-login", Layer.BOX)
                    .saying("returned error: (?<code>40[13])")
                    .where(FETCHED)
                    .means("The server does not give out the box to everybody (HTTP {code}).")
                    .then("Log in with vagrant cloud auth login, or check config.vm.box_url."),
            named("box-absent", Layer.BOX)
                    .byClass("BoxAddShortNotFound")
                    .saying("The box '(?<box>[^']+)' could not be found or\\s+could not be accessed")
                    .means("There is no box[ {box}] on the server, or it is not public.")
                    .then("Check the name in config.vm.box, or name its address in config.vm.box_url."),
            named("box-not-there", Layer.BOX)
                    .saying("returned error: 404")
                    .where(FETCHED)
                    .means("The box is not at its address (HTTP 404).")
                    .then("Check config.vm.box, config.vm.box_version and config.vm.box_url."),
            named("box-other-provider", Layer.BOX)
                    .byClass("BoxAddNoMatchingProvider", "BoxProviderDoesntMatch")
                    .saying("doesn't support the provider[\\s\\S]{0,800}?Name: (?<box>.+)"
                            + "[\\s\\S]{0,800}?Requested provider: (?<provider>.+)")
                    .means("The box[ {box}] does not exist for the provider[ {provider}].")
                    .then("Choose a box that does, or another provider with --provider."),
            named("box-version", Layer.BOX)
                    .byClass("BoxAddNoMatchingVersion")
                    .saying(
                            "no available version that[\\s\\S]{0,800}?Box: (?<box>.+)[\\s\\S]{0,800}?Constraints: (?<wanted>.+)")
                    .means("The box[ {box}] has no version[ {wanted}].")
                    .then("Correct config.vm.box_version, or leave it out."),
            named("box-checksum", Layer.BOX)
                    .byClass("BoxChecksumMismatch", "DownloaderChecksumError")
                    .saying("checksum of the (?:downloaded box|requested file) d(?:id|oes) not match")
                    .means("The box that was fetched is another than the one that was meant: its checksum differs.")
                    .then("Fetch it again; if it differs again, correct config.vm.box_download_checksum.")
                    .remedy(Remedy.Kind.FETCH_BOX_AGAIN),
            named("box-broken", Layer.BOX)
                    .byClass(
                            "BoxUnpackageFailure",
                            "BoxVerificationFailed",
                            "BoxMetadataCorrupted",
                            "BadBoxImage",
                            "BoxMetadataMalformed")
                    .saying(
                            "box failed to unpackage",
                            "box file you're attempting to add is invalid",
                            "metadata associated with the box '(?<box>[^']+)'")
                    .means("The box[ {box}] is damaged, or is no box.")
                    .then(
                            "Remove it with vagrant box remove and have it fetched again; see that the disk has room for it.")
                    .remedy(Remedy.Kind.FETCH_BOX_AGAIN, "{box}"),
            named("box-file", Layer.BOX)
                    .byClass("BoxFileNotExist")
                    .saying("Couldn't open file (?<file>\\S+)")
                    .means("The box is to come from a file[ {file}] that is not there.")
                    .then("Correct config.vm.box_url, or put the file there."),
            named("box-cut", Layer.NETWORK)
                    .saying(
                            "transfer closed with|HTTP/2 stream .* was not closed cleanly|Recv failure|unexpected eof while reading")
                    .where(FETCHED)
                    .means("The box was only fetched in part: the connection broke.")
                    .then("Start again; Vagrant goes on with what it has.")
                    .noting(WANTED)
                    .remedy(Remedy.Kind.ADD_BOX, "{box}"));

    private BoxFailures() {}
}
