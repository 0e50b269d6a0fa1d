package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ServiceView;
import org.incidentorchestrator.sandbox.PodPrograms.End;

/** What BusyBox's wget and ping, and curl, come to inside of a pod. */
final class PodRequests {
    private final World world;
    private final ObjectNode from;
    private final PodNetwork network;

    private PodRequests(World world, ObjectNode from) {
        this.world = world;
        this.from = from;
        this.network = new PodNetwork(world);
    }

    static End run(World world, ObjectNode from, String program, List<String> arguments) {
        String last = arguments.isEmpty() ? "" : arguments.get(arguments.size() - 1);
        PodRequests requests = new PodRequests(world, from);
        return program.equals("ping")
                ? requests.ping(last)
                : requests.http(program.equals("curl") ? new Curl() : new Wget(), last);
    }

    private interface Client {
        End answered(HttpAnswer.Answered answer);

        End unresolved(String host);

        End refused(String host, int port);

        End silent();
    }

    private End http(Client client, String url) {
        URI address = URI.create(url);
        Optional<ObjectNode> service = world.find(new Key("Service", Pods.namespace(from), address.getHost()));
        if (service.isEmpty() || !network.letsResolve(from)) {
            return client.unresolved(address.getHost());
        }
        Optional<ServiceView.Port> port = new ServiceView(KubernetesObject.of(service.get()))
                .ports().stream()
                        .filter(each -> each.number() == address.getPort())
                        .findFirst();
        List<ObjectNode> ready = ProxiedHttp.readyPods(world, service.get());
        if (ready.isEmpty() || port.isEmpty()) {
            return client.refused(address.getHost(), address.getPort());
        }
        int number = ServiceView.targetPort(port.get(), KubernetesObject.of(ready.get(0)))
                .orElse(0);
        if (!network.lets(from, ready.get(0), number)) {
            return client.silent();
        }
        HttpQuery query = HttpQuery.ofPod(
                Pods.namespace(from), Pods.name(ready.get(0)), address.getScheme(), number, address.getPath());
        return PodHttp.answer(world, ready.get(0), query) instanceof HttpAnswer.Answered answered
                ? client.answered(answered)
                : client.refused(address.getHost(), address.getPort());
    }

    /** A service's address answers no ICMP; a pod's does, where policies let anything through to it. */
    private End ping(String ip) {
        boolean answers = world.all("Pod", Pods.namespace(from)).stream()
                .anyMatch(pod -> pod.at("/status/podIP").asText().equals(ip) && network.lets(from, pod, 8080));
        return answers
                ? End.of("3 packets transmitted, 3 packets received, 0% packet loss\n"
                        + "round-trip min/avg/max = 0.081/0.104/0.142 ms\n")
                : new End(1, "3 packets transmitted, 0 packets received, 100% packet loss\n", "");
    }

    private static final class Wget implements Client {
        @Override
        public End answered(HttpAnswer.Answered answer) {
            return answer.status() == 200
                    ? new End(0, answer.body(), "writing to stdout\n")
                    : End.failed(1, "wget: server returned error: HTTP/1.1 " + answer.status() + " Error\n");
        }

        @Override
        public End unresolved(String host) {
            return End.failed(1, "wget: bad address '" + host + "'\n");
        }

        @Override
        public End refused(String host, int port) {
            return End.failed(1, "wget: can't connect to remote host (" + host + "): Connection refused\n");
        }

        @Override
        public End silent() {
            return End.failed(1, "wget: download timed out\n");
        }
    }

    /** With {@code -w '\n%{http_code} %{time_connect} %{time_total}\n'}. */
    private static final class Curl implements Client {
        @Override
        public End answered(HttpAnswer.Answered answer) {
            double seconds = answer.took().toMillis() / 1000.0;
            return End.of("%s\n%d 0.000812 %.6f\n".formatted(answer.body(), answer.status(), seconds));
        }

        @Override
        public End unresolved(String host) {
            return failed(6, "Could not resolve host: " + host);
        }

        @Override
        public End refused(String host, int port) {
            return failed(7, "Failed to connect to " + host + " port " + port + ": Connection refused");
        }

        @Override
        public End silent() {
            return failed(28, "Connection timed out after 3000 milliseconds");
        }

        private static End failed(int code, String why) {
            return new End(code, "\n000 0.000000 0.000000\n", "curl: (" + code + ") " + why + "\n");
        }
    }
}
