package dev.corral.console.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SpotTest {
    private static final Bounds PAGE = new BoundingBox(70, 0, 930, 600);
    private static final Spot.Matter ROW_BELOW = new Spot.Matter(new BoundingBox(70, 560, 500, 32), 0);
    private static final Spot.Matter ROW_ABOVE = new Spot.Matter(new BoundingBox(70, 40, 500, 32), 0);
    private static final Spot.Matter FAILURE = new Spot.Matter(new BoundingBox(600, 200, 380, 400), 0);

    private static Spot choose(Optional<Spot> now, Spot.Matter... matters) {
        return Spot.choose(now, PAGE, 380, 150, List.of(matters));
    }

    @Test
    void theChosenRowAndWhatFailedStayInSight() {
        assertThat(choose(Optional.empty(), FAILURE, ROW_ABOVE)).isEqualTo(Spot.BOTTOM_LEFT);
        assertThat(choose(Optional.empty(), ROW_BELOW)).isEqualTo(Spot.BOTTOM_RIGHT);
        assertThat(choose(Optional.empty(), FAILURE, ROW_BELOW)).isEqualTo(Spot.TOP_RIGHT);
    }

    @Test
    void whatIsThereAnywayIsHiddenOnlyWhereNothingIsFree() {
        Spot.Matter rows = new Spot.Matter(new BoundingBox(70, 40, 500, 560), Spot.ONLY_THERE);
        assertThat(choose(Optional.empty(), rows)).isEqualTo(Spot.BOTTOM_RIGHT);
        assertThat(choose(Optional.empty(), rows, FAILURE, ROW_ABOVE)).isEqualTo(Spot.TOP_RIGHT);
    }

    @Test
    void buttonsAreHiddenRatherThanTheChosenRow() {
        Spot.Matter buttons = new Spot.Matter(new BoundingBox(600, 0, 400, 600), 1);
        Spot.Matter chosen = new Spot.Matter(new BoundingBox(70, 560, 500, 5), 0);
        Spot.Matter fields = new Spot.Matter(new BoundingBox(70, 0, 300, 200), 1);
        assertThat(choose(Optional.empty(), buttons, chosen, fields)).isNotEqualTo(Spot.BOTTOM_LEFT);
    }

    @Test
    void aCardDoesNotWanderWhileItHidesNothingThatMatters() {
        assertThat(choose(Optional.of(Spot.TOP_RIGHT), FAILURE)).isEqualTo(Spot.TOP_RIGHT);
        assertThat(choose(Optional.of(Spot.BOTTOM_LEFT), ROW_BELOW)).isNotEqualTo(Spot.BOTTOM_LEFT);
    }

    @Test
    void aCardLiesWithinThePageInEveryCorner() {
        for (Spot spot : Spot.values()) {
            assertThat(PAGE.contains(spot.at(PAGE, 380, 150))).as(spot.name()).isTrue();
        }
        Bounds low = new BoundingBox(0, 0, 100, 50);
        for (Spot spot : Spot.values()) {
            assertThat(spot.at(low, 380, 150).getMinX()).isEqualTo(Spot.MARGIN_PX);
            assertThat(spot.at(low, 380, 150).getMinY()).isEqualTo(Spot.MARGIN_PX);
        }
    }
}
