package org.incidentorchestrator.runbook;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.ValueExpression;

/**
 * Expressions are evaluated for a model. One that belongs to none stands in somebody's query, and a query is data: of those
 * only {@link #WHO_ASKS} are evaluated. Camunda 7.24 refuses others in queries too, but does not look into their
 * {@code orQueries}.
 */
public final class ModelExpressions extends JuelExpressionManager {
    /** Who asks, and their groups: all that a query, stored as a filter or not, may leave to be found out. */
    public static final Set<String> WHO_ASKS = Set.of("${currentUser()}", "${currentUserGroups()}");

    /** @param beans all that expressions reach, by name */
    ModelExpressions(Map<Object, Object> beans) {
        super(beans);
    }

    @Override
    public Expression createExpression(String text) {
        return new OfModel(createValueExpression(text), this, text);
    }

    private static final class OfModel extends JuelExpression {
        private OfModel(ValueExpression parsed, ModelExpressions manager, String text) {
            super(parsed, manager, text);
        }

        @Override
        public Object getValue(VariableScope scope, BaseDelegateExecution execution) {
            if (scope == null && !WHO_ASKS.contains(getExpressionText())) {
                throw new BadUserRequestException(
                        "Refused: '%s' in a query. An expression in a query is code that runs inside of this program; name values, or use one of %s"
                                .formatted(getExpressionText(), WHO_ASKS));
            }
            return super.getValue(scope, execution);
        }
    }
}
