package org.incidentorchestrator.cluster;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quantity as Kubernetes writes it: a number with a decimal ({@code n u m k M G T P E}) or binary ({@code Ki … Ei})
 * suffix, or with an exponent. CPU in cores, memory in bytes.
 */
public record Quantity(BigDecimal amount) {
    private static final Pattern FORM = Pattern.compile(
            "([+-]?[0-9]{1,30}(?:\\.[0-9]{1,30})?|[+-]?\\.[0-9]{1,30})(?:([eE])([+-]?[0-9]{1,2})|([a-zA-Z]{0,2}))");
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("", BigDecimal.ONE),
            Map.entry("n", ten(-9)),
            Map.entry("u", ten(-6)),
            Map.entry("m", ten(-3)),
            Map.entry("k", ten(3)),
            Map.entry("M", ten(6)),
            Map.entry("G", ten(9)),
            Map.entry("T", ten(12)),
            Map.entry("P", ten(15)),
            Map.entry("E", ten(18)),
            Map.entry("Ki", two(10)),
            Map.entry("Mi", two(20)),
            Map.entry("Gi", two(30)),
            Map.entry("Ti", two(40)),
            Map.entry("Pi", two(50)),
            Map.entry("Ei", two(60)));

    /** Empty for what is no quantity: unknown, never zero. */
    public static Optional<Quantity> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        BigDecimal factor = form.group(2) != null ? ten(Integer.parseInt(form.group(3))) : SUFFIXES.get(form.group(4));
        return Optional.ofNullable(factor).map(unit -> new Quantity(new BigDecimal(form.group(1)).multiply(unit)));
    }

    public Quantity plus(Quantity other) {
        return new Quantity(amount.add(other.amount));
    }

    private static BigDecimal ten(int exponent) {
        return BigDecimal.ONE.scaleByPowerOfTen(exponent);
    }

    private static BigDecimal two(int exponent) {
        return new BigDecimal(BigInteger.TWO.pow(exponent));
    }
}
