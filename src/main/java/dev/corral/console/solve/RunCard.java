package dev.corral.console.solve;

import dev.corral.console.shared.Fact;
import dev.corral.console.shared.FactsCard;
import dev.corral.core.solve.SolveStatus;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.StackPane;

/** The run of Inspect that a session is: how it was started, to be copied, and where its log lies. */
final class RunCard extends StackPane {
    private final FactsCard facts = new FactsCard();

    RunCard() {
        setId("solve-run");
        facts.setHeading("Run");
        getChildren().add(facts);
    }

    void show(SolveStatus status) {
        List<Fact> now = new ArrayList<>();
        if (!status.story().command().isEmpty()) {
            now.add(Fact.machine("Command", status.story().command()));
        }
        if (!status.story().log().isEmpty()) {
            now.add(Fact.machine("Log", status.story().log()));
        }
        facts.update(status.session().id(), now);
    }
}
