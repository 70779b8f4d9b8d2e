/* SPDX-License-Identifier: MIT */
#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>

cdp_document *parse_json(const char *text, size_t length)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON,
                                    .limits = {.size = sizeof(cdp_limits)}};
    cdp_document *document = NULL;

    assert_int_equal(cdp_limits_default(&options.limits), CDP_OK);
    if (cdp_document_parse(text, length, &options, NULL, NULL, &document) != CDP_OK)
        fail_msg("not JSON: %.*s", (int)length, text);
    return document;
}

static cdp_node member(const cdp_document *document, cdp_node mapping, const char *name)
{
    return cdp_node_find(document, mapping, cdp_string_of(name), NULL);
}

static bool is_true(const cdp_document *document, cdp_node node)
{
    return cdp_string_equal_c(cdp_node_text(document, node), "true");
}

static void read_vector(const cdp_document *facts, quirk *vector)
{
    cdp_node root = cdp_document_root(facts);
    cdp_node agent = member(facts, root, "ruby_agent");
    cdp_node old = member(facts, root, "ruby_agent_old_loader");
    cdp_string name = cdp_node_text(facts, member(facts, root, "file"));
    char path[512];

    assert_true(name.length < sizeof vector->name);
    memcpy(vector->name, name.data, name.length + 1);
    snprintf(path, sizeof path, "%s/quirks/%s", DATA, vector->name);
    vector->text = read_file(path, &vector->length);
    vector->facts = facts;
    vector->accepted = is_true(facts, member(facts, agent, "accepted"));
    vector->accepted_by_old_loader =
        old ? is_true(facts, member(facts, old, "accepted")) : vector->accepted;
    vector->normalized = member(facts, agent, "normalized");
}

size_t for_each_vector(void (*check)(const quirk *vector, void *context), void *context)
{
    size_t length;
    char *lines = read_file(DATA "/quirks.jsonl", &length);
    size_t count = 0;

    for (char *line = lines; line < lines + length;) {
        size_t end = strcspn(line, "\n");
        cdp_document *facts = parse_json(line, end);
        quirk vector;

        read_vector(facts, &vector);
        check(&vector, context);
        free(vector.text);
        cdp_document_free(facts);
        count++;
        line += end + 1;
    }
    free(lines);
    return count;
}
