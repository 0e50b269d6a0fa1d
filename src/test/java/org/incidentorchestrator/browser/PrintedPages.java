package org.incidentorchestrator.browser;

import com.microsoft.playwright.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.InflaterOutputStream;

/** What a page of the browser is when it is printed: the text of each sheet, read from the PDF as Chromium writes it. */
final class PrintedPages {
    private static final Pattern OBJECT = Pattern.compile("(\\d+) 0 obj\\R(.*?)endobj", Pattern.DOTALL);
    private static final Pattern STREAM = Pattern.compile("stream\\n(.*)\\nendstream", Pattern.DOTALL);
    private static final Pattern FONT = Pattern.compile("/(F\\d+) (\\d+) 0 R");
    private static final Pattern SHOWN = Pattern.compile("/(F\\d+) [\\d.]+ Tf|<([0-9A-F]+)>");
    private static final Pattern GLYPHS =
            Pattern.compile("<([0-9A-F]{4})> (?:<([0-9A-F]{4})> )?<([0-9A-F]{4,})>(?=\\n)");

    private final Map<String, String> objects;

    private PrintedPages(byte[] pdf) {
        objects = OBJECT.matcher(new String(pdf, StandardCharsets.ISO_8859_1))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    /** Prints as a person does who chooses nothing, and keeps it as {@code target/screenshots/NAME.pdf}. */
    static List<String> of(Page page, String name) {
        byte[] pdf = page.pdf(
                new Page.PdfOptions().setPreferCSSPageSize(true).setPath(Path.of("target/screenshots", name + ".pdf")));
        var printed = new PrintedPages(pdf);
        return printed.objects.values().stream()
                .filter(object -> object.contains("/Kids ["))
                .map(object -> object.replaceAll("(?s).*/Kids \\[(.*?)].*", "$1"))
                .flatMap(kids -> Pattern.compile("(\\d+) 0 R").matcher(kids).results())
                .map(kid -> printed.objects.get(kid.group(1)))
                .filter(object -> object.contains("/Type /Page\n"))
                .map(printed::text)
                .toList();
    }

    private String text(String sheet) {
        Map<String, Map<String, String>> fonts = FONT.matcher(sheet)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> letters(found.group(2))));
        var text = new StringBuilder();
        Map<String, String> font = Map.of();
        Matcher shown = SHOWN.matcher(stream(referred(sheet, "Contents")));
        while (shown.find()) {
            if (shown.group(1) != null) {
                font = fonts.getOrDefault(shown.group(1), Map.of());
            } else {
                for (String glyph : shown.group(2).split("(?<=\\G.{4})")) {
                    text.append(font.getOrDefault(glyph, ""));
                }
            }
        }
        return text.toString();
    }

    /** By the number of the glyph. */
    private Map<String, String> letters(String font) {
        Map<String, String> letters = new HashMap<>();
        if (objects.get(font).contains("/ToUnicode")) {
            GLYPHS.matcher(stream(referred(objects.get(font), "ToUnicode")))
                    .results()
                    .forEach(found -> take(found, letters));
        }
        return letters;
    }

    private static void take(MatchResult found, Map<String, String> letters) {
        if (found.group(2) == null) {
            letters.put(found.group(1), decoded(found.group(3)));
            return;
        }
        int first = HexFormat.fromHexDigits(found.group(1));
        int letter = HexFormat.fromHexDigits(found.group(3));
        for (int glyph = first; glyph <= HexFormat.fromHexDigits(found.group(2)); glyph++) {
            letters.put("%04X".formatted(glyph), Character.toString(letter + glyph - first));
        }
    }

    private static String decoded(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_16BE);
    }

    private static String referred(String object, String what) {
        return object.replaceAll("(?s).*/" + what + " (\\d+) 0 R.*", "$1");
    }

    private String stream(String object) {
        Matcher stream = STREAM.matcher(objects.get(object));
        if (!stream.find()) {
            throw new AssertionError("object " + object + " of the PDF has no stream");
        }
        var inflated = new ByteArrayOutputStream();
        try (var inflater = new InflaterOutputStream(inflated)) {
            inflater.write(stream.group(1).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException("object " + object + " of the PDF cannot be read", e);
        }
        return inflated.toString(StandardCharsets.ISO_8859_1);
    }
}
