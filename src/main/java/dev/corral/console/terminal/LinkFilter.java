package dev.corral.console.terminal;

import com.techsenger.jeditermfx.core.model.hyperlinks.HyperlinkFilter;
import com.techsenger.jeditermfx.core.model.hyperlinks.LinkInfo;
import com.techsenger.jeditermfx.core.model.hyperlinks.LinkResult;
import com.techsenger.jeditermfx.core.model.hyperlinks.LinkResultItem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds web addresses in what the far side prints. Only a click follows one. */
final class LinkFilter implements HyperlinkFilter {
    private static final Pattern ADDRESS = Pattern.compile("https?://[\\w.~:/?#\\[\\]@!$&'()*+,;=%-]*[\\w/#=&~%-]");

    private final Consumer<String> open;

    LinkFilter(Consumer<String> open) {
        this.open = open;
    }

    @Override
    public @Nullable LinkResult apply(String line) {
        if (!line.contains("://")) {
            return null;
        }
        List<LinkResultItem> links = new ArrayList<>();
        Matcher matcher = ADDRESS.matcher(line);
        while (matcher.find()) {
            String address = matcher.group();
            links.add(new LinkResultItem(matcher.start(), matcher.end(), new LinkInfo(() -> open.accept(address))));
        }
        return links.isEmpty() ? null : new LinkResult(links);
    }
}
