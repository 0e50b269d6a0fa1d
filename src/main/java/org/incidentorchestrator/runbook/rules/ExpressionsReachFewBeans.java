package org.incidentorchestrator.runbook.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An expression names a variable or one of five beans, and nothing else. Read as text, so that none is overlooked. */
final class ExpressionsReachFewBeans implements ModelRule {
    private static final Pattern DOCUMENTATION =
            Pattern.compile("<bpmn:documentation>.*?</bpmn:documentation>", Pattern.DOTALL);
    private static final Pattern ELEMENT_OR_EXPRESSION =
            Pattern.compile("<bpmn:\\w+ id=\"(?<id>[^\"]+)\"|(?<expression>[$#]\\{[^}]*})");
    private static final Pattern LITERAL = Pattern.compile("'[^']*'");
    private static final Pattern ALLOWED = Pattern.compile(
            "\\b(steps|proposals|retries|ladder|approvals|incidents)\\.\\w+|\\blists\\.of\\(\\w+\\)|\\btimers\\.\\w+(\\([\\w, ]*\\))?"
                    + "|\\bexecution\\.processBusinessKey|\\bexecution\\.getVariable\\(''\\)");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        Matcher found = ELEMENT_OR_EXPRESSION.matcher(
                DOCUMENTATION.matcher(model.text()).replaceAll(""));
        List<Violation> violations = new ArrayList<>();
        String element = model.key();
        while (found.find()) {
            if (found.group("id") != null) {
                element = found.group("id");
            } else if (reachesOut(found.group("expression"))) {
                violations.add(new Violation(model.file(), element, id(), remedy(found.group("expression"))));
            }
        }
        return violations.stream();
    }

    private static String remedy(String expression) {
        return "'" + expression
                + "' reaches beyond steps, proposals, timers, retries, ladder, approvals, incidents, lists and variables";
    }

    private static boolean reachesOut(String expression) {
        String rest =
                ALLOWED.matcher(LITERAL.matcher(expression).replaceAll("''")).replaceAll("known");
        return rest.matches("(?s).*\\w\\s*[.(\\[].*");
    }
}
