package dev.corral.core.hypervisor.libvirt;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks once over the elements of an XML text. Document types are refused, so nothing but the entities that every XML has is resolved, and
 * nothing outside of the text is read.
 */
final class XmlTags {
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;
    private final List<String> open = new ArrayList<>();
    private String name = "";
    private boolean start;
    private boolean ahead;

    /** @throws IOException if the text does not begin as XML does */
    XmlTags(String text) throws IOException {
        try {
            xml = FACTORY.createXMLStreamReader(new StringReader(text));
        } catch (XMLStreamException e) {
            throw noXml(e);
        }
    }

    private static XMLInputFactory factory() {
        // The one of the JDK, whatever else is on the class path.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("the XML refers to something outside of it: " + systemId);
        });
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /**
     * Moves to the next start or end of an element; an empty element has both.
     *
     * @return false at the end of the text
     * @throws IOException if the text is no well-formed XML or ends too early
     */
    boolean next() throws IOException {
        try {
            while (ahead || xml.hasNext()) {
                int event = ahead ? xml.getEventType() : xml.next();
                ahead = false;
                switch (event) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        start = true;
                        name = xml.getLocalName();
                        open.add(name);
                        return true;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        start = false;
                        name = open.removeLast();
                        return true;
                    }
                    case XMLStreamConstants.DTD -> throw new IOException("the XML has a declaration of its own");
                    default -> {
                        // Text is asked for where it is wanted; comments and instructions are nobody's.
                    }
                }
            }
            return false;
        } catch (XMLStreamException | NoSuchElementException e) {
            throw noXml(e);
        }
    }

    /**
     * Goes to the end of the started element without a look at what is in it.
     *
     * @throws IOException if it does not end
     */
    void skip() throws IOException {
        int outside = open.size() - 1;
        while (open.size() > outside && next()) {
            continue;
        }
    }

    /** Whether this is the start of an element. */
    boolean start() {
        return start;
    }

    /** The name of the element that starts or ends here. */
    String name() {
        return name;
    }

    /** How many elements are open, the started one included, an ended one not. */
    int depth() {
        return open.size();
    }

    /** The name of the open element at a depth, counted from 1; empty when nothing is open so deep. */
    String open(int depth) {
        return depth <= open.size() ? open.get(depth - 1) : "";
    }

    /** Whether an element of this name is open. */
    boolean inside(String element) {
        return open.contains(element);
    }

    /** An attribute of the started element, empty when it has none of this name. Not after {@link #text}. */
    String attribute(String wanted) {
        return Objects.requireNonNullElse(xml.getAttributeValue(null, wanted), "");
    }

    /**
     * The text between the started element's tag and the next tag.
     *
     * @throws IOException if the text is no well-formed XML or ends too early
     */
    String text() throws IOException {
        try {
            StringBuilder text = new StringBuilder();
            int event = xml.next();
            while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
                if (event == XMLStreamConstants.CHARACTERS) {
                    text.append(xml.getText());
                }
                event = xml.next();
            }
            ahead = true;
            return text.toString();
        } catch (XMLStreamException | NoSuchElementException e) {
            throw noXml(e);
        }
    }

    private static IOException noXml(Exception why) {
        return new IOException("the XML can't be read: " + why.getMessage(), why);
    }
}
