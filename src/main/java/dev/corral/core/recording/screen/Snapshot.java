package dev.corral.core.recording.screen;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A screen at one moment, packed small: some hundred bytes to some thousand.
 *
 * @param packed what it was
 */
public record Snapshot(byte[] packed) {

    /** Of this screen; empty text at the end of lines costs nothing. */
    public static Snapshot of(Screen screen) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 4096))) {
            out.writeShort(screen.columns);
            out.writeShort(screen.rows);
            out.writeShort(screen.x);
            out.writeShort(screen.y);
            out.writeShort(screen.top);
            out.writeShort(screen.bottom);
            out.writeLong(screen.style);
            boolean[] flags = {
                screen.alternate,
                screen.full,
                screen.wrap,
                screen.insert,
                screen.origin,
                screen.cursorShown,
                screen.drawing,
                screen.secondSet
            };
            for (boolean flag : flags) {
                out.writeBoolean(flag);
            }
            out.writeInt(screen.last);
            for (boolean tab : screen.tabs) {
                out.writeBoolean(tab);
            }
            write(out, screen.saved);
            write(out, screen.savedUsual);
            write(out, screen.lines);
            if (screen.alternate) {
                write(out, screen.usual);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return new Snapshot(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, Screen.Saved saved) throws IOException {
        out.writeShort(saved.x());
        out.writeShort(saved.y());
        out.writeLong(saved.style());
        out.writeBoolean(saved.origin());
        out.writeBoolean(saved.drawing());
    }

    private static void write(DataOutputStream out, Row[] rows) throws IOException {
        for (Row row : rows) {
            int used = row.used();
            out.writeShort(used);
            out.writeBoolean(row.wrapped);
            for (int i = 0; i < used; i++) {
                out.writeInt(row.cells[i]);
            }
            for (int i = 0; i < used; i++) {
                out.writeLong(row.styles[i]);
            }
        }
    }

    /** The screen as it was. */
    public Screen screen() {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
            Screen screen = new Screen(in.readShort(), in.readShort());
            screen.x = in.readShort();
            screen.y = in.readShort();
            screen.top = in.readShort();
            screen.bottom = in.readShort();
            screen.style = in.readLong();
            screen.alternate = in.readBoolean();
            screen.full = in.readBoolean();
            screen.wrap = in.readBoolean();
            screen.insert = in.readBoolean();
            screen.origin = in.readBoolean();
            screen.cursorShown = in.readBoolean();
            screen.drawing = in.readBoolean();
            screen.secondSet = in.readBoolean();
            screen.last = in.readInt();
            for (int i = 0; i < screen.columns; i++) {
                screen.tabs[i] = in.readBoolean();
            }
            screen.saved = saved(in);
            screen.savedUsual = saved(in);
            screen.lines = rows(in, screen);
            screen.usual = screen.alternate ? rows(in, screen) : screen.lines;
            return screen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Screen.Saved saved(DataInputStream in) throws IOException {
        return new Screen.Saved(in.readShort(), in.readShort(), in.readLong(), in.readBoolean(), in.readBoolean());
    }

    private static Row[] rows(DataInputStream in, Screen screen) throws IOException {
        Row[] rows = new Row[screen.rows];
        for (int y = 0; y < rows.length; y++) {
            rows[y] = new Row(screen.columns);
            int used = in.readShort();
            rows[y].wrapped = in.readBoolean();
            for (int i = 0; i < used; i++) {
                rows[y].cells[i] = in.readInt();
            }
            for (int i = 0; i < used; i++) {
                rows[y].styles[i] = in.readLong();
            }
        }
        return rows;
    }
}
