package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.ObjectStore;
import java.io.IOException;
import java.time.InstantSource;

/** What can be done with objects. Thread-safe. */
final class ObjectCalls {

    private final ObjectStore store;
    private final InstantSource clock;
    private final Bodies bodies = new Bodies();
    private final Watches watches;

    ObjectCalls(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.watches = new Watches(store, clock);
    }

    void serve(Call call, Target target) throws IOException {
        boolean one = !target.name().isEmpty();
        switch (call.method()) {
            case "GET" -> {
                if (call.query().flag("watch")) {
                    watches.serve(call, target);
                } else if (one) {
                    answer(call, 200, target, get(target));
                } else {
                    list(call, target);
                }
            }
            case "POST" -> {
                require(!one, call, target);
                create(call, target);
            }
            case "PUT" -> {
                require(one && !target.status(), call, target);
                replace(call, target);
            }
            case "PATCH" -> {
                require(one, call, target);
                patch(call, target);
            }
            case "DELETE" -> {
                require(one && !target.status(), call, target);
                delete(call, target);
            }
            default -> require(false, call, target);
        }
    }

    private static void require(boolean allowed, Call call, Target target) {
        if (!allowed) {
            throw new ApiException(
                    405,
                    "MethodNotAllowed",
                    "the local API server does not serve " + call.method() + " here ("
                            + target.served().resource().plural() + ")");
        }
    }

    private ObjectNode get(Target target) {
        return store.get(target.served().resource(), target.namespace(), target.name());
    }

    private void list(Call call, Target target) throws IOException {
        var listing = store.list(target.served().resource(), target.namespace());
        var wanted = Selector.of(call.query());
        var items = listing.items().stream()
                .map(target.served()::toClient)
                .filter(wanted)
                .toList();
        if (call.wantsTable()) {
            var table = Table.of(target.served(), clock.instant(), true);
            items.forEach(table::add);
            call.answer().send(200, table.json(listing.resourceVersion()));
            return;
        }
        var list = JsonNodeFactory.instance
                .objectNode()
                .put("kind", target.served().resource().kind() + "List")
                .put("apiVersion", target.served().apiVersion());
        list.putObject("metadata").put("resourceVersion", listing.resourceVersion());
        list.putArray("items").addAll(items);
        call.answer().send(200, list);
    }

    private void answer(Call call, int code, Target target, ObjectNode object) throws IOException {
        var seen = target.served().toClient(object);
        if (!call.wantsTable()) {
            call.answer().send(code, seen);
            return;
        }
        var table = Table.of(target.served(), clock.instant(), true);
        table.add(seen);
        call.answer().send(code, table.json(seen.at("/metadata/resourceVersion").asText()));
    }

    private ObjectNode body(Call call, Target target, boolean asYaml) throws IOException {
        var body = bodies.read(call.exchange().getRequestBody(), asYaml);
        return target.served().toStore(body);
    }

    private void create(Call call, Target target) throws IOException {
        var object = body(call, target, isYaml(call));
        var made = store.create(target.served().resource(), target.namespace(), object, call.writer());
        answer(call, 201, target, made);
    }

    private static boolean isYaml(Call call) {
        return switch (call.contentType()) {
            case "", "application/json" -> false;
            case "application/yaml" -> true;
            default -> throw unsupported(call);
        };
    }

    private static ApiException unsupported(Call call) {
        var type = call.contentType();
        return new ApiException(
                415,
                "UnsupportedMediaType",
                "the local API server does not read '" + type.substring(0, Math.min(type.length(), 80))
                        + "' here (expected: JSON, a merge patch, or an apply patch)");
    }

    private void replace(Call call, Target target) throws IOException {
        var object = body(call, target, isYaml(call));
        if (target.served().hasStatus()) {
            var status = get(target).path("status");
            object.set("status", status.isMissingNode() ? object.objectNode() : status);
        }
        var after = store.replace(target.served().resource(), target.namespace(), target.name(), object, call.writer());
        answer(call, 200, target, after);
    }

    private void patch(Call call, Target target) throws IOException {
        answer(call, 200, target, patched(call, target));
    }

    private ObjectNode patched(Call call, Target target) throws IOException {
        var resource = target.served().resource();
        boolean apply = call.contentType().equals("application/apply-patch+yaml");
        if (!apply && !call.contentType().equals("application/merge-patch+json")) {
            throw unsupported(call);
        }
        require(!(apply && target.status()), call, target);
        var patch = body(call, target, apply);
        if (target.status()) {
            return store.mergePatchStatus(resource, target.namespace(), target.name(), patch, call.writer());
        }
        if (target.served().hasStatus()) {
            patch.remove("status");
        }
        return apply
                ? store.apply(
                        resource,
                        target.namespace(),
                        target.name(),
                        patch,
                        call.query().flag("force"),
                        call.applier())
                : store.mergePatch(resource, target.namespace(), target.name(), patch, call.writer());
    }

    private void delete(Call call, Target target) throws IOException {
        var options = DeleteOptions.of(bodies.read(call.exchange().getRequestBody(), false), call.query());
        var caller = call.writer();
        var last = store.delete(
                target.served().resource(),
                target.namespace(),
                target.name(),
                options.uid(),
                options.resourceVersion(),
                options.dryRun() ? DeleteOptions.dry(caller) : caller);
        if (last.at("/metadata").hasNonNull("deletionTimestamp")) {
            answer(call, 200, target, last);
        } else {
            call.answer()
                    .send(
                            200,
                            StatusObject.deleted(
                                    target, last.at("/metadata/uid").asText()));
        }
    }

    void close() {
        watches.close();
    }
}
