/* SPDX-License-Identifier: MIT */
/* The public calls: what is asked for, and which earlier revision. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "deployment.h"

/* ---- orders ---- */

static bool is_path_or_absent(cdp_string path)
{
    return px_is_empty(path) || px_is_text(path);
}

/* One name for one place, however it is written. What is not there stays as it is, and fails when
 * it is opened. */
static cdp_status read_destination(px_order *order)
{
    cdp_string given = order->options.destination_root;
    char *copy;

    if (px_is_empty(given))
        return CDP_OK;
    copy = px_copy(given);
    if (!copy)
        return CDP_ERR_NOMEM;
    order->destination = realpath(copy, NULL);
    free(copy);
    if (!order->destination)
        order->destination = px_absolute(given);
    if (!order->destination)
        return CDP_ERR_NOMEM;
    if (strcmp(order->destination, "/") == 0) {
        free(order->destination);
        order->destination = NULL;
    }
    return CDP_OK;
}

cdp_status px_order_read(px_order *order, const cdp_posix_deploy_options *given)
{
    cdp_posix_deploy_options *options = &order->options;
    cdp_status status;

    *order = (px_order){.creator = "user"};
    status = px_sized_read(options, sizeof *options, given);
    if (status != CDP_OK)
        return status;
    if ((options->event_count > 0 && !options->events) ||
        !is_path_or_absent(options->destination_root) || !is_path_or_absent(options->group_name) ||
        !is_path_or_absent(options->application_name) ||
        !is_path_or_absent(options->appspec_filename) ||
        (!px_is_empty(options->program_name) && !px_is_component(options->program_name)) ||
        (!px_is_empty(options->deployment_id) && !px_is_component(options->deployment_id)))
        return CDP_ERR_ARGUMENT;
    status = px_layout_init(&order->layout, options->root_directory, options->group_id);
    if (status == CDP_OK)
        status = read_destination(order);
    order->asked = *options;
    order->layout.is_private = options->private_directories != 0;
    order->layout.is_volatile = options->durability == CDP_INSTALL_VOLATILE;
    if (status != CDP_OK)
        px_order_release(order);
    return status;
}

void px_order_release(px_order *order)
{
    px_layout_release(&order->layout);
    px_record_release(&order->origin);
    free(order->destination);
    free(order->revision_of);
    free(order->events);
    *order = (px_order){0};
}

/* The events of the earlier deployment; the names stay in its record. */
static cdp_status take_events(px_order *order, char *list)
{
    size_t count = 1;

    for (const char *at = list; *at; at++)
        count += *at == ',';
    free(order->events);
    order->events = calloc(count, sizeof *order->events);
    if (!order->events)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(list, ",");

        order->events[i] = (cdp_string){list, length};
        list += length + 1;
    }
    order->options.events = order->events;
    order->options.event_count = count;
    return CDP_OK;
}

/* The settings of the earlier deployment, where its record has them. */
static cdp_status take_origin(px_order *order)
{
    cdp_posix_deploy_options *options = &order->options;
    const px_record *origin = &order->origin;

    options->appspec_filename = px_string(origin->appspec);
    if (origin->application)
        options->application_name = px_string(origin->application);
    if (origin->group_name)
        options->group_name = px_string(origin->group_name);
    options->file_exists_behavior = (cdp_file_exists_behavior)0;
    if (origin->file_exists)
        (void)cdp_file_exists_behavior_from_name(px_string(origin->file_exists),
                                                 &options->file_exists_behavior);
    options->events = NULL;
    options->event_count = 0;
    return origin->events ? take_events(order, origin->events) : CDP_OK;
}

cdp_status px_order_again(px_order *order, const char *id, const char *archive)
{
    cdp_posix_deploy_options *options = &order->options;

    free(order->revision_of);
    order->revision_of = strdup(id);
    if (!order->revision_of)
        return CDP_ERR_NOMEM;
    *options = order->asked;
    options->bundle = px_string(archive);
    options->bundle_type = CDP_POSIX_BUNDLE_DIRECTORY;
    options->deployment_id = (cdp_string){NULL, 0};
    px_record_release(&order->origin);
    /* A deployment of the official agent has no record. */
    return px_record_read(&order->layout, id, &order->origin) ? take_origin(order) : CDP_OK;
}

/* ---- deploying ---- */

cdp_status cdp_posix_deploy(const cdp_posix_deploy_options *options, cdp_diagnostics *diagnostics,
                            cdp_posix_deployment **deployment)
{
    cdp_diagnostics *sink = diagnostics;
    px_order order;
    cdp_status status;

    if (deployment)
        *deployment = NULL;
    status = px_order_read(&order, options);
    if (status != CDP_OK)
        return status;
    if (!px_is_text(order.options.bundle) || order.options.bundle.length == 0)
        status = CDP_ERR_ARGUMENT;
    /* What failed is told in the result too, so there must be a list. */
    if (status == CDP_OK && !sink)
        status = cdp_diagnostics_new(NULL, NULL, &sink);
    if (status == CDP_OK)
        status = px_deploy(&order, sink, deployment);
    if (sink != diagnostics)
        cdp_diagnostics_free(sink);
    px_order_release(&order);
    return status;
}

/* ---- an earlier one ---- */

/* The last successful deployment, or, when that is the newest of all, the one before it. */
static char *find_earlier(const px_layout *layout, cdp_string wanted)
{
    cdp_posix_history *history;
    char *before = NULL;
    char *last = NULL;
    bool is_newest = false;

    if (!px_is_empty(wanted))
        return px_is_component(wanted) ? px_copy(wanted) : NULL;
    if (cdp_posix_history_read(px_string(layout->root), px_string(layout->group), &history) !=
        CDP_OK)
        return NULL;
    for (size_t i = 0; i < cdp_posix_history_count(history); i++) {
        cdp_posix_history_entry entry = {.size = sizeof entry};
        char **found = &before;

        if (cdp_posix_history_at(history, i, &entry) != CDP_OK)
            continue;
        is_newest = entry.is_last_successful != 0;
        if (!entry.has_revision || !px_equal(entry.status, "Succeeded"))
            continue;
        if (entry.is_last_successful)
            found = &last;
        free(*found);
        *found = px_copy(entry.deployment_id);
    }
    cdp_posix_history_free(history);
    if (last && !is_newest) {
        free(before);
        return last;
    }
    free(last);
    return before;
}

/* What is said now counts more than what was said then. */
static void prefer_asked(px_order *order)
{
    const cdp_posix_deploy_options *asked = &order->asked;
    cdp_posix_deploy_options *options = &order->options;

    if (!px_is_empty(asked->appspec_filename))
        options->appspec_filename = asked->appspec_filename;
    if (!px_is_empty(asked->application_name))
        options->application_name = asked->application_name;
    if (!px_is_empty(asked->group_name))
        options->group_name = asked->group_name;
    if (asked->file_exists_behavior != 0)
        options->file_exists_behavior = asked->file_exists_behavior;
    if (asked->event_count > 0) {
        options->events = asked->events;
        options->event_count = asked->event_count;
    }
}

static cdp_status redeploy(px_order *order, cdp_string earlier, cdp_diagnostics *diagnostics,
                           cdp_posix_deployment **deployment)
{
    char *id = find_earlier(&order->layout, earlier);
    char *archive = id ? px_layout_path(&order->layout, id, "deployment-archive") : NULL;
    cdp_status status = CDP_ERR_NOT_FOUND;

    if (!archive || access(archive, F_OK) != 0) {
        px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_NO_REVISION, order->layout.group,
                  id ? id : "an earlier deployment", NULL);
    } else {
        status = px_order_again(order, id, archive);
        prefer_asked(order);
        if (status == CDP_OK)
            status = px_deploy(order, diagnostics, deployment);
    }
    free(archive);
    free(id);
    return status;
}

cdp_status cdp_posix_redeploy(const cdp_posix_deploy_options *options, cdp_string earlier,
                              cdp_diagnostics *diagnostics, cdp_posix_deployment **deployment)
{
    cdp_diagnostics *sink = diagnostics;
    px_order order;
    cdp_status status;

    if (deployment)
        *deployment = NULL;
    status = px_order_read(&order, options);
    if (status != CDP_OK)
        return status;
    if (!sink)
        status = cdp_diagnostics_new(NULL, NULL, &sink);
    if (status == CDP_OK)
        status = redeploy(&order, earlier, sink, deployment);
    if (sink != diagnostics)
        cdp_diagnostics_free(sink);
    px_order_release(&order);
    return status;
}

cdp_status cdp_posix_recover(const cdp_posix_deploy_options *options, cdp_diagnostics *diagnostics,
                             cdp_install_outcome *outcome)
{
    px_order order;
    px_lock lock;
    cdp_status status = px_order_read(&order, options);

    if (status != CDP_OK)
        return status;
    if (outcome)
        *outcome = CDP_INSTALL_NOTHING_TO_RECOVER;
    /* Where nothing was ever deployed nothing is made. */
    if (access(order.layout.state, F_OK) != 0 && errno == ENOENT) {
        px_order_release(&order);
        return CDP_OK;
    }
    status = px_enter(&order, "recovery", diagnostics, &lock, outcome);
    if (status == CDP_OK)
        px_lock_release(&lock);
    px_order_release(&order);
    return status;
}
