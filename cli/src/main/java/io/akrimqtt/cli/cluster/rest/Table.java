package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** A list as kubectl prints it. Confined to its call. */
final class Table {

    private final List<Column> columns;
    private final Instant now;
    private final ObjectNode json;
    private final ArrayNode rows;

    private Table(List<Column> columns, Instant now) {
        this.columns = columns;
        this.now = now;
        this.json = JsonNodeFactory.instance.objectNode().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        this.json.putObject("metadata");
        this.json.putArray("columnDefinitions");
        this.rows = this.json.putArray("rows");
    }

    /**
     * An empty one.
     *
     * @param headed whether it says its columns; in a watch the first one does
     */
    static Table of(Served served, Instant now, boolean headed) {
        var table = new Table(Columns.of(served), now);
        if (headed) {
            table.columns.forEach(
                    column -> table.json.withArrayProperty("columnDefinitions").add(column.definition()));
        }
        return table;
    }

    void add(ObjectNode object) {
        var row = rows.addObject();
        var cells = row.putArray("cells");
        columns.forEach(column -> cells.add(column.cell().of(object, now)));
        var partial =
                row.putObject("object").put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
    }

    ObjectNode json(String resourceVersion) {
        json.withObjectProperty("metadata").put("resourceVersion", resourceVersion);
        return json;
    }
}
