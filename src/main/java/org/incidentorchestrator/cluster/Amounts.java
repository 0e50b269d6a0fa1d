package org.incidentorchestrator.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Amounts of resources by name: {@code cpu} in cores, {@code memory} in bytes, {@code pods}, and whatever else nodes and
 * quotas count. A name that is absent was not said, which a request counts as nothing and a limit as no limit.
 */
public record Amounts(Map<String, Quantity> byName) {
    public static final String CPU = "cpu";
    public static final String MEMORY = "memory";
    public static final Amounts NONE = new Amounts(Map.of());
    private static final BigDecimal MIB = BigDecimal.valueOf(1024L * 1024);

    public Amounts {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /** Of a map such as {@code /resources/requests}; what is no quantity is left out. */
    public static Amounts of(KubernetesObject object, String pointer) {
        Map<String, Quantity> amounts = new TreeMap<>();
        object.map(pointer)
                .forEach((name, text) -> Quantity.parse(text).ifPresent(amount -> amounts.put(name, amount)));
        return new Amounts(amounts);
    }

    public Optional<Quantity> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** 0 for what was not said. */
    public BigDecimal amount(String name) {
        return get(name).map(Quantity::amount).orElse(BigDecimal.ZERO);
    }

    public Amounts plus(Amounts other) {
        return each(other, BigDecimal::add);
    }

    public Amounts minus(Amounts other) {
        return each(other, BigDecimal::subtract);
    }

    /** The larger of the two for each name. */
    public Amounts max(Amounts other) {
        return each(other, BigDecimal::max);
    }

    /** With these in the place of its own. */
    public Amounts with(Amounts others) {
        Map<String, Quantity> all = new TreeMap<>(byName);
        all.putAll(others.byName);
        return new Amounts(all);
    }

    private Amounts each(Amounts other, BinaryOperator<BigDecimal> combine) {
        Map<String, Quantity> all = new TreeMap<>();
        with(other)
                .byName
                .keySet()
                .forEach(name -> all.put(name, new Quantity(combine.apply(amount(name), other.amount(name)))));
        return new Amounts(all);
    }

    /** How much of it that is, in whole percent; empty where there is nothing to be a part of. */
    public OptionalInt percentOf(Amounts whole, String name) {
        return percent(amount(name), whole.amount(name));
    }

    static OptionalInt percent(BigDecimal part, BigDecimal whole) {
        return whole.signum() <= 0
                ? OptionalInt.empty()
                : OptionalInt.of(part.movePointRight(2)
                        .divide(whole, 0, RoundingMode.HALF_UP)
                        .intValue());
    }

    /** As people write it: {@code 250m} cores, {@code 128Mi}; other names as a plain number. */
    public static String text(String name, BigDecimal amount) {
        if (name.endsWith(CPU)) {
            return amount.movePointRight(3).setScale(0, RoundingMode.HALF_UP) + "m";
        }
        boolean bytes = name.endsWith(MEMORY) || name.endsWith("storage");
        return bytes
                ? amount.divide(MIB, 0, RoundingMode.HALF_UP) + "Mi"
                : amount.stripTrailingZeros().toPlainString();
    }

    /** {@code 250m}, or {@code <none>} for what was not said. */
    public String text(String name) {
        return get(name).map(amount -> text(name, amount.amount())).orElse("<none>");
    }
}
