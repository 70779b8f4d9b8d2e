/* SPDX-License-Identifier: MIT */
/* The Install event: plan, apply, and what becomes of the old files afterwards. */
#include <stdlib.h>
#include <unistd.h>

#include "deployment.h"
#include "group_records.h"
#include "program.h"

cdp_status px_open_files(const px_order *order, const char *revision, cdp_diagnostics *diagnostics,
                         cdp_posix_files **files, cdp_fs *fs)
{
    const cdp_posix_files_options options = {
        .size = sizeof options,
        .revision = px_string(revision),
        .destination = px_string(order->stand_in ? order->stand_in : order->destination),
        .state = px_string(access(order->layout.state, F_OK) == 0 ? order->layout.state : NULL),
        .sync = order->options.durability == CDP_INSTALL_VOLATILE ? CDP_POSIX_SYNC_NONE
                                                                  : CDP_POSIX_SYNC_FULL,
        .overlap = order->options.overlap,
    };
    cdp_status status;

    cdp_posix_files_free(*files);
    *files = NULL;
    status = cdp_posix_files_new(&options, diagnostics, files);
    *fs = (cdp_fs){.size = sizeof *fs};
    return status == CDP_OK ? cdp_posix_files_callbacks(*files, fs) : status;
}

/* ---- plan ---- */

static bool is_unconfined(cdp_string type)
{
    return px_equal(type, "unconfined_t") || px_equal(type, "kernel_t") || px_equal(type, "init_t");
}

/* Why this machine's owner does not want it; NULL when he does not mind. */
static const char *objection(const px_run *run, const cdp_install_instruction *instruction)
{
    if (instruction->type == CDP_INSTALL_CHMOD && (instruction->mode_bits & 06000) &&
        (run->options->refuse & CDP_POSIX_REFUSE_SET_ID))
        return "a set-id bit";
    if (instruction->type == CDP_INSTALL_SEMANAGE && is_unconfined(instruction->context_type) &&
        (run->options->refuse & CDP_POSIX_REFUSE_UNCONFINED))
        return "an unconfined SELinux type";
    return NULL;
}

/* Whether the AppSpec has contexts to set. */
static bool sets_contexts(const px_run *run)
{
    for (size_t i = 0; i < cdp_appspec_permission_count(run->appspec); i++) {
        cdp_appspec_permission permission = {.size = sizeof permission};

        if (cdp_appspec_permission_at(run->appspec, i, &permission) == CDP_OK &&
            permission.context_type.data)
            return true;
    }
    return false;
}

static cdp_status refuse_setting(px_run *run, const cdp_install_instruction *instruction,
                                 bool *needs_semanage)
{
    const char *why = objection(run, instruction);
    bool lacks = *needs_semanage && instruction->type == CDP_INSTALL_SEMANAGE;
    char *path;

    if (!why && !lacks)
        return CDP_OK;
    path = px_copy(instruction->path);
    if (why)
        px_report(run->diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_SETTING_REFUSED, path ? path : "",
                  why, NULL);
    if (lacks)
        px_report(run->diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_PROGRAM_MISSING, path ? path : "",
                  "semanage", NULL);
    free(path);
    *needs_semanage = *needs_semanage && !lacks;
    return CDP_ERR_INVALID;
}

/* Whether the AppSpec asks for what is refused here, or cannot be done. */
static cdp_status refuse_settings(px_run *run)
{
    bool lacks_semanage = sets_contexts(run) && !px_has_program("semanage");
    bool looks = run->options->refuse || lacks_semanage;
    size_t count = looks ? cdp_install_plan_instruction_count(run->install_plan) : 0;
    cdp_status status = CDP_OK;
    cdp_text *paths = NULL;

    if (count > 0 && cdp_text_new(NULL, &paths) != CDP_OK)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        cdp_install_instruction found = {.size = sizeof found};

        cdp_text_clear(paths);
        if (cdp_install_plan_instruction_at(run->install_plan, i, paths, &found) == CDP_OK &&
            refuse_setting(run, &found, &lacks_semanage) != CDP_OK)
            status = CDP_ERR_INVALID;
    }
    cdp_text_free(paths);
    return status;
}

/* What `~` stands for; NULL when the environment names no directory. */
static char *find_home(void)
{
    const char *home = getenv("HOME");

    return home && *home == '/' ? px_absolute(px_string(home)) : NULL;
}

cdp_status px_plan_install(px_run *run, bool measure)
{
    const cdp_posix_deploy_options *o = run->options;
    cdp_install_options options = {
        .size = sizeof options,
        .appspec = run->appspec,
        .fs = &run->fs,
        .mode = o->mode,
        .file_exists_behavior = o->file_exists_behavior,
        .revision_directory = px_string(run->archive),
        .destination_prefix = px_string(run->order->destination),
        .measure = measure,
    };
    char *home = find_home();
    char *here = o->mode == CDP_INSTALL_COMPATIBLE ? getcwd(NULL, 0) : NULL;
    cdp_status status;
    px_group_records all;

    options.home_directory = px_string(home);
    options.working_directory = px_string(here);
    status = px_group_records_read(run, &all);
    options.previous = all.own;
    options.other_groups = all.groups;
    options.other_records = all.records;
    options.other_count = all.count;
    options.newer_count = all.newer_count;
    cdp_install_plan_free(run->install_plan);
    run->install_plan = NULL;
    if (status == CDP_OK)
        status = cdp_install_plan_new(&options, run->diagnostics, &run->install_plan);
    px_group_records_release(&all);
    free(here);
    free(home);
    if (status == CDP_OK)
        status = px_check_own_folder(run);
    return status == CDP_OK ? refuse_settings(run) : status;
}

static cdp_status plan(px_run *run, bool measure)
{
    size_t before = cdp_diagnostics_count(run->diagnostics);
    cdp_status status = px_plan_install(run, measure);

    if (status == CDP_OK && cdp_install_plan_conflict_count(run->install_plan) > 0 &&
        run->options->mode == CDP_INSTALL_TRANSACTIONAL)
        status = CDP_ERR_CONFLICT;
    if (status != CDP_OK)
        px_note_diagnostics(run, before, "the revision cannot be installed");
    return status;
}

static cdp_status check_install(px_run *run, const char *folder, bool measure)
{
    size_t before = cdp_diagnostics_count(run->diagnostics);
    cdp_status status = px_open_files(run->order, folder, run->diagnostics, &run->files, &run->fs);

    if (status != CDP_OK)
        px_note_diagnostics(run, before, cdp_status_message(status));
    return status == CDP_OK ? plan(run, measure) : status;
}

cdp_status px_check_install(px_run *run, const char *folder)
{
    return check_install(run, folder, false);
}

/* ---- apply ---- */

static cdp_status tell_progress(const cdp_install_progress *progress, void *user)
{
    px_run *run = user;
    const cdp_posix_news news = {.kind = CDP_POSIX_NEWS_PROGRESS, .progress = progress};

    return px_tell(run, &news);
}

/* What was planned before anything ran holds as long as nothing did run: the revision has only got
 * its name since, and is still open. */
static cdp_status plan_install(px_run *run)
{
    bool measure = run->options->news && !run->options->no_bytes_total;

    if (!run->ran_a_script && !measure && run->install_plan)
        return CDP_OK;
    return check_install(run, run->archive, measure);
}

cdp_status px_install(px_run *run)
{
    cdp_install_apply_options options = {
        .size = sizeof options,
        .group = px_string(run->layout->group),
        .id = px_string(run->result->id),
        .durability = run->options->durability,
        .progress = tell_progress,
        .user = run,
    };
    size_t before = cdp_diagnostics_count(run->diagnostics);
    cdp_status status = plan_install(run);

    options.plan = run->install_plan;
    options.fs = &run->fs;
    if (status == CDP_OK)
        status = cdp_install_new(&options, &run->install);
    if (status == CDP_OK)
        status = cdp_install_apply(run->install, run->diagnostics);
    if (status != CDP_OK)
        px_note_diagnostics(run, before, cdp_status_message(status));
    return status;
}

cdp_status px_revert(px_run *run)
{
    const cdp_posix_news news = {.kind = CDP_POSIX_NEWS_REVERTED};
    cdp_status status;

    if (!run->install || cdp_install_state_of(run->install) != CDP_INSTALL_COMMITTED)
        return CDP_OK;
    status = cdp_install_revert(run->install, run->diagnostics);
    if (status == CDP_OK)
        (void)px_tell(run, &news);
    return status;
}

cdp_status px_keep(px_run *run)
{
    return run->install ? cdp_install_keep(run->install, run->diagnostics) : CDP_OK;
}
