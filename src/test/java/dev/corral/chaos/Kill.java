package dev.corral.chaos;

import java.util.List;
import java.util.Random;

/**
 * One kill. Everything about it follows from the seed and its number, so that it can be done again alone.
 *
 * @param seed       the run's seed
 * @param index      its number in the run
 * @param operation  what Corral does
 * @param moment     from when on
 * @param victim     who is killed
 * @param delay      milliseconds after that moment
 * @param gap        milliseconds between the two when both are killed
 * @param ownerFirst who of both goes first
 * @param settle     whether a Vagrant that goes on alone is left to its end before anybody looks
 * @param ownerLives whether the sandbox belongs to a process that lives on
 * @param two        whether the sandbox has two machines
 * @param byCommand  whether the command line cleans up afterwards, or this process
 */
record Kill(
        long seed,
        int index,
        Operation operation,
        Moment moment,
        Victim victim,
        int delay,
        int gap,
        boolean ownerFirst,
        boolean settle,
        boolean ownerLives,
        boolean two,
        boolean byCommand) {

    /** Who is killed. */
    enum Victim {
        OWNER,
        VAGRANT,
        BOTH
    }

    /** The kill with this number. */
    static Kill draw(Ground ground, long seed, int index) {
        Random random = new Random(seed * 1_000_003 + index);
        // The first numbers of neighbouring seeds are much alike.
        random.nextInt();
        List<Operation> operations = ground.operations();
        // In turn, so that a short run sees different ones.
        Operation operation =
                operations.get(Math.floorMod(index + (int) (seed % operations.size()), operations.size()));
        List<Moment> moments = ground.moments(operation);
        Moment moment = moments.get(random.nextInt(moments.size()));
        Victim victim = moment.vagrant() ? Victim.values()[random.nextInt(Victim.values().length)] : Victim.OWNER;
        return new Kill(
                seed,
                index,
                operation,
                moment,
                victim,
                random.nextInt(moment.spread() + 1),
                random.nextInt(60),
                random.nextBoolean(),
                random.nextBoolean(),
                operation != Operation.START && operation != Operation.CLEANUP && random.nextInt(3) == 0,
                ground.two() && random.nextInt(4) == 0,
                random.nextInt(4) == 0);
    }

    @Override
    public String toString() {
        return "kill " + index + ": " + operation + ", " + moment.name() + " + " + delay + " ms, " + victim
                + (victim == Victim.BOTH
                        ? (ownerFirst ? " owner first, " : " Vagrant first, ") + gap + " ms apart"
                        : "")
                + (settle ? ", Vagrant left to its end" : "") + (ownerLives ? ", owner lives on" : "")
                + (two ? ", two machines" : "");
    }
}
