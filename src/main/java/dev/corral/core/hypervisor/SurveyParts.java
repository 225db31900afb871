package dev.corral.core.hypervisor;

import java.util.ArrayList;
import java.util.List;

/** What one hypervisor adds to a survey. */
public final class SurveyParts {
    public final List<SurveyedMachine> machines = new ArrayList<>();
    public final List<Volume> volumes = new ArrayList<>();
    public final List<Network> networks = new ArrayList<>();
}
