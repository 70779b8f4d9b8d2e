/* SPDX-License-Identifier: MIT */
#include "install/apply.h"

#include "base/allocator.h"
#include "base/report.h"
#include "base/sized.h"
#include "base/strings.h"

const char *cdp_install_state_name(cdp_install_state state)
{
    static const char *const names[] = {"ready",   "staging", "swapping", "committed",
                                        "undoing", "undone",  "kept",     "broken"};

    return state >= 0 && state < sizeof names / sizeof *names ? names[state] : "unknown";
}

static const char go_on[] = "go on with";

/* ---- the object ---- */

static void init(cdp_install *in, const cdp_allocator *allocator, const cdp_fs *fs)
{
    *in = (cdp_install){.allocator = *allocator, .fs = *fs};
    cdp_journal_init(&in->journal, allocator);
    cdp_text_init(&in->path, allocator);
    cdp_text_init(&in->other, allocator);
    cdp_text_init(&in->error_path, allocator);
}

static void release(cdp_install *in)
{
    cdp_journal_release(&in->journal);
    cdp_install_record_free(in->known);
    cdp_install_release_claims(in);
    cdp_install_batch_free(in);
    cdp_text_release(&in->path);
    cdp_text_release(&in->other);
    cdp_text_release(&in->error_path);
}

/* One component of a path. */
static bool is_name(cdp_string name)
{
    return name.data && name.length > 0 && name.length < 256 &&
           !memchr(name.data, '/', name.length) && !memchr(name.data, '\0', name.length) &&
           !cdp_string_equal(name, CDP_STR(".")) && !cdp_string_equal(name, CDP_STR(".."));
}

static cdp_status take_options(cdp_install *in, const cdp_install_apply_options *options)
{
    cdp_status status = cdp_arena_copy(&in->journal.arena, options->group, &in->journal.group);

    if (status == CDP_OK)
        status = cdp_arena_copy(&in->journal.arena, options->id, &in->journal.id);
    if (status == CDP_OK)
        status = cdp_arena_copy(&in->journal.arena,
                                options->plan->destination_prefix.data
                                    ? options->plan->destination_prefix
                                    : CDP_STR(""),
                                &in->journal.prefix);
    in->plan = options->plan;
    in->volatile_data = in->journal.volatile_data = options->durability == CDP_INSTALL_VOLATILE;
    in->on_progress = options->progress;
    in->user = options->user;
    in->progress.objects_total = options->plan->step_count;
    in->progress.bytes_total = options->plan->totals.bytes;
    return status;
}

static cdp_status check_options(const cdp_install_apply_options *options, cdp_fs *fs,
                                cdp_allocator *allocator)
{
    cdp_status status;

    if (!options->plan || !options->fs || !is_name(options->group) || !is_name(options->id) ||
        options->durability < CDP_INSTALL_DURABLE || options->durability > CDP_INSTALL_VOLATILE)
        return CDP_ERR_ARGUMENT;
    if (options->reserved)
        return CDP_ERR_STRUCT;
    status = cdp_fs_import(fs, options->fs);
    if (status == CDP_OK)
        status = cdp_allocator_import(allocator, options->allocator);
    if (status == CDP_OK && options->plan->conflict_count > 0 &&
        options->plan->mode == CDP_INSTALL_TRANSACTIONAL)
        status = CDP_ERR_CONFLICT;
    return status;
}

cdp_status cdp_install_new(const cdp_install_apply_options *options, cdp_install **install)
{
    cdp_install_apply_options own;
    cdp_allocator allocator;
    cdp_install *in;
    cdp_fs fs;
    cdp_status status;

    if (!install)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, options);
    if (status == CDP_OK)
        status = check_options(&own, &fs, &allocator);
    if (status != CDP_OK)
        return status;
    in = cdp_allocate(&allocator, sizeof *in);
    if (!in)
        return CDP_ERR_NOMEM;
    init(in, &allocator, &fs);
    status = take_options(in, &own);
    if (status != CDP_OK) {
        cdp_install_free(in);
        return status;
    }
    *install = in;
    return CDP_OK;
}

void cdp_install_free(cdp_install *install)
{
    cdp_allocator allocator;

    if (!install)
        return;
    allocator = install->allocator;
    release(install);
    cdp_release(&allocator, install, sizeof *install);
}

/* ---- running stages ---- */

void cdp_install_begin(cdp_install *in, const cdp_install_stage *stages, cdp_install_state state,
                       cdp_install_state end_state)
{
    in->stages = stages;
    in->stage = 0;
    in->cursor = 0;
    in->state = state;
    in->end_state = end_state;
}

cdp_status cdp_install_failed(cdp_install *in, cdp_status status, const char *operation,
                              cdp_string path)
{
    if (status == CDP_OK || in->error != CDP_OK)
        return status;
    in->error = status;
    in->error_operation = operation;
    cdp_text_clear(&in->error_path);
    cdp_text_put(&in->error_path, path);
    return status;
}

cdp_status cdp_install_tell(cdp_install *in, cdp_string path)
{
    cdp_status status;

    if (!in->on_progress)
        return CDP_OK;
    in->progress.size = sizeof in->progress;
    in->progress.state = in->state;
    in->progress.path = path;
    status = in->on_progress(&in->progress, in->user);
    if (status > CDP_OK)
        status = CDP_ERR_HOST;
    return cdp_install_failed(in, status, go_on, path);
}

/* One piece of the sequence at hand. */
static cdp_status run_piece(cdp_install *in)
{
    cdp_status status;

    in->running = true;
    status = in->stages[in->stage](in);
    in->running = false;
    if (status != CDP_OK)
        return status;
    in->stage++;
    in->cursor = 0;
    if (in->stages[in->stage])
        return CDP_PENDING;
    in->stages = NULL;
    in->state = in->end_state;
    return CDP_OK;
}

/* A failure on the way forward. Before the journal is written nothing was touched. */
static void turn_round(cdp_install *in)
{
    if (in->plan->mode == CDP_INSTALL_COMPATIBLE) {
        in->stages = NULL;
        in->state = CDP_INSTALL_BROKEN;
    } else if (in->stage == 0) {
        in->stages = NULL;
        in->state = CDP_INSTALL_UNDONE;
    } else {
        cdp_install_begin(in, cdp_install_stages_undo, CDP_INSTALL_UNDOING, CDP_INSTALL_UNDONE);
    }
}

static void begin_forward(cdp_install *in)
{
    if (in->plan->mode == CDP_INSTALL_COMPATIBLE)
        cdp_install_begin(in, cdp_install_stages_compatible, CDP_INSTALL_SWAPPING,
                          CDP_INSTALL_KEPT);
    else
        cdp_install_begin(in, cdp_install_stages_forward, CDP_INSTALL_STAGING,
                          CDP_INSTALL_COMMITTED);
}

cdp_status cdp_install_step(cdp_install *install)
{
    cdp_status status;

    if (!install)
        return CDP_ERR_ARGUMENT;
    if (install->running)
        return CDP_ERR_STATE;
    if (install->state == CDP_INSTALL_READY)
        begin_forward(install);
    if (!install->stages)
        return CDP_ERR_STATE;
    status = run_piece(install);
    if (status < CDP_OK && install->state != CDP_INSTALL_UNDOING) {
        if (install->error == CDP_OK)
            install->error = status;
        turn_round(install);
    }
    return status;
}

/* ---- telling what failed ---- */

static cdp_status report_failure(const cdp_install *in, cdp_diagnostic_code code,
                                 cdp_diagnostics *diagnostics)
{
    cdp_report report = {.code = code};
    cdp_text words;
    cdp_status status;

    cdp_text_init(&words, &in->allocator);
    /* What the host's progress answered is none of its file system's errors. */
    if (in->error == CDP_ERR_CANCELLED || in->error_operation == go_on)
        cdp_text_put_c(&words, cdp_status_message(in->error));
    else
        cdp_fs_describe_error(&in->fs, in->error, &words);
    report.arguments[0] = cdp_string_of(in->error_operation ? in->error_operation : go_on);
    report.arguments[1] = cdp_text_string(&in->error_path);
    report.arguments[2] = cdp_text_string(&words);
    status = cdp_diagnostics_report(diagnostics, &report);
    cdp_text_release(&words);
    return status;
}

static cdp_status report_damage(cdp_install *in, cdp_diagnostics *diagnostics)
{
    cdp_report report = {.code = CDP_DIAGNOSTIC_INSTALL_JOURNAL_DAMAGED};
    cdp_string name;

    cdp_journal_put_file(&in->journal, "-journal", &in->path);
    name = cdp_text_string(&in->path);
    if (cdp_text_status(&in->path) != CDP_OK)
        return CDP_ERR_NOMEM;
    /* Without the slash it is the name that is found among the records. */
    report.arguments[0] = cdp_string_slice(name.data + 1, name.length - 1);
    report.arguments[1] = cdp_string_of(cdp_status_message(CDP_ERR_CORRUPT));
    return cdp_diagnostics_report(diagnostics, &report);
}

/* Runs a sequence to its end, or to its first error. */
static cdp_status run(cdp_install *in, cdp_diagnostics *diagnostics)
{
    cdp_status status = CDP_PENDING;

    in->error = CDP_OK;
    while (status == CDP_PENDING)
        status = run_piece(in);
    if (status != CDP_OK) {
        if (in->error == CDP_OK)
            in->error = status;
        (void)report_failure(in, CDP_DIAGNOSTIC_INSTALL_UNFINISHED, diagnostics);
    }
    return status;
}

cdp_status cdp_install_apply(cdp_install *install, cdp_diagnostics *diagnostics)
{
    cdp_status status = CDP_PENDING;

    if (!install)
        return CDP_ERR_ARGUMENT;
    if (install->running || (install->state != CDP_INSTALL_READY && !install->stages))
        return CDP_ERR_STATE;
    while (status == CDP_PENDING && install->state != CDP_INSTALL_UNDOING)
        status = cdp_install_step(install);
    if (status == CDP_OK)
        return CDP_OK;
    status = install->error;
    (void)report_failure(install, CDP_DIAGNOSTIC_INSTALL_FAILED, diagnostics);
    if (install->state == CDP_INSTALL_UNDOING) {
        (void)run(install, diagnostics);
        install->error = status;
    }
    return status;
}

static cdp_status end(cdp_install *install, cdp_diagnostics *diagnostics,
                      const cdp_install_stage *stages, cdp_install_state state,
                      cdp_install_state end_state)
{
    if (!install)
        return CDP_ERR_ARGUMENT;
    if (install->running)
        return CDP_ERR_STATE;
    /* Again after an error: every piece looks first whether it is done already. */
    if (install->stages ? install->end_state != end_state : install->state != CDP_INSTALL_COMMITTED)
        return CDP_ERR_STATE;
    cdp_install_begin(install, stages, state, end_state);
    return run(install, diagnostics);
}

cdp_status cdp_install_keep(cdp_install *install, cdp_diagnostics *diagnostics)
{
    /* The official order keeps nothing that could go. */
    if (install && install->state == CDP_INSTALL_KEPT && install->plan &&
        install->plan->mode == CDP_INSTALL_COMPATIBLE)
        return CDP_OK;
    return end(install, diagnostics, cdp_install_stages_keep, CDP_INSTALL_COMMITTED,
               CDP_INSTALL_KEPT);
}

cdp_status cdp_install_revert(cdp_install *install, cdp_diagnostics *diagnostics)
{
    return end(install, diagnostics, cdp_install_stages_undo, CDP_INSTALL_UNDOING,
               CDP_INSTALL_UNDONE);
}

cdp_install_state cdp_install_state_of(const cdp_install *install)
{
    return install ? install->state : CDP_INSTALL_READY;
}

cdp_status cdp_install_progress_of(const cdp_install *install, cdp_install_progress *progress)
{
    cdp_install_progress own;

    if (!install)
        return CDP_ERR_ARGUMENT;
    own = install->progress;
    own.size = sizeof own;
    own.state = install->state;
    own.path = cdp_text_string(&install->path);
    return cdp_sized_write(progress, &own, sizeof own);
}

/* ---- recovery ---- */

static bool goes_forward(cdp_journal_phase phase, cdp_install_choice choice)
{
    return phase == CDP_PHASE_KEEPING ||
           (phase == CDP_PHASE_COMMITTED && choice == CDP_INSTALL_CHOOSE_KEEP);
}

static cdp_status recover(cdp_install *in, cdp_install_choice choice, cdp_diagnostics *diagnostics,
                          cdp_install_outcome *outcome)
{
    const bool forward = goes_forward(in->journal.phase, choice);
    const cdp_report report = {.code = CDP_DIAGNOSTIC_INSTALL_RECOVERED,
                               .arguments = {in->journal.id, in->journal.group,
                                             forward ? CDP_STR("the new files are in place")
                                                     : CDP_STR("the old files are back")}};
    cdp_status status;

    if (forward)
        cdp_install_begin(in, cdp_install_stages_keep, CDP_INSTALL_COMMITTED, CDP_INSTALL_KEPT);
    else
        cdp_install_begin(in, cdp_install_stages_undo, CDP_INSTALL_UNDOING, CDP_INSTALL_UNDONE);
    status = run(in, diagnostics);
    if (status != CDP_OK)
        return status;
    *outcome = forward ? CDP_INSTALL_RECOVERED_NEW : CDP_INSTALL_RECOVERED_OLD;
    return cdp_diagnostics_report(diagnostics, &report);
}

cdp_status cdp_install_recover(const cdp_allocator *allocator, const cdp_fs *fs, cdp_string group,
                               cdp_install_choice choice, cdp_diagnostics *diagnostics,
                               cdp_install_outcome *outcome)
{
    cdp_install_outcome found = CDP_INSTALL_NOTHING_TO_RECOVER;
    cdp_allocator own_allocator;
    cdp_fs own_fs;
    cdp_install in;
    cdp_status status;

    if (!fs || !is_name(group))
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&own_allocator, allocator);
    if (status == CDP_OK)
        status = cdp_fs_import(&own_fs, fs);
    if (status != CDP_OK)
        return status;
    init(&in, &own_allocator, &own_fs);
    in.journal.group = group;
    status = cdp_journal_load(&in.journal, &in.fs);
    if (status == CDP_OK && !in.journal.is_phase_known)
        status = cdp_install_find_phase(&in, choice);
    if (status == CDP_OK) {
        status = recover(&in, choice, diagnostics, &found);
    } else if (status == CDP_ERR_NOT_FOUND) {
        /* Perhaps the word of a phase, if the journal's end was cut off. */
        status = cdp_journal_remove(&in.journal, &in.fs);
    } else if (status == CDP_ERR_CORRUPT) {
        (void)report_damage(&in, diagnostics);
    } else {
        cdp_install_failed(&in, status, "read the journal of", group);
        (void)report_failure(&in, CDP_DIAGNOSTIC_INSTALL_UNFINISHED, diagnostics);
    }
    release(&in);
    if (status == CDP_OK && outcome)
        *outcome = found;
    return status;
}
