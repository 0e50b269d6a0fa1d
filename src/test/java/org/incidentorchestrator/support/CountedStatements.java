package org.incidentorchestrator.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Notes the SQL statements that a thread has prepared, whoever asks for them: the program itself or the engine. */
public final class CountedStatements implements BeanPostProcessor {
    private final ThreadLocal<List<String>> prepared = new ThreadLocal<>();

    /** What a test does. */
    public interface Work {
        void run() throws Exception;
    }

    /** The statements of this thread while it did this, in order. */
    public List<String> of(Work work) throws Exception {
        List<String> noted = new ArrayList<>();
        prepared.set(noted);
        try {
            work.run();
            return noted;
        } finally {
            prepared.remove();
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource database ? new Counting(database) : bean;
    }

    private final class Counting extends DelegatingDataSource {
        Counting(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> invoke(connection, method, arguments));
        }
    }

    private Object invoke(Connection connection, Method method, Object[] arguments) throws Throwable {
        List<String> noted = prepared.get();
        if (noted != null && method.getName().endsWith("Statement")) {
            noted.add(arguments == null ? "a statement" : String.valueOf(arguments[0]));
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
