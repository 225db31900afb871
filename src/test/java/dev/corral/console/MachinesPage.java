package dev.corral.console;

import dev.corral.console.page.Actions;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageName;
import dev.corral.console.page.PageView;
import dev.corral.console.vagrantfile.machines.MachinesSide;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.vagrantfile.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** The machines of a Vagrantfile as a page of their own, without the editor beside them. */
public final class MachinesPage implements PageView {
    /** The lines that were asked for in the editor. */
    public final List<Place> jumps = new CopyOnWriteArrayList<>();

    private final Actions actions;
    private final MachinesSide side;

    /** A page about this Vagrantfile. */
    public MachinesPage(PageContext context, Path vagrantfile) {
        actions = context.actions();
        side = new MachinesSide(context, jumps::add);
        side.opened(vagrantfile);
    }

    /** What it is made of. */
    public MachinesSide side() {
        return side;
    }

    @Override
    public PageName name() {
        return new PageName("machines", "Machines", "Machines of a Vagrantfile", MaterialDesignF.FILE_COG_OUTLINE);
    }

    @Override
    public Node node() {
        return side.node();
    }

    @Override
    public Actions actions() {
        return actions;
    }

    @Override
    public Runnable prepare(Inventory inventory) {
        return () -> side.update(inventory);
    }

    @Override
    public void close() {
        side.close();
    }
}
