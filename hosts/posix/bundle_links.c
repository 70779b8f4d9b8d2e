/* SPDX-License-Identifier: MIT */
/* Where the symbolic links of a bundle lead, found out from its names alone. */
#include <stdlib.h>

#include "bundle_rules.h"

/* As many links as the kernel follows on one way, and steps for all links of a bundle together. */
enum { MOST_LINKS = 40 };
#define MOST_STEPS ((uint64_t)100000000)

/* A way through the bundle: the directory reached so far, and the path still to go. */
typedef struct link_way {
    const px_bundle_names *names;
    /* Length of the path of the bundle's top: ways may not lead above it. */
    size_t top;
    px_buffer here;
    px_buffer rest;
    uint64_t steps;
} link_way;

/* False when that leads out. */
static bool go_up(link_way *way)
{
    if (way->here.length <= way->top)
        return false;
    while (way->here.length > way->top && way->here.data[way->here.length - 1] != '/')
        way->here.length--;
    if (way->here.length > way->top)
        way->here.length--;
    return true;
}

static void go_down(link_way *way, const char *name, size_t length)
{
    if (way->here.length)
        px_put_c(&way->here, "/");
    px_put(&way->here, name, length);
}

/* Puts a link's target in front of what is still to go. */
static void follow(link_way *way, const char *target, const char *rest)
{
    px_buffer joined = {0};

    px_put_c(&joined, target);
    px_put_c(&joined, "/");
    px_put_c(&joined, rest);
    (void)px_c_string(&joined);
    px_buffer_release(&way->rest);
    way->rest = joined;
}

/*
 * Follows the path in `rest` from `here`. True when it stays inside. What is not in the bundle
 * counts as a directory: it may be made later, and then ".." leads where it says.
 */
static bool stays_inside(link_way *way)
{
    int links = MOST_LINKS;
    size_t at = 0;

    while (!way->rest.failed && !way->here.failed && way->rest.data[at]) {
        char *name = way->rest.data + at;
        size_t length = strcspn(name, "/");
        const px_name_node *node;

        at += length + strspn(name + length, "/");
        way->steps++;
        if (length == 0 && name == way->rest.data)
            return false;
        if (length == 0 || (length == 1 && *name == '.'))
            continue;
        if (length == 2 && name[0] == '.' && name[1] == '.') {
            if (!go_up(way))
                return false;
            continue;
        }
        go_down(way, name, length);
        if (!px_c_string(&way->here))
            break;
        node = px_bundle_names_find(way->names, way->here.data, way->here.length, NULL);
        if (!node || node->kind != PX_KIND_SYMLINK)
            continue;
        /* A circle leads nowhere, and so not out. */
        if (links-- == 0)
            return true;
        (void)go_up(way);
        follow(way, px_node_target(way->names, node), way->rest.data + at);
        at = 0;
    }
    return true;
}

static cdp_status check_link(px_unpacking *unpacking, link_way *way, const px_name_node *node)
{
    const char *path = px_node_path(&unpacking->names, node);
    const char *target = px_node_target(&unpacking->names, node);

    way->here.length = way->rest.length = 0;
    px_put(&way->here, path, px_base_name(path) ? px_base_name(path) - 1 : 0);
    px_put_c(&way->rest, target);
    if (!px_c_string(&way->here) || !px_c_string(&way->rest))
        return CDP_ERR_NOMEM;
    if (!stays_inside(way)) {
        px_report(unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_LINK_OUTSIDE, path, target, NULL);
        return CDP_ERR_INVALID;
    }
    if (way->here.failed || way->rest.failed)
        return CDP_ERR_NOMEM;
    if (way->steps > MOST_STEPS)
        return px_bundle_limit(unpacking, "steps to follow its links", MOST_STEPS);
    return CDP_OK;
}

cdp_status px_check_links(px_unpacking *unpacking, const px_name_node *strip)
{
    const px_bundle_names *names = &unpacking->names;
    link_way way = {.names = names, .top = strip ? strip->length : 0};
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < names->count && status == CDP_OK; i++) {
        if (names->nodes[i].kind == PX_KIND_SYMLINK)
            status = check_link(unpacking, &way, &names->nodes[i]);
    }
    px_buffer_release(&way.here);
    px_buffer_release(&way.rest);
    return status;
}
