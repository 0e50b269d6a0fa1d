package org.incidentorchestrator.evidence.report;

import java.util.Map;
import java.util.Set;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** Code, with the added and the removed lines of a diff in colours; their signs say the same in print. */
final class DiffLines implements NodeRenderer {
    private final HtmlWriter html;

    DiffLines(HtmlNodeRendererContext context) {
        this.html = context.getWriter();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(FencedCodeBlock.class);
    }

    @Override
    public void render(Node node) {
        var block = (FencedCodeBlock) node;
        boolean diff = "diff".equals(block.getInfo());
        html.line();
        html.tag("pre");
        html.tag("code");
        block.getLiteral().lines().forEach(line -> line(line, diff ? kind(line) : ""));
        html.tag("/code");
        html.tag("/pre");
        html.line();
    }

    private void line(String line, String kind) {
        if (!kind.isEmpty()) {
            html.tag("span", Map.of("class", kind));
        }
        html.text(line + "\n");
        if (!kind.isEmpty()) {
            html.tag("/span");
        }
    }

    /** What names the object before and after is neither added nor removed. */
    private static String kind(String line) {
        if (line.startsWith("+++ ") || line.startsWith("--- ")) {
            return "";
        }
        return line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "";
    }
}
