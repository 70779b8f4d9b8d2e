/* SPDX-License-Identifier: MIT */
/* A walk through a Server AppSpec, as the agent 2.x would take it: types drive its reading. */
#include "appspec/compare.h"
#include "appspec/server.h"

#define AGENT_1 CDP_APPSPEC_READER_AGENT_1
#define AGENT_2 CDP_APPSPEC_READER_AGENT_2
#define GUIDE CDP_APPSPEC_READER_DOCUMENTATION

static cdp_node find(const appspec_compare *compare, cdp_node mapping, const char *key)
{
    if (cdp_node_get_kind(compare->work->document, mapping) != CDP_NODE_MAPPING)
        return 0;
    return cdp_node_find(compare->work->document, mapping, cdp_string_of(key), NULL);
}

static cdp_node_kind kind_of(const appspec_compare *compare, cdp_node node)
{
    return cdp_node_get_kind(compare->work->document, node);
}

static cdp_node first(const appspec_compare *compare, cdp_node node)
{
    return cdp_node_first_child(compare->work->document, node);
}

static cdp_node next(const appspec_compare *compare, cdp_node node)
{
    return cdp_node_next_sibling(compare->work->document, node);
}

/* Nothing behind the colon: an empty list or mapping to everybody. */
static bool is_blank(const appspec_compare *compare, cdp_node node)
{
    return kind_of(compare, node) == CDP_NODE_SCALAR &&
           cdp_node_text(compare->work->document, node).length == 0 &&
           cdp_node_style(compare->work->document, node) == CDP_STYLE_PLAIN;
}

static void refuse_all(appspec_compare *compare, cdp_node node, const char *what, const char *why)
{
    cdp_compare_begin(compare);
    for (int i = 0; i < APPSPEC_READERS; i++)
        cdp_compare_refuse(compare, (cdp_appspec_reader)i, why);
    cdp_compare_settle(compare, node, what);
}

/* A section of the wrong shape: empty to the agent 1.x at best, refused by the others. */
static void settle_shape(appspec_compare *compare, cdp_node node, const char *what,
                         const char *empty)
{
    cdp_compare_begin(compare);
    if (cdp_appspec_is_nothing(compare->work, node) ||
        (kind_of(compare, node) != CDP_NODE_SCALAR && !first(compare, node)))
        cdp_compare_say(compare, AGENT_1, cdp_string_of(empty));
    else
        cdp_compare_refuse(compare, AGENT_1, "the wrong shape");
    cdp_compare_refuse(compare, AGENT_2, "the wrong shape");
    cdp_compare_refuse(compare, GUIDE, "the wrong shape");
    cdp_compare_settle(compare, node, what);
}

/* The first item of a list that everybody takes for one, or 0. */
static cdp_node open_list(appspec_compare *compare, cdp_node node, const char *what,
                          const char *empty)
{
    if (node == 0 || is_blank(compare, node))
        return 0;
    if (kind_of(compare, node) == CDP_NODE_SEQUENCE)
        return first(compare, node);
    settle_shape(compare, node, what, empty);
    return 0;
}

static void compare_file(appspec_compare *compare, cdp_node node)
{
    if (kind_of(compare, node) == CDP_NODE_MAPPING) {
        cdp_compare_path(compare, find(compare, node, "source"), "source");
        cdp_compare_path(compare, find(compare, node, "destination"), "destination");
        if (cdp_appspec_is_null(compare->work, find(compare, node, "source")) ||
            cdp_appspec_is_null(compare->work, find(compare, node, "destination")))
            refuse_all(compare, node, "files", "no source or no destination");
        return;
    }
    cdp_compare_begin(compare);
    if (cdp_appspec_is_accidental_entry(compare->work, node))
        cdp_compare_say(compare, AGENT_1, CDP_STR("`source` is copied to `destination`"));
    else
        cdp_compare_refuse(compare, AGENT_1, "no mapping");
    cdp_compare_refuse(compare, AGENT_2, "no mapping");
    cdp_compare_refuse(compare, GUIDE, "no mapping");
    cdp_compare_settle(compare, node, "files");
}

static void compare_script(appspec_compare *compare, cdp_node node)
{
    if (kind_of(compare, node) != CDP_NODE_MAPPING) {
        refuse_all(compare, node, "the script", "no mapping");
        return;
    }
    if (cdp_appspec_is_null(compare->work, find(compare, node, "location")))
        refuse_all(compare, node, "the script", "no location");
    cdp_compare_text(compare, find(compare, node, "location"), "location");
    cdp_compare_runas(compare, find(compare, node, "runas"));
    cdp_compare_sudo(compare, find(compare, node, "sudo"));
    cdp_compare_timeout(compare, find(compare, node, "timeout"));
}

static bool is_null_word(const appspec_compare *compare, cdp_node node)
{
    return cdp_appspec_is_null(compare->work, node);
}

static void compare_hooks(appspec_compare *compare, cdp_node hooks)
{
    if (hooks == 0 || is_blank(compare, hooks))
        return;
    if (kind_of(compare, hooks) != CDP_NODE_MAPPING) {
        settle_shape(compare, hooks, "hooks", "no hooks");
        return;
    }
    for (cdp_node key = first(compare, hooks); key; key = next(compare, key)) {
        cdp_node list = cdp_node_value(compare->work->document, key);

        if (!cdp_node_is_effective(compare->work->document, key) || is_null_word(compare, list))
            continue;
        for (cdp_node script = open_list(compare, list, "the event", "no scripts"); script;
             script = next(compare, script))
            compare_script(compare, script);
    }
}

static void compare_exception(appspec_compare *compare, cdp_node node)
{
    cdp_compare_glob(compare, node, "except");
}

static void compare_items(appspec_compare *compare, cdp_node list, const char *what,
                          void (*item)(appspec_compare *compare, cdp_node node))
{
    if (is_null_word(compare, list))
        return;
    /* To the agent 1.x exceptions may be a mapping: each pair is one. */
    if (kind_of(compare, list) == CDP_NODE_MAPPING && item == compare_exception) {
        cdp_compare_begin(compare);
        cdp_compare_say(compare, AGENT_1, CDP_STR("its pairs: fails when it installs"));
        cdp_compare_refuse(compare, AGENT_2, "no list");
        cdp_compare_refuse(compare, GUIDE, "no list");
        cdp_compare_settle(compare, list, what);
        return;
    }
    for (cdp_node node = open_list(compare, list, what, "as if unset"); node;
         node = next(compare, node))
        item(compare, node);
}

static void compare_type(appspec_compare *compare, cdp_node node)
{
    cdp_string text = cdp_node_text(compare->work->document, node);

    if (!cdp_string_equal_c(text, "file") && !cdp_string_equal_c(text, "directory"))
        refuse_all(compare, node, "type", "neither file nor directory");
}

/* A text that holds the word `type` is a context to the agent 1.x. */
static void compare_context_text(appspec_compare *compare, cdp_node node)
{
    cdp_string text = cdp_node_text(compare->work->document, node);
    bool found = false;

    for (size_t at = 0; text.data && at + 4 <= text.length; at++)
        found = found || memcmp(text.data + at, "type", 4) == 0;
    cdp_compare_begin(compare);
    if (found)
        cdp_compare_say(compare, AGENT_1, CDP_STR("the SELinux type `type`"));
    else
        cdp_compare_refuse(compare, AGENT_1, "no mapping");
    cdp_compare_refuse(compare, AGENT_2, "no mapping");
    cdp_compare_refuse(compare, GUIDE, "no mapping");
    cdp_compare_settle(compare, node, "context");
}

static void compare_context(appspec_compare *compare, cdp_node node)
{
    cdp_node range = find(compare, node, "range");
    cdp_node user = find(compare, node, "user");

    if (is_null_word(compare, node))
        return;
    if (kind_of(compare, node) != CDP_NODE_MAPPING) {
        compare_context_text(compare, node);
        return;
    }
    if (is_null_word(compare, find(compare, node, "type")))
        refuse_all(compare, node, "context", "no type");
    if (user) {
        cdp_compare_begin(compare);
        cdp_compare_say(compare, AGENT_1, CDP_STR("ignored"));
        cdp_compare_say(compare, AGENT_2, CDP_STR("ignored"));
        cdp_compare_say(compare, GUIDE, CDP_STR("the SELinux user"));
        cdp_compare_settle(compare, user, "user");
    }
    if (find(compare, node, "name")) {
        cdp_compare_begin(compare);
        cdp_compare_say(compare, AGENT_1, CDP_STR("the SELinux user"));
        cdp_compare_say(compare, AGENT_2, CDP_STR("the SELinux user"));
        cdp_compare_say(compare, GUIDE, CDP_STR("not said"));
        cdp_compare_settle(compare, find(compare, node, "name"), "name");
    }
    if (is_null_word(compare, range)) {
        cdp_compare_begin(compare);
        cdp_compare_say(compare, AGENT_1, CDP_STR("no range: fails when it installs"));
        cdp_compare_say(compare, AGENT_2, CDP_STR("no range"));
        cdp_compare_say(compare, GUIDE, CDP_STR("no range"));
        cdp_compare_settle(compare, node, "context");
    }
    cdp_compare_raw(compare, find(compare, node, "name"), "name");
    cdp_compare_raw(compare, find(compare, node, "type"), "type");
    cdp_compare_range(compare, range);
}

static void compare_permission(appspec_compare *compare, cdp_node node)
{
    if (kind_of(compare, node) != CDP_NODE_MAPPING) {
        refuse_all(compare, node, "permissions", "an entry that is no mapping");
        return;
    }
    if (is_null_word(compare, find(compare, node, "object")))
        refuse_all(compare, node, "permissions", "no object");
    cdp_compare_text(compare, find(compare, node, "object"), "object");
    cdp_compare_glob(compare, find(compare, node, "pattern"), "pattern");
    compare_items(compare, find(compare, node, "except"), "except", compare_exception);
    compare_items(compare, find(compare, node, "type"), "type", compare_type);
    cdp_compare_raw(compare, find(compare, node, "owner"), "owner");
    cdp_compare_raw(compare, find(compare, node, "group"), "group");
    cdp_compare_mode(compare, find(compare, node, "mode"));
    compare_items(compare, find(compare, node, "acls"), "acls", cdp_compare_acl);
    compare_context(compare, find(compare, node, "context"));
}

static void compare_behavior(appspec_compare *compare, cdp_node node)
{
    cdp_file_exists_behavior behavior;

    if (node && !is_null_word(compare, node) &&
        cdp_file_exists_behavior_from_name(cdp_node_text(compare->work->document, node),
                                           &behavior) != CDP_OK)
        refuse_all(compare, node, "file_exists_behavior", "not DISALLOW, OVERWRITE or RETAIN");
}

/* Permissions of an AppSpec for Windows: refused, where there are any. */
static void compare_windows(appspec_compare *compare, cdp_node os, cdp_node permissions)
{
    if (cdp_string_equal_c(cdp_node_text(compare->work->document, os), "windows") &&
        kind_of(compare, permissions) == CDP_NODE_SEQUENCE && first(compare, permissions))
        refuse_all(compare, permissions, "permissions", "not for Windows");
}

void cdp_compare_server(appspec_compare *compare, cdp_node root)
{
    cdp_node version = find(compare, root, "version");
    cdp_node os = find(compare, root, "os");
    cdp_node permissions = find(compare, root, "permissions");

    if (version && !is_null_word(compare, version))
        cdp_compare_version(compare, version);
    else
        refuse_all(compare, root, "version", "missing");
    if (os && !is_null_word(compare, os))
        cdp_compare_os(compare, os);
    else
        refuse_all(compare, root, "os", "missing");
    compare_behavior(compare, find(compare, root, "file_exists_behavior"));
    compare_hooks(compare, find(compare, root, "hooks"));
    for (cdp_node node = open_list(compare, find(compare, root, "files"), "files", "no files");
         node; node = next(compare, node))
        compare_file(compare, node);
    compare_windows(compare, os, permissions);
    for (cdp_node node = open_list(compare, permissions, "permissions", "no permissions"); node;
         node = next(compare, node))
        compare_permission(compare, node);
}
