package dev.corral.console.vagrantfile;

import dev.corral.console.editor.CodeEditor;
import dev.corral.console.editor.EditorHelp;
import dev.corral.console.editor.file.Drafts;
import dev.corral.console.fx.Background;
import dev.corral.console.fx.FxThread;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Actions;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageName;
import dev.corral.console.page.PageView;
import dev.corral.console.page.PaletteItem;
import dev.corral.console.page.Reveal;
import dev.corral.console.settings.OpenedFiles;
import dev.corral.console.settings.PageMemory;
import dev.corral.console.settings.StateFile;
import dev.corral.console.shared.Texts;
import dev.corral.console.vagrantfile.help.FileHelp;
import dev.corral.console.vagrantfile.help.HelpMaker;
import dev.corral.console.vagrantfile.strip.DraftKeeper;
import dev.corral.console.vagrantfile.watch.FilesRead;
import dev.corral.core.base.Located;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Window;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** The page on which a Vagrantfile and the files that it reads are edited, with its machines beside them. */
public final class VagrantfilePage extends StackPane implements PageView, OpenFile.Listener {
    private static final PageName NAME = new PageName(
            "vagrantfile",
            "Vagrantfile",
            "Edit a Vagrantfile and debug its machines",
            MaterialDesignF.FILE_EDIT_OUTLINE);
    private static final double PROBLEMS_AT = 0.8;
    private static final double EDITOR_WIDTH = 0.44;

    private final PageContext context;
    private final HelpMaker helpMaker;
    private final DraftKeeper drafts;
    private final Saving saving;
    private final RecentFiles recent;
    private final FileHead head;
    private final FileTabs tabs;
    private final FileSight sight;
    private final EmptyPage empty;
    private final SplitPane left = new SplitPane();
    private final SplitPane whole = new SplitPane();
    private final Optional<DebugSide> side;
    private final DiskWatch watch;
    private final FilesRead filesRead = new FilesRead(this::touched, this::cover);
    private final FileDialogs dialogs;
    private final Copies copies;
    private final Map<OpenFile, EditorHelp> helps = new HashMap<>();
    private final CaretPlaces places = new CaretPlaces();
    private Optional<Path> debugged = Optional.empty();
    private boolean closed;

    /** A page that understands Ruby, with these machines. */
    public VagrantfilePage(PageContext context, DebugSide.Maker side) {
        this(context, new FileHelp(context.corral()), side);
    }

    /**
     * @param help understands the files
     * @param side shows the machines
     */
    public VagrantfilePage(PageContext context, HelpMaker help, DebugSide.Maker side) {
        this.context = context;
        this.helpMaker = help;
        setId("vagrantfile-page");
        getStyleClass().add("vagrantfile-page");
        drafts = new DraftKeeper(
                new Drafts(context.stateFolder().resolve("drafts")),
                failure -> FxThread.run(() -> context.tell()
                        .accept(Notice.failure(
                                "Unsaved text can not be kept.",
                                "Save it before you close the window.",
                                String.valueOf(failure.getMessage())))));
        saving = new Saving(context.commands().readings()::saved);
        recent = new RecentFiles(
                new StateFile<>(context.stateFolder().resolve("vagrantfiles.json"), OpenedFiles.class), drafts::turn);
        dialogs = new FileDialogs(context, this::getScene, this::open);
        head = new FileHead(context.actions(), this::open);
        tabs = new FileTabs(this::chosen, this::closed, head.nodes());
        ProblemsPane problems = new ProblemsPane((file, mark) -> jump(file, mark.line(), mark.column()));
        sight = new FileSight(tabs, problems, head, this::checked);
        empty = new EmptyPage(context.actions(), context.home(), this::open);
        watch = new DiskWatch(this::look);
        this.side = side.apply(context, (file, line) -> jump(file, line, 1));
        this.side.ifPresent(machines -> machines.whenRead(this::read));
        copies = new Copies(file -> this.side.flatMap(machines -> machines.copy(file)), context.tell());
        left.setOrientation(Orientation.VERTICAL);
        left.setId("editor-split");
        left.getItems().addAll(tabs, problems);
        left.setMinWidth(0);
        SplitPane.setResizableWithParent(problems, false);
        left.setDividerPositions(PROBLEMS_AT);
        whole.setId("debug-split");
        whole.getItems().add(left);
        this.side.ifPresent(machines -> {
            whole.getItems().add(machines.node());
            whole.setDividerPositions(EDITOR_WIDTH);
        });
        getChildren().addAll(whole, empty);
        setMinWidth(0);
        new FileActions(
                        context.actions(),
                        tabs,
                        dialogs,
                        sight::next,
                        (file, line) -> this.side.ifPresent(machines -> machines.means(file, line)),
                        copies)
                .install();
        FileDrop.install(this, this::open);
        sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(Window::focusedProperty)
                .addListener((all, before, focused) -> {
                    if (Boolean.TRUE.equals(focused)) {
                        look();
                    }
                });
        recent.open().forEach(file -> open(file, Optional.empty(), 0, 1));
        chosen();
    }

    private void look() {
        tabs.files().forEach(OpenFile::look);
        filesRead.look();
    }

    // A file that Vagrant reads holds something else than when it did.
    private void touched(Path file) {
        side.ifPresent(machines -> machines.saved(file));
    }

    private void read(Optional<Resolution> said) {
        helpMaker.read(said, path -> tabs.find(path)
                .filter(file -> file.shown() && !file.dirty().get())
                .map(file -> file.editor().text()));
        tabs.files().forEach(file -> file.ifShown(CodeEditor::look));
        filesRead.take(said);
    }

    private void open(Path file) {
        located(file, path -> {
            tabs.choose(open(path, Optional.empty(), 0, 1));
            focus().requestFocus();
        });
    }

    // As a start names it: links to its folder lead to the same tab, and to what Vagrant says of it.
    private void located(Path file, Consumer<Path> then) {
        drafts.turn(() -> {
            Path path = Located.of(file);
            FxThread.run(() -> then.accept(path));
        });
    }

    private OpenFile open(Path whole, Optional<String> forReading, int line, int column) {
        Optional<OpenFile> already = tabs.find(whole);
        if (already.isPresent()) {
            if (line > 0) {
                already.get().goTo(line, column);
            }
            return already.get();
        }
        OpenFile opened = new OpenFile(whole, forReading, line, column, drafts, saving, this);
        opened.editor().marks().addListener((all, before, now) -> showProblems());
        opened.editor().caret().addListener((all, before, now) -> sight.place());
        opened.dirty().addListener((all, before, now) -> judge());
        tabs.add(opened);
        if (forReading.isEmpty()) {
            recent.opened(whole);
        }
        cover();
        return opened;
    }

    private void cover() {
        Set<Path> files = new HashSet<>(filesRead.files());
        tabs.files().stream().map(OpenFile::path).forEach(files::add);
        drafts.turn(() -> watch.cover(files));
    }

    private void closed(OpenFile file) {
        if (file.dirty().get()) {
            context.tell()
                    .accept(Notice.news("What was not saved of "
                            + Texts.line(file.path().getFileName().toString())
                            + " is kept, and offered when you open it again."));
        }
        file.close();
        helps.remove(file);
        recent.closed(file.path());
        cover();
        chosen();
    }

    // Another file is in sight, or none.
    private void chosen() {
        if (tabs == null) {
            return;
        }
        boolean none = tabs.chosen().isEmpty();
        whole.setVisible(!none);
        empty.setVisible(none);
        if (none) {
            offer();
        }
        showProblems();
        sight.place();
        head.names(tabs.chosen());
        tabs.chosen().filter(OpenFile::shown).ifPresent(file -> {
            file.look();
            debug(file);
        });
    }

    private void offer() {
        empty.show(List.of(), recent.recent());
        drafts.turn(() -> {
            List<Path> unsaved = drafts.files();
            FxThread.run(() -> empty.show(unsaved, recent.recent()));
        });
    }

    private void debug(OpenFile file) {
        // What the debugged one reads is a part of it, as long as that is open.
        boolean part =
                debugged.flatMap(tabs::find).isPresent() && filesRead.files().contains(file.path());
        if (file.vagrantfile() && !part && !debugged.equals(Optional.of(file.path()))) {
            debugged = Optional.of(file.path());
            side.ifPresent(machines -> machines.opened(file.path()));
        }
    }

    private void judge() {
        context.actions().select(FileRules.selection(tabs.chosen()));
    }

    private boolean checked(OpenFile file) {
        return Optional.ofNullable(helps.get(file)).filter(EditorHelp::checks).isPresent();
    }

    private void showProblems() {
        sight.problems();
        judge();
    }

    /** Goes to a place, from 1 both, of a file, and opens that if need be. */
    public void jump(Path file, int line, int column) {
        located(file, path -> {
            OpenFile opened = open(path, Optional.empty(), line, column);
            tabs.choose(opened);
            opened.requestFocus();
        });
    }

    @Override
    public void loaded(OpenFile file) {
        EditorHelp help = helpMaker.apply(file.path(), file.language());
        helps.put(file, help);
        file.editor().help(help);
        places.take(file.path()).ifPresent(line -> file.editor().placeCaret(line));
        tabs.refresh(file);
        if (tabs.chosen().equals(Optional.of(file))) {
            chosen();
        }
    }

    @Override
    public void saved(OpenFile file) {
        reread(file);
        file.editor().look();
        changed(file);
    }

    @Override
    public void reread(OpenFile file) {
        filesRead.noted(file.path());
        touched(file.path());
    }

    @Override
    public void changed(OpenFile file) {
        if (tabs.chosen().equals(Optional.of(file))) {
            judge();
            head.names(tabs.chosen());
        }
    }

    @Override
    public PageName name() {
        return NAME;
    }

    @Override
    public Node node() {
        return this;
    }

    @Override
    public Actions actions() {
        return context.actions();
    }

    @Override
    public Node focus() {
        return tabs.chosen().<Node>map(file -> file).orElse(empty.first());
    }

    @Override
    public void focusFilter() {
        tabs.chosen().ifPresent(file -> file.ifShown(editor -> editor.find(false)));
    }

    @Override
    public boolean rowKeysWorkAt(Node node) {
        return false;
    }

    @Override
    public List<PaletteItem> places() {
        return recent.palette(context.home(), this::open);
    }

    @Override
    public Runnable prepare(Inventory inventory) {
        return side.map(machines -> machines.prepare(inventory)).orElse(() -> {});
    }

    @Override
    public boolean accepts(Reveal what) {
        return what instanceof Reveal.Vagrantfile;
    }

    @Override
    public void reveal(Reveal what) {
        if (what instanceof Reveal.Vagrantfile wanted) {
            Background.run(
                    "find-vagrantfile",
                    () -> Original.of(wanted),
                    found -> {
                        copies.opened(found.file(), wanted.copy());
                        OpenFile opened = open(found.file(), found.forReading(), wanted.line(), 1);
                        tabs.choose(opened);
                        opened.requestFocus();
                        wanted.sample()
                                .ifPresent(sample -> side.ifPresent(machines ->
                                        machines.openedFor(found.file(), sample.title(), sample.variables())));
                    },
                    failure -> context.tell().accept(Notice.of(Problem.of(failure))));
        }
    }

    @Override
    public PageMemory memory() {
        double[] beside = whole.getDividerPositions();
        return places.memory(tabs, left.getDividerPositions()[0], beside.length > 0 ? beside[0] : 0);
    }

    @Override
    public void restore(PageMemory memory) {
        places.remember(memory);
        tabs.choose(memory.first());
        left.setDividerPositions(memory.details() > 0 ? memory.details() : PROBLEMS_AT);
        if (memory.beside() > 0) {
            whole.setDividerPositions(memory.beside());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tabs.files().forEach(OpenFile::close);
            side.ifPresent(DebugSide::close);
            watch.close();
            filesRead.close();
            drafts.close();
        }
    }
}
