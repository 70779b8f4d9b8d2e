/* SPDX-License-Identifier: MIT */
/* From a JSON Pointer to the place in the text. */
#include "appspec/model.h"
#include "base/strings.h"

/* The next step of a pointer, its escapes still in it; false at the end. */
static bool next_step(cdp_string pointer, size_t *at, cdp_string *step)
{
    size_t end;

    if (*at >= pointer.length || pointer.data[*at] != '/')
        return false;
    end = cdp_string_find(pointer, '/', *at + 1);
    *step = cdp_string_slice(pointer.data + *at + 1, end - *at - 1);
    *at = end;
    return true;
}

/* Compares a step, unescaped on the way, with a key. */
static bool step_is(cdp_string step, cdp_string key, bool any_case)
{
    size_t at = 0;

    for (size_t i = 0; i < step.length; i++, at++) {
        char c = step.data[i];

        if (c == '~' && i + 1 < step.length)
            c = step.data[++i] == '0' ? '~' : '/';
        if (at >= key.length ||
            (any_case ? cdp_lower(c) != cdp_lower(key.data[at]) : c != key.data[at]))
            return false;
    }
    return at == key.length;
}

static bool read_index(cdp_string step, size_t *index)
{
    *index = 0;
    for (size_t i = 0; i < step.length; i++) {
        if (!cdp_is_digit(step.data[i]) || *index > SIZE_MAX / 10 - 9)
            return false;
        *index = *index * 10 + (size_t)(step.data[i] - '0');
    }
    return step.length > 0;
}

static cdp_node find_child(const cdp_document *document, cdp_node parent, cdp_string step,
                           bool any_case)
{
    size_t index;

    if (cdp_node_get_kind(document, parent) == CDP_NODE_MAPPING) {
        for (cdp_node key = cdp_node_first_child(document, parent); key;
             key = cdp_node_next_sibling(document, key))
            if (cdp_node_is_effective(document, key) &&
                step_is(step, cdp_node_text(document, key), any_case))
                return cdp_node_value(document, key);
        return 0;
    }
    if (!read_index(step, &index))
        return 0;
    for (cdp_node item = cdp_node_first_child(document, parent); item;
         item = cdp_node_next_sibling(document, item))
        if (index-- == 0)
            return item;
    return 0;
}

/* Properties that may be unset, and have the place of what is around them then. */
static bool is_property(cdp_string step)
{
    static const char *const names[] = {
        "version", "os",      "files", "permissions", "hooks",   "file_exists_behavior",
        "pattern", "except",  "type",  "owner",       "group",   "mode",
        "acls",    "context", "runas", "sudo",        "timeout", "name",
        "range",
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cdp_string_equal_c(step, names[i]))
            return true;
    return false;
}

cdp_status cdp_appspec_find_place(const cdp_appspec *appspec, cdp_string pointer,
                                  cdp_appspec_place *place)
{
    cdp_node node;
    cdp_string step;
    size_t at = 0;
    cdp_place found;

    if (!appspec || !place || (!pointer.data && pointer.length > 0))
        return CDP_ERR_ARGUMENT;
    if (!appspec->document)
        return CDP_ERR_NOT_FOUND;
    node = cdp_document_root(appspec->document);
    while (next_step(pointer, &at, &step)) {
        cdp_node child =
            find_child(appspec->document, node, step, appspec->platform != CDP_PLATFORM_SERVER);

        if (!child && !is_property(step))
            return CDP_ERR_NOT_FOUND;
        if (!child)
            break;
        node = child;
    }
    found = cdp_node_place(appspec->document, node);
    *place = (cdp_appspec_place){found.offset, found.end_offset, found.line,
                                 found.column, found.end_line,   found.end_column};
    return CDP_OK;
}
