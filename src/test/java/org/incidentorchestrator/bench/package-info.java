/**
 * Measures the packaged program from outside, by hand and on a quiet machine: no part of the build's tests.
 *
 * <pre>
 * mvn -q package -DskipTests dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp "target/test-classes:target/classes:$(cat target/classpath)" org.incidentorchestrator.bench.LoadBenchmark \
 *      storm latency acks
 * </pre>
 */
package org.incidentorchestrator.bench;
