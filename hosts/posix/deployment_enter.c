/* SPDX-License-Identifier: MIT */
/* Before a deployment: the lock of its group, and what a crash left of the one before. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "deployment.h"
#include "tree.h"

static void report(cdp_diagnostics *diagnostics, int error, const char *operation, const char *path)
{
    px_error_text words;

    px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_SYSTEM, operation, path,
              px_describe(error, &words), NULL);
}

/* ---- the lock ---- */

static cdp_status take_lock(const px_layout *layout, const char *id, cdp_diagnostics *diagnostics,
                            px_lock *lock)
{
    char *holder = NULL;
    int error = px_layout_make(layout);
    cdp_status status;

    lock->fd = -1;
    if (error != 0) {
        report(diagnostics, error, "make", layout->root);
        return px_status_of(error);
    }
    status = px_lock_take(lock, layout, id, &holder);
    error = errno;
    if (status == CDP_ERR_BUSY) {
        if (holder)
            holder[strcspn(holder, "\n")] = '\0';
        px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_RUNNING, layout->group,
                  holder && *holder ? holder : "another process", NULL);
    } else if (status == CDP_ERR_IO) {
        report(diagnostics, error, "lock", layout->state);
        status = px_status_of(error);
    }
    free(holder);
    return status;
}

/* ---- the deployment that was cut off ---- */

/* The newest record that is still in progress, whose process is no more: we have its lock. Older
 * ones are of no account to the files. */
static bool find_cut_off(const px_layout *layout, px_record *found)
{
    DIR *folder = opendir(layout->group_folder);
    const struct dirent *entry;

    *found = (px_record){0};
    while (folder && (entry = readdir(folder))) {
        px_record record;

        if (entry->d_name[0] == '.' || !px_record_read(layout, entry->d_name, &record))
            continue;
        /* A record that was copied or renamed is not one of this directory. */
        if (strcmp(record.status, "InProgress") == 0 && strcmp(record.id, entry->d_name) == 0 &&
            (!found->id || px_record_compare(&record, found) > 0)) {
            px_record_release(found);
            *found = record;
        } else {
            px_record_release(&record);
        }
    }
    if (folder)
        closedir(folder);
    return found->id != NULL;
}

/* Files of one root must not be looked for below another: they would seem to be gone. */
static cdp_status check_destination(const px_order *order, const px_record *cut_off,
                                    cdp_diagnostics *diagnostics)
{
    const char *theirs = cut_off->destination ? cut_off->destination : "/";
    const char *ours = order->destination ? order->destination : "/";
    char *journal;
    bool waits;

    if (strcmp(theirs, ours) == 0)
        return CDP_OK;
    journal = px_layout_state_path(&order->layout, "-journal");
    waits = !journal || access(journal, F_OK) == 0;
    free(journal);
    if (!waits)
        return CDP_OK;
    px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_OTHER_DESTINATION, cut_off->id,
              order->layout.group, theirs, ours, NULL);
    return CDP_ERR_CONFLICT;
}

static void remove_left_over(const px_layout *layout, const char *id)
{
    static const char *const names[] = {"deployment-archive.unpacked",
                                        "deployment-archive.unpacked.partial"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = px_layout_path(layout, id, names[i]);

        if (path)
            (void)px_remove_tree(AT_FDCWD, path);
        free(path);
    }
}

static bool set(char **member, const char *text)
{
    free(*member);
    *member = strdup(text);
    return *member != NULL;
}

/* Says in its record how it ended. */
static int finish_record(const px_layout *layout, px_record *cut_off, bool has_succeeded,
                         cdp_install_outcome outcome, cdp_diagnostics *diagnostics)
{
    /* The official order keeps nothing that could be put back. */
    const char *words = has_succeeded                          ? "it had succeeded"
                        : outcome == CDP_INSTALL_RECOVERED_OLD ? "the old files are back"
                        : cut_off->mode                        ? "its files are as it left them"
                                                               : "the old files are in place";
    px_buffer message = {0};
    int error = ENOMEM;

    px_put_format(&message, "Its process ended without a word; %s.", words);
    if (px_c_string(&message) && set(&cut_off->status, has_succeeded ? "Succeeded" : "Failed") &&
        (has_succeeded || set(&cut_off->message, message.data))) {
        cut_off->completed = px_wall_ms();
        error = px_record_write(layout, cut_off);
    }
    px_buffer_release(&message);
    px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_CUT_OFF, cut_off->id, words, NULL);
    return error;
}

static cdp_status finish_cut_off(const px_order *order, px_record *cut_off, bool has_succeeded,
                                 cdp_install_outcome outcome, cdp_diagnostics *diagnostics)
{
    const px_layout *layout = &order->layout;
    char *directory = px_layout_path(layout, cut_off->id, NULL);
    int error = directory ? 0 : ENOMEM;

    if (error == 0 && has_succeeded)
        error = px_write_mark(layout, "_last_successful_install", directory);
    if (error == 0)
        error = finish_record(layout, cut_off, has_succeeded, outcome, diagnostics);
    if (error == 0)
        remove_left_over(layout, cut_off->id);
    else
        report(diagnostics, error, "finish the record of", cut_off->id);
    free(directory);
    return error == 0 ? CDP_OK : px_status_of(error);
}

static cdp_status recover(const px_order *order, cdp_diagnostics *diagnostics,
                          cdp_install_outcome *outcome)
{
    cdp_install_outcome found = CDP_INSTALL_NOTHING_TO_RECOVER;
    cdp_posix_files *files = NULL;
    cdp_fs fs = {.size = sizeof fs};
    px_record cut_off;
    bool is_cut_off = find_cut_off(&order->layout, &cut_off);
    bool has_succeeded =
        is_cut_off && cut_off.decision && strcmp(cut_off.decision, "Succeeded") == 0;
    cdp_status status = is_cut_off ? check_destination(order, &cut_off, diagnostics) : CDP_OK;

    if (status == CDP_OK)
        status = px_open_files(order, NULL, diagnostics, &files, &fs);
    if (status == CDP_OK)
        status =
            cdp_install_recover(NULL, &fs, px_string(order->layout.group),
                                has_succeeded ? CDP_INSTALL_CHOOSE_KEEP : CDP_INSTALL_CHOOSE_REVERT,
                                diagnostics, &found);
    has_succeeded = has_succeeded || (is_cut_off && found == CDP_INSTALL_RECOVERED_NEW);
    if (status == CDP_OK && is_cut_off)
        status = finish_cut_off(order, &cut_off, has_succeeded, found, diagnostics);
    px_record_release(&cut_off);
    cdp_posix_files_free(files);
    if (status == CDP_OK && outcome)
        *outcome = found;
    return status;
}

cdp_status px_enter(px_order *order, const char *id, cdp_diagnostics *diagnostics, px_lock *lock,
                    cdp_install_outcome *outcome)
{
    cdp_status status = take_lock(&order->layout, id, diagnostics, lock);

    if (status != CDP_OK)
        return status;
    status = recover(order, diagnostics, outcome);
    if (status != CDP_OK)
        px_lock_release(lock);
    return status;
}
