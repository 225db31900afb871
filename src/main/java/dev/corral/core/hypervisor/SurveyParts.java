package dev.corral.core.hypervisor;

import java.util.ArrayList;
import java.util.List;

/** What one hypervisor adds to a survey. */
final class SurveyParts {
    final List<SurveyedMachine> machines = new ArrayList<>();
    final List<Volume> volumes = new ArrayList<>();
    final List<Network> networks = new ArrayList<>();
}
