/* SPDX-License-Identifier: MIT */
/* A deployment from the lock to its end. */
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

    if (!run->options->news)
        return CDP_OK;
    own.size = sizeof own;
    own.deployment_id = px_string(run->result->id);
    own.event = run->event;
    return run->options->news(&own, run->options->user);
}

static cdp_status tell_log(cdp_posix_log_kind kind, cdp_string text, void *user)
{
    px_run *run = user;
    const cdp_posix_news news = {.kind = CDP_POSIX_NEWS_LOG, .log_kind = kind, .text = text};

    return px_tell(run, &news);
}

/* Milliseconds since 1970. */
static int64_t now_ms(void)
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

static cdp_status unpack(px_run *run)
{
    const cdp_posix_bundle_options options = {
        .size = sizeof options,
        .location = run->options->bundle,
        .type = run->options->bundle_type ? run->options->bundle_type : CDP_POSIX_BUNDLE_DIRECTORY,
        .destination = px_string(run->unpacked),
    };
    size_t before = cdp_diagnostics_count(run->diagnostics);
    cdp_status status = cdp_posix_bundle_unpack(&options, run->diagnostics);

    if (status != CDP_OK)
        px_note_diagnostics(run, before, cdp_status_message(status));
    return status;
}

static cdp_status make_plan(px_run *run)
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
    if (status != CDP_OK)
        px_note_diagnostics(run, before, "the order of events is refused");
    return status;
}

/* Everything that can be found out without touching what runs. */
static cdp_status check(px_run *run)
{
    cdp_status status = unpack(run);

    if (status == CDP_OK)
        status = px_read_appspec(run, run->unpacked, &run->appspec);
    if (status == CDP_OK)
        status = make_plan(run);
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

    px_put_format(&all, "%s/codedeploy-agent-deployments.log", run->layout->logs);
    if (script_log && px_c_string(&all)) {
        options.script_log = px_string(script_log);
        options.deployments_log = px_string(all.data);
        status = cdp_posix_log_new(&options, run->diagnostics, &run->log);
    }
    free(script_log);
    px_buffer_release(&all);
    return status;
}

static cdp_status prepare(px_run *run)
{
    const char *id = run->result->id;
    px_buffer unpacked = {0};
    int error;

    run->archive = px_layout_path(run->layout, id, "deployment-archive");
    run->result->directory = px_layout_path(run->layout, id, NULL);
    px_put_format(&unpacked, "%s/%s/deployment-archive.unpacked", run->layout->group_folder, id);
    if (!run->archive || !run->result->directory || !px_c_string(&unpacked))
        return CDP_ERR_NOMEM;
    run->unpacked = unpacked.data;
    run->last_successful = px_read_mark(run->layout, "_last_successful_install");
    error = mkdir(run->result->directory, 0755) == 0 ? 0 : errno;
    if (error != 0) {
        px_system_failure(run, error, "make", run->result->directory);
        return error == EEXIST ? CDP_ERR_CONFLICT : CDP_ERR_IO;
    }
    if (px_record_write(run->layout, &run->record) != CDP_OK)
        return CDP_ERR_IO;
    return open_log(run);
}

static void finish(px_run *run, cdp_status status)
{
    cdp_posix_news news = {.kind = CDP_POSIX_NEWS_ENDED};
    int error = 0;

    if (status == CDP_OK) {
        error = px_write_mark(run->layout, "_last_successful_install", run->result->directory);
        if (error != 0)
            px_system_failure(run, error, "mark as successful", run->result->directory);
        (void)px_keep(run);
    } else {
        (void)px_revert(run);
        (void)px_remove_tree(AT_FDCWD, run->unpacked);
    }
    run->result->succeeded = status == CDP_OK;
    run->record.completed = now_ms();
    set(&run->record.status, status == CDP_OK ? "Succeeded" : "Failed");
    set(&run->record.message, run->result->message);
    (void)px_record_write(run->layout, &run->record);
    news.status = px_string(run->record.status);
    news.text = px_string(run->result->message);
    (void)px_tell(run, &news);
}

static void release(px_run *run)
{
    cdp_install_free(run->install);
    cdp_install_plan_free(run->install_plan);
    cdp_posix_files_free(run->files);
    cdp_posix_log_free(run->log);
    cdp_lifecycle_plan_free(run->plan);
    cdp_appspec_free(run->appspec);
    px_record_release(&run->record);
    free(run->archive);
    free(run->unpacked);
    free(run->last_successful);
}

/* Deploys under the lock that the caller has. */
static cdp_status deploy_locked(const cdp_posix_deploy_options *options, const px_layout *layout,
                                const char *creator, const char *revision_of, int held_descriptor,
                                cdp_diagnostics *diagnostics, cdp_posix_deployment *result)
{
    px_run run = {.options = options,
                  .diagnostics = diagnostics,
                  .layout = layout,
                  .result = result,
                  .held_descriptor = held_descriptor};
    cdp_posix_news news = {.kind = CDP_POSIX_NEWS_BEGUN};
    cdp_status status;

    set(&run.record.id, result->id);
    set(&run.record.status, "InProgress");
    set(&run.record.creator, creator);
    set(&run.record.revision_of, revision_of);
    run.record.bundle = px_copy(options->bundle);
    run.record.application = px_copy(
        px_is_empty(options->application_name) ? options->bundle : options->application_name);
    set(&run.record.file_exists, cdp_file_exists_behavior_name(options->file_exists_behavior));
    run.record.created = now_ms();
    status = prepare(&run);
    if (status == CDP_OK) {
        news.text = px_string(result->directory);
        status = px_tell(&run, &news);
        if (status == CDP_OK)
            status = check(&run);
        if (status == CDP_OK)
            status = run_events(&run);
        if (status != CDP_OK)
            px_note_failure(&run, CDP_POSIX_SCRIPT_UNKNOWN, NULL, cdp_status_message(status));
        finish(&run, status);
    }
    release(&run);
    return status;
}

/* ---- the public door ---- */

void cdp_posix_deployment_free(cdp_posix_deployment *deployment)
{
    while (deployment) {
        cdp_posix_deployment *rollback = deployment->rollback;

        free(deployment->id);
        free(deployment->directory);
        free(deployment->failed_event);
        free(deployment->failed_script);
        free(deployment->message);
        free(deployment->log_tail);
        free(deployment);
        deployment = rollback;
    }
}

static cdp_posix_deployment *new_deployment(cdp_string id)
{
    cdp_posix_deployment *made = calloc(1, sizeof *made);
    char own[24];

    if (!made)
        return NULL;
    if (px_is_empty(id)) {
        px_make_deployment_id(own);
        made->id = strdup(own);
    } else {
        made->id = px_copy(id);
    }
    if (!made->id) {
        free(made);
        made = NULL;
    }
    return made;
}

/* The lock, and behind it a host that is whole. */
static cdp_status enter(const cdp_posix_deploy_options *options, const px_layout *layout,
                        const char *id, cdp_diagnostics *diagnostics, px_lock *lock,
                        cdp_install_outcome *outcome)
{
    px_run run = {.options = options, .diagnostics = diagnostics, .layout = layout};
    cdp_posix_deployment nobody = {0};
    char *holder = NULL;
    int error = px_layout_make(layout);
    cdp_status status = CDP_OK;

    run.result = &nobody;
    lock->fd = -1;
    if (error != 0) {
        px_system_failure(&run, error, "make", layout->root);
        free(nobody.message);
        return CDP_ERR_IO;
    }
    status = px_lock_take(lock, layout, id, &holder);
    if (status == CDP_ERR_BUSY) {
        if (holder)
            holder[strcspn(holder, "\n")] = '\0';
        px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_RUNNING, layout->group,
                  holder && *holder ? holder : "another process", NULL);
    }
    free(holder);
    if (status == CDP_OK)
        status = px_open_files(&run, NULL);
    if (status == CDP_OK)
        status = cdp_install_recover(NULL, &run.fs, px_string(layout->group),
                                     CDP_INSTALL_CHOOSE_REVERT, diagnostics, outcome);
    cdp_posix_files_free(run.files);
    free(nobody.message);
    if (status != CDP_OK)
        px_lock_release(lock);
    return status;
}

static cdp_status redeploy_last_good(const cdp_posix_deploy_options *options,
                                     const px_layout *layout, int held_descriptor,
                                     cdp_diagnostics *diagnostics, cdp_posix_deployment *failed)
{
    cdp_posix_deploy_options again = *options;
    char *good = px_read_mark(layout, "_last_successful_install");
    px_buffer archive = {0};
    cdp_status status = CDP_OK;

    if (!good)
        return CDP_OK;
    px_put_format(&archive, "%s/deployment-archive", good);
    failed->rollback = new_deployment((cdp_string){NULL, 0});
    if (failed->rollback && px_c_string(&archive)) {
        again.bundle = px_string(archive.data);
        again.bundle_type = CDP_POSIX_BUNDLE_DIRECTORY;
        again.deployment_id = (cdp_string){NULL, 0};
        status = deploy_locked(&again, layout, "codeDeployRollback", strrchr(good, '/') + 1,
                               held_descriptor, diagnostics, failed->rollback);
    }
    px_buffer_release(&archive);
    free(good);
    return status;
}

static cdp_status read_options(const cdp_posix_deploy_options *given,
                               cdp_posix_deploy_options *options, px_layout *layout)
{
    cdp_status status = px_sized_read(options, sizeof *options, given);

    if (status != CDP_OK)
        return status;
    if (options->event_count > 0 && !options->events)
        return CDP_ERR_ARGUMENT;
    return px_layout_init(layout, options->root_directory, options->group_id);
}

static cdp_status deploy(const cdp_posix_deploy_options *options, const px_layout *layout,
                         const char *creator, const char *revision_of, cdp_diagnostics *diagnostics,
                         cdp_posix_deployment **deployment)
{
    cdp_posix_deployment *made = new_deployment(options->deployment_id);
    cdp_status status;
    px_lock lock;

    if (!made)
        return CDP_ERR_NOMEM;
    status = enter(options, layout, made->id, diagnostics, &lock, NULL);
    if (status != CDP_OK) {
        cdp_posix_deployment_free(made);
        return status;
    }
    status = deploy_locked(options, layout, creator, revision_of, lock.fd, diagnostics, made);
    /* A bundle that was refused, or files in the way, changed nothing: there is nothing to redo. */
    if (status != CDP_OK && !options->no_rollback && made->failed_event)
        (void)redeploy_last_good(options, layout, lock.fd, diagnostics, made);
    px_lock_release(&lock);
    if (deployment)
        *deployment = made;
    else
        cdp_posix_deployment_free(made);
    return status;
}

cdp_status cdp_posix_deploy(const cdp_posix_deploy_options *options, cdp_diagnostics *diagnostics,
                            cdp_posix_deployment **deployment)
{
    cdp_posix_deploy_options own;
    cdp_diagnostics *sink = diagnostics;
    px_layout layout;
    cdp_status status;

    if (deployment)
        *deployment = NULL;
    status = read_options(options, &own, &layout);
    if (status != CDP_OK)
        return status;
    if (!px_is_text(own.bundle) || own.bundle.length == 0 ||
        (!px_is_empty(own.deployment_id) && !px_is_component(own.deployment_id)))
        status = CDP_ERR_ARGUMENT;
    /* What failed is told in the result too, so there must be a list. */
    if (status == CDP_OK && !sink)
        status = cdp_diagnostics_new(NULL, NULL, &sink);
    if (status == CDP_OK)
        status = deploy(&own, &layout, "user", NULL, sink, deployment);
    if (sink != diagnostics)
        cdp_diagnostics_free(sink);
    px_layout_release(&layout);
    return status;
}

/* The successful deployment before the last successful one. */
static char *find_earlier(const px_layout *layout, cdp_string wanted)
{
    cdp_posix_history *history;
    char *found = NULL;

    if (!px_is_empty(wanted))
        return px_is_component(wanted) ? px_copy(wanted) : NULL;
    if (cdp_posix_history_read(px_string(layout->root), px_string(layout->group), &history) !=
        CDP_OK)
        return NULL;
    for (size_t i = 0; i < cdp_posix_history_count(history); i++) {
        cdp_posix_history_entry entry = {.size = sizeof entry};

        if (cdp_posix_history_at(history, i, &entry) != CDP_OK || !entry.has_revision ||
            !px_equal(entry.status, "Succeeded") || entry.is_last_successful)
            continue;
        free(found);
        found = px_copy(entry.deployment_id);
    }
    cdp_posix_history_free(history);
    return found;
}

cdp_status cdp_posix_redeploy(const cdp_posix_deploy_options *options, cdp_string earlier,
                              cdp_diagnostics *diagnostics, cdp_posix_deployment **deployment)
{
    cdp_posix_deploy_options own;
    px_layout layout;
    cdp_status status;
    char *archive = NULL;
    char *id;

    if (deployment)
        *deployment = NULL;
    status = read_options(options, &own, &layout);
    if (status != CDP_OK)
        return status;
    id = find_earlier(&layout, earlier);
    archive = id ? px_layout_path(&layout, id, "deployment-archive") : NULL;
    if (!archive || access(archive, F_OK) != 0) {
        px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_NO_REVISION, layout.group,
                  id ? id : "an earlier one", NULL);
        status = CDP_ERR_NOT_FOUND;
    } else {
        own.bundle = px_string(archive);
        own.bundle_type = CDP_POSIX_BUNDLE_DIRECTORY;
        own.deployment_id = (cdp_string){NULL, 0};
        status = deploy(&own, &layout, "user", id, diagnostics, deployment);
    }
    free(archive);
    free(id);
    px_layout_release(&layout);
    return status;
}

cdp_status cdp_posix_recover(const cdp_posix_deploy_options *options, cdp_diagnostics *diagnostics,
                             cdp_install_outcome *outcome)
{
    cdp_install_outcome found = CDP_INSTALL_NOTHING_TO_RECOVER;
    cdp_posix_deploy_options own;
    px_layout layout;
    px_lock lock;
    cdp_status status = read_options(options, &own, &layout);

    if (status != CDP_OK)
        return status;
    status = enter(&own, &layout, "recovery", diagnostics, &lock, &found);
    if (status == CDP_OK)
        px_lock_release(&lock);
    if (status == CDP_OK && outcome)
        *outcome = found;
    px_layout_release(&layout);
    return status;
}

/* ---- what became of it ---- */

static cdp_string shown(const char *text)
{
    return text ? px_string(text) : (cdp_string){NULL, 0};
}

cdp_string cdp_posix_deployment_id(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->id : NULL);
}

cdp_string cdp_posix_deployment_directory(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->directory : NULL);
}

int cdp_posix_deployment_succeeded(const cdp_posix_deployment *deployment)
{
    return deployment ? deployment->succeeded : 0;
}

cdp_string cdp_posix_deployment_failed_event(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->failed_event : NULL);
}

cdp_string cdp_posix_deployment_failed_script(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->failed_script : NULL);
}

cdp_string cdp_posix_deployment_message(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->message : NULL);
}

cdp_string cdp_posix_deployment_log_tail(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->log_tail : NULL);
}

int cdp_posix_deployment_error_code(const cdp_posix_deployment *deployment)
{
    return deployment ? deployment->error_code : 0;
}

const cdp_posix_deployment *cdp_posix_deployment_rollback(const cdp_posix_deployment *deployment)
{
    return deployment ? deployment->rollback : NULL;
}
