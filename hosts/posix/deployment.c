/* SPDX-License-Identifier: MIT */
/* One deployment, from its directory to its end. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "deployment.h"
#include "tree.h"

/* ---- news and failures ---- */

cdp_status px_tell(px_run *run, const cdp_posix_news *news)
{
    cdp_posix_news own = *news;
    cdp_status answer;

    if (!run->options->news)
        return CDP_OK;
    own.size = sizeof own;
    own.deployment_id = px_string(run->result->id);
    own.event = run->event;
    answer = run->options->news(&own, run->options->user);
    if (answer > CDP_OK)
        answer = CDP_ERR_HOST;
    if (run->cancelled == CDP_OK && !run->is_ending)
        run->cancelled = answer;
    return answer;
}

cdp_status px_tell_waiting(px_run *run)
{
    const cdp_posix_news news = {.kind = CDP_POSIX_NEWS_WAITING};

    return px_tell(run, &news);
}

static cdp_status tell_log(cdp_posix_log_kind kind, cdp_string text, void *user)
{
    px_run *run = user;
    const cdp_posix_news news = {.kind = CDP_POSIX_NEWS_LOG, .log_kind = kind, .text = text};

    return px_tell(run, &news);
}

int64_t px_wall_ms(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void set(char **member, const char *text)
{
    free(*member);
    *member = text ? strdup(text) : NULL;
}

void px_note_failure(px_run *run, int code, const char *script, const char *message)
{
    cdp_posix_deployment *result = run->result;

    if (result->message)
        return;
    result->error_code = code;
    set(&result->message, message);
    set(&result->failed_script, script);
    if (run->event.data)
        result->failed_event = px_copy(run->event);
    if (run->log)
        result->log_tail = px_copy(cdp_posix_log_tail(run->log));
}

void px_note_diagnostics(px_run *run, size_t from, const char *otherwise)
{
    for (size_t i = from; i < cdp_diagnostics_count(run->diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};
        char *message;

        if (cdp_diagnostics_at(run->diagnostics, i, &found) != CDP_OK ||
            found.severity != CDP_SEVERITY_ERROR)
            continue;
        message = px_copy(found.message);
        px_note_failure(run, CDP_POSIX_SCRIPT_UNKNOWN, NULL, message);
        free(message);
        return;
    }
    px_note_failure(run, CDP_POSIX_SCRIPT_UNKNOWN, NULL, otherwise);
}

void px_system_failure(px_run *run, int error, const char *operation, const char *path)
{
    size_t before = cdp_diagnostics_count(run->diagnostics);
    px_error_text words;

    px_report(run->diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_SYSTEM, operation, path,
              px_describe(error, &words), NULL);
    px_note_diagnostics(run, before, operation);
}

/* ---- before anything runs ---- */

/* Has the host fetch a bundle, to where the agent keeps it. */
static cdp_status fetch(px_run *run, const char *path)
{
    const cdp_posix_fetch what = {.size = sizeof what,
                                  .location = run->options->bundle,
                                  .type = run->location.type,
                                  .path = px_string(path)};
    cdp_status status = CDP_ERR_UNSUPPORTED;

    if (!run->options->fetch) {
        px_report(run->diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_NO_FETCH, run->record.bundle, NULL);
        return status;
    }
    status = run->options->fetch(&what, run->options->user);
    if (status > CDP_OK)
        status = CDP_ERR_HOST;
    if (status == CDP_OK && access(path, F_OK) != 0)
        status = CDP_ERR_NOT_FOUND;
    /* Half a bundle is none. */
    if (status != CDP_OK)
        (void)unlink(path);
    if (status == CDP_ERR_CANCELLED)
        run->cancelled = status;
    else if (status != CDP_OK)
        px_report(run->diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_FETCH_FAILED, run->record.bundle,
                  cdp_status_message(status), NULL);
    return status;
}

/* The path of the bundle; of an archive also where the agent has it. */
static cdp_status locate(px_run *run, const char **path)
{
    char *kept = run->kept;

    *path = run->location.path;
    if (run->location.is_remote) {
        *path = kept;
        return fetch(run, kept);
    }
    /* It is of use to people only. */
    if (run->location.type != CDP_POSIX_BUNDLE_DIRECTORY)
        (void)!symlink(run->location.path, kept);
    return CDP_OK;
}

static cdp_status tell_unpacking(uint64_t entries, uint64_t bytes, void *user)
{
    (void)entries;
    (void)bytes;
    return px_tell_waiting(user);
}

cdp_status px_unpack(px_run *run)
{
    cdp_posix_bundle_options options = {
        .size = sizeof options,
        .type = run->location.type,
        .destination = px_string(run->unpacked),
        .allow = run->options->bundle_allow,
        .bytes = run->options->bundle_bytes,
        .progress = tell_unpacking,
        .user = run,
        .overlap = run->options->overlap,
    };
    size_t before = cdp_diagnostics_count(run->diagnostics);
    const char *path = NULL;
    cdp_status status = locate(run, &path);

    options.location = px_string(path);
    if (status == CDP_OK)
        status = cdp_posix_bundle_unpack(&options, run->diagnostics);
    if (status != CDP_OK)
        px_note_diagnostics(run, before, cdp_status_message(status));
    return status;
}

/* A second Install would leave nothing to take the first one back with. */
static cdp_status refuse_twice(px_run *run)
{
    size_t seen[2] = {0, 0};

    for (size_t i = 0; i < cdp_lifecycle_plan_event_count(run->plan); i++) {
        cdp_lifecycle_event_info info = {.size = sizeof info};

        if (cdp_lifecycle_plan_event_at(run->plan, i, &info) != CDP_OK)
            continue;
        if ((info.event == CDP_EVENT_INSTALL && seen[0]++ > 0) ||
            (info.event == CDP_EVENT_DOWNLOAD_BUNDLE && seen[1]++ > 0)) {
            px_report(run->diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_SYSTEM, "run the event",
                      info.event == CDP_EVENT_INSTALL ? "Install" : "DownloadBundle",
                      "it is named twice", NULL);
            return CDP_ERR_INVALID;
        }
    }
    return CDP_OK;
}

cdp_status px_order_events(px_run *run)
{
    size_t count = cdp_appspec_event_count(run->appspec);
    size_t before = cdp_diagnostics_count(run->diagnostics);
    cdp_string *hooks = calloc(count + 1, sizeof *hooks);
    cdp_lifecycle_local local = {.size = sizeof local,
                                 .events = run->options->events,
                                 .event_count = run->options->event_count,
                                 .hooks = hooks,
                                 .hook_count = count,
                                 .has_hooks = 1};
    cdp_status status;

    if (!hooks)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        cdp_appspec_event event = {.size = sizeof event};

        if (cdp_appspec_event_at(run->appspec, i, &event) == CDP_OK)
            hooks[i] = event.name;
    }
    status = cdp_lifecycle_plan_new_local(&local, NULL, run->diagnostics, &run->plan);
    free(hooks);
    if (status == CDP_OK)
        status = refuse_twice(run);
    if (status != CDP_OK)
        px_note_diagnostics(run, before, "the order of events is refused");
    return status;
}

/* Everything that can be found out without touching what runs. */
static cdp_status check(px_run *run)
{
    cdp_status status = px_unpack(run);

    if (status == CDP_OK)
        status = px_read_appspec(run, run->unpacked, &run->appspec);
    if (status == CDP_OK)
        status = px_order_events(run);
    return status == CDP_OK ? px_check_install(run, run->unpacked) : status;
}

/* ---- events ---- */

static cdp_status download(px_run *run)
{
    uint32_t keep = run->options->max_revisions ? run->options->max_revisions : 5;
    int error = 0;

    if (rename(run->unpacked, run->archive) != 0)
        error = errno;
    if (error == 0) {
        run->downloaded = true;
        error = px_write_mark(run->layout, "_most_recent_install", run->result->directory);
    }
    if (error != 0) {
        px_system_failure(run, error, "keep the revision in", run->archive);
        return CDP_ERR_IO;
    }
    px_prune(run->layout, run->result->id, keep);
    return CDP_OK;
}

static cdp_status run_event(px_run *run, size_t index, const cdp_lifecycle_event_info *info)
{
    switch (info->event) {
    case CDP_EVENT_DOWNLOAD_BUNDLE:
        return download(run);
    case CDP_EVENT_INSTALL:
        return px_install(run);
    default:
        return px_run_scripts(run, index);
    }
}

static cdp_status run_events(px_run *run)
{
    size_t count = cdp_lifecycle_plan_event_count(run->plan);
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < count; i++) {
        cdp_lifecycle_event_info info = {.size = sizeof info};
        cdp_posix_news news = {.kind = CDP_POSIX_NEWS_EVENT_BEGUN};
        bool skipped = status != CDP_OK;

        if (cdp_lifecycle_plan_event_at(run->plan, i, &info) != CDP_OK)
            continue;
        run->event = info.name;
        if (!skipped) {
            status = px_tell(run, &news);
            if (status == CDP_OK)
                status = run_event(run, i, &info);
            if (status != CDP_OK)
                px_note_failure(run, CDP_POSIX_SCRIPT_UNKNOWN, NULL, cdp_status_message(status));
        }
        news.kind = CDP_POSIX_NEWS_EVENT_ENDED;
        news.status = px_string(skipped ? "Skipped" : status == CDP_OK ? "Succeeded" : "Failed");
        if (!skipped && status != CDP_OK)
            news.text = px_string(run->result->message);
        (void)px_tell(run, &news);
        if (status == CDP_OK && run->cancelled != CDP_OK) {
            status = run->cancelled;
            px_note_failure(run, CDP_POSIX_SCRIPT_UNKNOWN, NULL, cdp_status_message(status));
        }
    }
    run->event = (cdp_string){NULL, 0};
    return status;
}

/* ---- one deployment ---- */

static cdp_status open_log(px_run *run)
{
    char *script_log = px_layout_path(run->layout, run->result->id, "logs/scripts.log");
    px_buffer all = {0};
    cdp_posix_log_options options = {.size = sizeof options,
                                     .deployment_id = px_string(run->result->id),
                                     .entry = tell_log,
                                     .user = run};
    cdp_status status = CDP_ERR_NOMEM;

    px_put_format(&all, "%s/", run->layout->logs);
    px_put_string(&all, px_is_empty(run->options->program_name) ? px_string("codedeploy-agent")
                                                                : run->options->program_name);
    px_put_c(&all, "-deployments.log");
    if (script_log && px_c_string(&all)) {
        options.script_log = px_string(script_log);
        if (!run->options->no_deployments_log)
            options.deployments_log = px_string(all.data);
        status = cdp_posix_log_new(&options, run->diagnostics, &run->log);
    }
    free(script_log);
    px_buffer_release(&all);
    return status;
}

static cdp_status name_places(px_run *run)
{
    const char *id = run->result->id;
    px_buffer unpacked = {0};

    run->archive = px_layout_path(run->layout, id, "deployment-archive");
    run->kept = px_layout_path(run->layout, id, "bundle.tar");
    run->result->directory = px_layout_path(run->layout, id, NULL);
    px_put_format(&unpacked, "%s/%s/deployment-archive.unpacked", run->layout->group_folder, id);
    run->unpacked = px_c_string(&unpacked) ? unpacked.data : NULL;
    if (!run->unpacked)
        px_buffer_release(&unpacked);
    return run->archive && run->kept && run->result->directory && run->unpacked ? CDP_OK
                                                                                : CDP_ERR_NOMEM;
}

static char *join_events(const cdp_posix_deploy_options *options)
{
    px_buffer list = {0};

    for (size_t i = 0; i < options->event_count; i++) {
        if (i > 0)
            px_put_c(&list, ",");
        px_put_string(&list, options->events[i]);
    }
    if (!px_c_string(&list))
        px_buffer_release(&list);
    return list.data;
}

static char *copy_if_given(cdp_string text)
{
    return px_is_empty(text) ? NULL : px_copy(text);
}

static void fill_record(px_run *run)
{
    const cdp_posix_deploy_options *options = run->options;
    px_record *record = &run->record;

    set(&record->id, run->result->id);
    set(&record->status, "InProgress");
    set(&record->creator, run->order->creator);
    set(&record->revision_of, run->order->revision_of);
    record->bundle =
        run->location.path ? strdup(run->location.path) : copy_if_given(options->bundle);
    record->application = px_copy(
        px_is_empty(options->application_name) ? options->bundle : options->application_name);
    if (options->file_exists_behavior != 0)
        set(&record->file_exists, cdp_file_exists_behavior_name(options->file_exists_behavior));
    record->appspec = copy_if_given(options->appspec_filename);
    record->group_name = copy_if_given(options->group_name);
    if (options->event_count > 0)
        record->events = join_events(options);
    set(&record->destination, run->order->destination);
    if (options->mode == CDP_INSTALL_COMPATIBLE)
        set(&record->mode, cdp_install_mode_name(options->mode));
    record->number = px_next_number(run->layout);
    record->created = px_wall_ms();
}

static cdp_status prepare(px_run *run)
{
    size_t before = cdp_diagnostics_count(run->diagnostics);
    cdp_status status = px_location_read(&run->location, run->options->bundle,
                                         run->options->bundle_type, run->diagnostics);
    int error;

    if (status == CDP_OK)
        status =
            px_location_tell(&run->location, "CODEDEPLOY_ROOT", px_string(run->order->destination));
    if (status == CDP_OK)
        status = name_places(run);
    if (status != CDP_OK) {
        px_note_diagnostics(run, before, cdp_status_message(status));
        return status;
    }
    fill_record(run);
    run->last_successful = px_read_mark(run->layout, "_last_successful_install");
    error = mkdir(run->result->directory, run->layout->is_private ? 0711 : 0755) == 0 ? 0 : errno;
    if (error != 0) {
        px_system_failure(run, error, "make", run->result->directory);
        return error == EEXIST ? CDP_ERR_CONFLICT : px_status_of(error);
    }
    error = px_record_write(run->layout, &run->record);
    if (error != 0) {
        px_system_failure(run, error, "write the record in", run->result->directory);
        return px_status_of(error);
    }
    return open_log(run);
}

/* It has succeeded: from the decision on a crash is followed by finishing this, not undoing it. */
static cdp_status succeed(px_run *run)
{
    int error;

    set(&run->record.decision, "Succeeded");
    error = px_record_write(run->layout, &run->record);
    if (error == 0)
        error = px_write_mark(run->layout, "_last_successful_install", run->result->directory);
    if (error != 0) {
        set(&run->record.decision, NULL);
        px_system_failure(run, error, "mark as successful", run->result->directory);
        return px_status_of(error);
    }
    /* What is not cleaned up now, recovery cleans up. */
    (void)px_keep(run);
    return CDP_OK;
}

/* Unless the old files could not be put back, that is the end of it; else the record stays
 * unfinished, and recovery goes on. */
static void fail(px_run *run)
{
    if (px_revert(run) == CDP_OK)
        set(&run->record.status, run->cancelled != CDP_OK ? "Stopped" : "Failed");
    (void)px_remove_tree(AT_FDCWD, run->unpacked);
}

static cdp_status finish(px_run *run, cdp_status status)
{
    cdp_posix_news news = {.kind = CDP_POSIX_NEWS_ENDED};

    /* What the host answers from here on comes too late. */
    run->is_ending = true;
    if (status == CDP_OK)
        status = succeed(run);
    if (status == CDP_OK)
        set(&run->record.status, "Succeeded");
    else
        fail(run);
    run->result->succeeded = status == CDP_OK;
    if (run->record.status && strcmp(run->record.status, "InProgress") != 0)
        run->record.completed = px_wall_ms();
    set(&run->record.message, run->result->message);
    (void)px_record_write(run->layout, &run->record);
    news.status = px_string(run->record.completed ? run->record.status : "Failed");
    news.text = px_string(run->result->message);
    (void)px_tell(run, &news);
    return status;
}

void px_run_release(px_run *run)
{
    cdp_install_free(run->install);
    cdp_install_plan_free(run->install_plan);
    cdp_posix_files_free(run->files);
    cdp_posix_log_free(run->log);
    cdp_lifecycle_plan_free(run->plan);
    cdp_appspec_free(run->appspec);
    px_record_release(&run->record);
    px_location_release(&run->location);
    free(run->archive);
    free(run->kept);
    free(run->unpacked);
    free(run->last_successful);
}

/* Deploys under the lock that the caller has. `*redo`: an event failed, the old files are back, and
 * the host did not want the end of it. */
static cdp_status deploy_one(const px_order *order, cdp_diagnostics *diagnostics,
                             cdp_posix_deployment *result, bool *redo)
{
    px_run run = {.order = order,
                  .options = &order->options,
                  .layout = &order->layout,
                  .diagnostics = diagnostics,
                  .result = result};
    cdp_posix_news news = {.kind = CDP_POSIX_NEWS_BEGUN};
    cdp_status status = prepare(&run);

    if (status == CDP_OK) {
        news.text = px_string(result->directory);
        status = px_tell(&run, &news);
        if (status == CDP_OK)
            status = check(&run);
        if (status == CDP_OK)
            status = run_events(&run);
        if (status != CDP_OK)
            px_note_failure(&run, CDP_POSIX_SCRIPT_UNKNOWN, NULL, cdp_status_message(status));
        status = finish(&run, status);
    }
    /* A bundle that was refused, or files in the way, changed nothing: there is nothing to redo. */
    *redo = status != CDP_OK && run.cancelled == CDP_OK && run.record.completed != 0 &&
            result->failed_event;
    px_run_release(&run);
    return status;
}

static cdp_status redeploy_last_good(px_order *order, cdp_diagnostics *diagnostics,
                                     cdp_posix_deployment *failed)
{
    char *good = px_read_mark(&order->layout, "_last_successful_install");
    char *archive = NULL;
    cdp_status status = CDP_OK;
    bool redo;

    if (!good)
        return CDP_OK;
    archive = px_layout_path(&order->layout, strrchr(good, '/') + 1, "deployment-archive");
    failed->rollback = px_new_deployment((cdp_string){NULL, 0});
    if (failed->rollback && archive) {
        order->creator = "codeDeployRollback";
        status = px_order_again(order, strrchr(good, '/') + 1, archive);
        if (status == CDP_OK)
            status = deploy_one(order, diagnostics, failed->rollback, &redo);
    }
    free(archive);
    free(good);
    return status;
}

cdp_status px_deploy(px_order *order, cdp_diagnostics *diagnostics,
                     cdp_posix_deployment **deployment)
{
    cdp_posix_deployment *made = px_new_deployment(order->options.deployment_id);
    bool redo;
    cdp_status status;
    px_lock lock;

    if (!made)
        return CDP_ERR_NOMEM;
    status = px_enter(order, made->id, diagnostics, &lock, NULL);
    if (status != CDP_OK) {
        cdp_posix_deployment_free(made);
        return status;
    }
    order->held_descriptor = lock.fd;
    status = deploy_one(order, diagnostics, made, &redo);
    if (redo && !order->options.no_rollback)
        (void)redeploy_last_good(order, diagnostics, made);
    px_lock_release(&lock);
    if (deployment)
        *deployment = made;
    else
        cdp_posix_deployment_free(made);
    return status;
}
