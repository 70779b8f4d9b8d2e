/* SPDX-License-Identifier: MIT */
/* What a deployment would do, found out without touching anything. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "deployment.h"
#include "tree.h"

struct cdp_posix_preview {
    px_order order;
    px_run run;
    char *temporary; /* a new directory of ours, to be removed */
    char *stand_in;  /* likewise, empty: in place of a destination that is not there */
    char *directory; /* the revision */
};

static char *make_temporary(px_run *run)
{
    const char *folder = getenv("TMPDIR");
    px_buffer path = {0};

    px_put_format(&path, "%s/codedeploy.XXXXXX", folder && *folder ? folder : "/tmp");
    if (!px_c_string(&path) || !mkdtemp(path.data)) {
        px_system_failure(run, errno, "make", path.data ? path.data : "a directory");
        px_buffer_release(&path);
    }
    return path.data;
}

/* ---- the revision ---- */

static bool names_appspec(const char *name)
{
    static const char word[] = "appspec";

    for (; *name; name++) {
        if (strncasecmp(name, word, sizeof word - 1) == 0)
            return true;
    }
    return false;
}

/* The only entry of a directory, to be freed; NULL when there are more, or none, or no memory. */
static char *only_entry(const char *directory, bool *has_appspec)
{
    DIR *folder = opendir(directory);
    const struct dirent *entry;
    char *only = NULL;
    size_t count = 0;

    *has_appspec = false;
    while (folder && (entry = readdir(folder))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        *has_appspec = *has_appspec || names_appspec(entry->d_name);
        if (++count == 1)
            only = strdup(entry->d_name);
    }
    if (folder)
        closedir(folder);
    if (count == 1)
        return only;
    free(only);
    return NULL;
}

/* As unpacking does it: a single directory with an AppSpec in it is the revision. */
static cdp_status go_into_single(cdp_posix_preview *preview)
{
    bool has_appspec;
    char *name = only_entry(preview->directory, &has_appspec);
    px_buffer inner = {0};
    char *inside = NULL;

    if (!name || has_appspec) {
        free(name);
        return CDP_OK;
    }
    px_put_format(&inner, "%s/%s", preview->directory, name);
    free(name);
    if (!px_c_string(&inner)) {
        px_buffer_release(&inner);
        return CDP_ERR_NOMEM;
    }
    inside = only_entry(inner.data, &has_appspec);
    free(inside);
    if (!has_appspec) {
        px_buffer_release(&inner);
        return CDP_OK;
    }
    free(preview->directory);
    preview->directory = inner.data;
    return CDP_OK;
}

static cdp_status unpack(cdp_posix_preview *preview)
{
    px_run *run = &preview->run;
    px_buffer path = {0};
    cdp_status status;

    preview->temporary = make_temporary(run);
    if (!preview->temporary)
        return CDP_ERR_IO;
    px_put_format(&path, "%s/revision", preview->temporary);
    run->unpacked = px_c_string(&path) ? path.data : NULL;
    path = (px_buffer){0};
    px_put_format(&path, "%s/bundle", preview->temporary);
    run->kept = px_c_string(&path) ? path.data : NULL;
    if (!run->unpacked || !run->kept)
        return CDP_ERR_NOMEM;
    status = px_unpack(run);
    preview->directory = strdup(run->unpacked);
    return status == CDP_OK && !preview->directory ? CDP_ERR_NOMEM : status;
}

static cdp_status find_revision(cdp_posix_preview *preview)
{
    px_run *run = &preview->run;
    cdp_status status = px_location_read(&run->location, run->options->bundle,
                                         run->options->bundle_type, run->diagnostics);

    run->record.bundle = px_copy(run->options->bundle);
    if (status != CDP_OK)
        return status;
    if (run->location.is_remote || run->location.type != CDP_POSIX_BUNDLE_DIRECTORY)
        return unpack(preview);
    preview->directory = realpath(run->location.path, NULL);
    if (!preview->directory) {
        int error = errno;
        px_error_text words;

        px_report(run->diagnostics, CDP_DIAGNOSTIC_BUNDLE_MISSING, run->location.path,
                  px_describe(error, &words), NULL);
        return px_status_of(error);
    }
    return go_into_single(preview);
}

/* ---- the plan ---- */

static cdp_status look(cdp_posix_preview *preview)
{
    px_run *run = &preview->run;
    const char *destination = preview->order.destination;
    cdp_status status = find_revision(preview);

    if (status == CDP_OK)
        status = px_read_appspec(run, preview->directory, &run->appspec);
    if (status == CDP_OK)
        status = px_order_events(run);
    if (status != CDP_OK)
        return status;
    run->archive = strdup(preview->directory);
    if (!run->archive)
        return CDP_ERR_NOMEM;
    if (destination && access(destination, F_OK) != 0 && errno == ENOENT) {
        preview->stand_in = make_temporary(run);
        preview->order.stand_in = preview->stand_in;
        if (!preview->stand_in)
            return CDP_ERR_IO;
    }
    status =
        px_open_files(&preview->order, preview->directory, run->diagnostics, &run->files, &run->fs);
    return status == CDP_OK ? px_plan_install(run, false) : status;
}

cdp_status cdp_posix_preview_new(const cdp_posix_deploy_options *options,
                                 cdp_diagnostics *diagnostics, cdp_posix_preview **preview)
{
    cdp_posix_preview *made;
    cdp_status status;

    if (!preview)
        return CDP_ERR_ARGUMENT;
    made = calloc(1, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    status = px_order_read(&made->order, options);
    if (status == CDP_OK &&
        (!px_is_text(made->order.options.bundle) || made->order.options.bundle.length == 0))
        status = CDP_ERR_ARGUMENT;
    made->run = (px_run){.order = &made->order,
                         .options = &made->order.options,
                         .layout = &made->order.layout,
                         .diagnostics = diagnostics,
                         .result = px_new_deployment(px_string("preview"))};
    if (status == CDP_OK)
        status = made->run.result ? look(made) : CDP_ERR_NOMEM;
    if (status != CDP_OK) {
        cdp_posix_preview_free(made);
        return status;
    }
    *preview = made;
    return CDP_OK;
}

void cdp_posix_preview_free(cdp_posix_preview *preview)
{
    if (!preview)
        return;
    cdp_posix_deployment_free(preview->run.result);
    px_run_release(&preview->run);
    px_order_release(&preview->order);
    if (preview->temporary)
        (void)px_remove_tree(AT_FDCWD, preview->temporary);
    if (preview->stand_in)
        (void)px_remove_tree(AT_FDCWD, preview->stand_in);
    free(preview->temporary);
    free(preview->stand_in);
    free(preview->directory);
    free(preview);
}

const cdp_lifecycle_plan *cdp_posix_preview_events(const cdp_posix_preview *preview)
{
    return preview ? preview->run.plan : NULL;
}

const cdp_install_plan *cdp_posix_preview_install(const cdp_posix_preview *preview)
{
    return preview ? preview->run.install_plan : NULL;
}

cdp_string cdp_posix_preview_directory(const cdp_posix_preview *preview)
{
    return preview ? px_string(preview->directory) : (cdp_string){NULL, 0};
}
