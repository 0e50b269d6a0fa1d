package org.incidentorchestrator.evidence;

import java.util.List;

/**
 * Rows are about to be removed by age, in the transaction that this is told in: whoever knows how many there were has to
 * know, before they are gone, that fewer are no damage.
 *
 * @param tables by name, as the schema writes them
 * @param most how many of each at most; 0 once a round is over
 */
public record RowsToGo(List<String> tables, int most) {
    static final RowsToGo OVER = new RowsToGo(List.of(), 0);

    public boolean over() {
        return most == 0;
    }
}
