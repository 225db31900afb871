package dev.corral.console.terminal;

import com.techsenger.jeditermfx.core.TerminalColor;
import com.techsenger.jeditermfx.core.TerminalExecutorServiceManager;
import com.techsenger.jeditermfx.core.TerminalStarter;
import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.TtyConnector;
import com.techsenger.jeditermfx.core.model.JediTerminal;
import com.techsenger.jeditermfx.core.model.StyleState;
import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;
import com.techsenger.jeditermfx.ui.JediTermFxWidget;
import com.techsenger.jeditermfx.ui.TerminalAction;
import com.techsenger.jeditermfx.ui.TerminalPanel;
import com.techsenger.jeditermfx.ui.settings.SettingsProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The emulator's widget, put together from our parts. */
final class ScreenWidget extends JediTermFxWidget {
    private @Nullable TerminalStarter starter;

    ScreenWidget(int columns, int rows, TerminalSettings settings) {
        super(columns, rows, settings);
    }

    ScreenPanel panel() {
        return (ScreenPanel) getTerminalPanel();
    }

    JediTerminal terminal() {
        return myTerminal;
    }

    /** The emulation of the last connector that was set; null before the first. */
    @Nullable
    TerminalStarter starter() {
        return starter;
    }

    @Override
    protected TerminalStarter createTerminalStarter(JediTerminal terminal, TtyConnector connector) {
        starter = super.createTerminalStarter(terminal, connector);
        return starter;
    }

    @Override
    protected TerminalPanel createTerminalPanel(
            SettingsProvider settings, StyleState style, TerminalTextBuffer buffer) {
        return new ScreenPanel((TerminalSettings) settings, buffer, style);
    }

    @Override
    protected StyleState createDefaultStyle() {
        return new ThemedStyle(mySettingsProvider);
    }

    @Override
    protected TerminalExecutorServiceManager createExecutorServiceManager() {
        return new TerminalThreads();
    }

    @Override
    public List<TerminalAction> getActions() {
        return List.of();
    }

    /** Leaves text without colours of its own plain, so that it follows a change of theme. */
    private static final class ThemedStyle extends StyleState {
        private final SettingsProvider settings;

        ThemedStyle(SettingsProvider settings) {
            this.settings = settings;
        }

        @Override
        public void reset() {
            setCurrent(TextStyle.EMPTY);
        }

        @Override
        public TerminalColor getDefaultBackground() {
            return settings.getDefaultBackground();
        }

        @Override
        public TerminalColor getDefaultForeground() {
            return settings.getDefaultForeground();
        }
    }
}
