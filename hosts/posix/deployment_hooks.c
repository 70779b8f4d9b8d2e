/* SPDX-License-Identifier: MIT */
/* The scripts of a lifecycle event, from the revision that it takes them from. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "deployment.h"

/* ---- the AppSpec of a revision ---- */

/* Up to one byte more than the limit, for it to be seen; NULL with errno. */
static char *read_whole(const char *path, size_t limit, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = file ? malloc(limit + 2) : NULL;
    int error = errno;

    if (text) {
        *length = fread(text, 1, limit + 1, file);
        error = errno;
        if (ferror(file)) {
            free(text);
            text = NULL;
        }
    }
    if (file)
        fclose(file);
    errno = error;
    return text;
}

/* The named file, `appspec.yml` when none is named; else `appspec.yaml`, then `appspec.yml`. (Agent
 * 1.x and 2.x in Install; ours does the same in every event.) */
static char *find_appspec(const px_run *run, const char *folder)
{
    const char *names[3] = {"appspec.yml", "appspec.yaml", "appspec.yml"};
    char *given = px_is_empty(run->options->appspec_filename)
                      ? NULL
                      : px_copy(run->options->appspec_filename);
    char *found = NULL;

    if (given)
        names[0] = given;
    for (size_t i = 0; i < 3 && !found; i++) {
        px_buffer path = {0};

        px_put_format(&path, "%s/%s", folder, names[i]);
        if (px_c_string(&path) && access(path.data, F_OK) == 0)
            found = path.data;
        else
            px_buffer_release(&path);
    }
    free(given);
    return found;
}

/* CDP_ERR_IO, with errno, for a file that cannot be read. */
static cdp_status parse(const char *path, cdp_diagnostics *diagnostics, cdp_appspec **appspec)
{
    const cdp_appspec_options options = {.size = sizeof options, .platform = CDP_PLATFORM_SERVER};
    cdp_limits limits = {.size = sizeof limits};
    size_t length = 0;
    char *text = NULL;
    cdp_status status = cdp_limits_default(&limits);

    if (status == CDP_OK)
        text = read_whole(path, limits.input_bytes, &length);
    if (status == CDP_OK && !text)
        return CDP_ERR_IO;
    if (status == CDP_OK)
        status = cdp_appspec_parse(text, length, &options, diagnostics, appspec);
    free(text);
    return status;
}

cdp_status px_read_appspec(px_run *run, const char *folder, cdp_appspec **appspec)
{
    size_t before = cdp_diagnostics_count(run->diagnostics);
    char *path = find_appspec(run, folder);
    cdp_status status;

    if (!path) {
        px_report(run->diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_NO_APPSPEC, folder, NULL);
        px_note_diagnostics(run, before, "there is no AppSpec");
        return CDP_ERR_INVALID;
    }
    status = parse(path, run->diagnostics, appspec);
    if (status == CDP_ERR_IO) {
        px_system_failure(run, errno, "read", path);
        status = CDP_ERR_INVALID;
    }
    free(path);
    if (status != CDP_OK)
        px_note_diagnostics(run, before, "the AppSpec is refused");
    return status;
}

/* ---- scripts ---- */

/* The host may want the end of it at any time. */
static cdp_status wait_for(px_run *run, cdp_posix_script *running)
{
    enum { BETWEEN_NEWS_MS = 200 };
    cdp_status status;

    while ((status = cdp_posix_script_wait(running, BETWEEN_NEWS_MS)) == CDP_PENDING) {
        if (px_tell_waiting(run) != CDP_OK)
            (void)cdp_posix_script_cancel(running);
    }
    return status;
}

/* Of an earlier revision's script it has to be said that the new one's is not to blame. */
static char *describe_failure(const px_run *run, const char *folder, cdp_string message)
{
    px_buffer words = {0};

    if (strcmp(folder, run->archive) == 0)
        return px_copy(message);
    px_put_string(&words, message);
    px_put_format(
        &words,
        " (This is a script of the earlier deployment %s. To leave it out, name the events "
        "to run, without this one.)",
        strrchr(run->last_successful, '/') + 1);
    if (!px_c_string(&words))
        px_buffer_release(&words);
    return words.data;
}

static cdp_status run_script(px_run *run, const char *folder, const cdp_appspec_script *script)
{
    const cdp_posix_deploy_options *o = run->options;
    cdp_posix_script_options options = {
        .size = sizeof options,
        .revision = px_string(folder),
        .location = script->location,
        .runas = script->runas,
        .sudo = script->sudo,
        .event = run->event,
        .deployment_id = px_string(run->result->id),
        .application_name = px_string(run->record.application),
        .group_name = px_is_empty(o->group_name) ? px_string("LocalFleet") : o->group_name,
        .group_id = px_string(run->layout->group),
        .timeout_ms = script->timeout < INT64_MAX / 1000 ? script->timeout * 1000 : INT64_MAX,
        .inherit = o->script_environment,
        .variables = run->location.variable_strings,
        .variable_count = run->location.variable_count,
        .held_descriptor = run->order->held_descriptor,
        .log = run->log,
    };
    cdp_posix_script_result result = {.size = sizeof result};
    cdp_posix_script *running;
    cdp_status status = cdp_posix_script_begin(&options, run->diagnostics, &running);

    run->ran_a_script = true;
    if (status != CDP_OK)
        return status;
    status = wait_for(run, running);
    if (status == CDP_OK)
        status = cdp_posix_script_result_get(running, &result);
    if (status == CDP_OK && result.code != CDP_POSIX_SCRIPT_SUCCEEDED) {
        char *message = describe_failure(run, folder, result.message);
        char *location = px_copy(script->location);

        px_note_failure(run, (int)result.code, location, message ? message : "");
        free(message);
        free(location);
        status = run->cancelled != CDP_OK  ? run->cancelled
                 : result.status != CDP_OK ? result.status
                                           : CDP_ERR_INVALID;
    }
    cdp_posix_script_free(running);
    return status;
}

static cdp_status run_event(px_run *run, const char *folder, const cdp_appspec *appspec)
{
    cdp_appspec_event event = {.size = sizeof event};
    size_t index;
    cdp_status status = cdp_appspec_event_find(appspec, run->event, &index);

    if (status == CDP_ERR_NOT_FOUND)
        return CDP_OK;
    if (status == CDP_OK)
        status = cdp_appspec_event_at(appspec, index, &event);
    if (status == CDP_OK && event.script_count > 0)
        status = cdp_posix_log_event(run->log, run->event);
    for (size_t i = 0; i < event.script_count && status == CDP_OK; i++) {
        cdp_appspec_script script = {.size = sizeof script};

        status = cdp_appspec_script_at(appspec, index, i, &script);
        if (status == CDP_OK)
            status = run_script(run, folder, &script);
    }
    return status;
}

static cdp_status refuse_earlier(px_run *run, const char *path, cdp_status status)
{
    char *event = px_copy(run->event);
    size_t before = cdp_diagnostics_count(run->diagnostics);

    px_report(run->diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_EARLIER_APPSPEC, event ? event : "", path,
              NULL);
    px_note_diagnostics(run, before, "the AppSpec of the earlier revision is refused");
    free(event);
    return status;
}

/* A revision from before: where its archive is, and what its own AppSpec says. An event with no
 * archive to take it from has nothing to run, nor has one whose archive holds no AppSpec. What is
 * wrong with an AppSpec that was deployed already concerns nobody, unless it cannot be read. */
static cdp_status run_earlier(px_run *run)
{
    cdp_appspec *appspec = NULL;
    char *path = NULL;
    px_buffer folder = {0};
    cdp_status status = CDP_OK;

    if (!run->last_successful)
        return CDP_OK;
    px_put_format(&folder, "%s/deployment-archive", run->last_successful);
    if (!px_c_string(&folder))
        return CDP_ERR_NOMEM;
    path = find_appspec(run, folder.data);
    if (path) {
        status = parse(path, NULL, &appspec);
        if (status != CDP_OK && status != CDP_ERR_NOMEM)
            status = refuse_earlier(run, path, status);
        if (status == CDP_OK)
            status = run_event(run, folder.data, appspec);
    }
    cdp_appspec_free(appspec);
    free(path);
    px_buffer_release(&folder);
    return status;
}

cdp_status px_run_scripts(px_run *run, size_t event_index)
{
    switch (cdp_lifecycle_plan_revision(run->plan, event_index, 0, run->downloaded)) {
    case CDP_REVISION_CURRENT:
        return run_event(run, run->archive, run->appspec);
    case CDP_REVISION_LAST_SUCCESSFUL:
    case CDP_REVISION_MOST_RECENT:
        return run_earlier(run);
    case CDP_REVISION_NONE:
        break;
    }
    return CDP_OK;
}
