/* SPDX-License-Identifier: MIT */
/* What is installed into the agent's own folder would break its records, or be pruned. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "deployment.h"

static bool is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* The path with links followed as far as it is there; to be freed; NULL without memory. */
static char *resolve(const char *path)
{
    char *text = strdup(path);
    size_t length = text ? strlen(text) : 0;
    px_buffer whole = {0};
    char *real = NULL;

    while (text && !(real = realpath(length ? text : "/", NULL))) {
        if (length == 0 || errno == ENOMEM)
            break;
        while (length > 0 && text[length - 1] != '/')
            length--;
        length -= length > 0;
        text[length] = '\0';
    }
    if (real) {
        px_put_c(&whole, strcmp(real, "/") == 0 ? "" : real);
        px_put_c(&whole, path + length);
        (void)px_c_string(&whole);
    }
    free(real);
    free(text);
    return whole.data;
}

static cdp_status refuse(px_run *run, const char *path, const char *folder)
{
    bool is_compatible = run->options->mode == CDP_INSTALL_COMPATIBLE;

    px_report(run->diagnostics,
              is_compatible ? CDP_DIAGNOSTIC_DEPLOYMENT_OWN_FOLDER_USED
                            : CDP_DIAGNOSTIC_DEPLOYMENT_OWN_FOLDER,
              path, folder, NULL);
    return is_compatible ? CDP_OK : CDP_ERR_CONFLICT;
}

/* Of a directory that the agent's folder lies in, what is poured may reach into it. */
static cdp_status check_instructions(px_run *run, const char *folder)
{
    size_t count = cdp_install_plan_instruction_count(run->install_plan);
    cdp_status status = CDP_OK;
    cdp_text *paths;

    if (cdp_text_new(NULL, &paths) != CDP_OK)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < count && status == CDP_OK; i++) {
        cdp_install_instruction found = {.size = sizeof found};
        char *path;

        if (cdp_install_plan_instruction_at(run->install_plan, i, paths, &found) != CDP_OK ||
            (found.type != CDP_INSTALL_COPY && found.type != CDP_INSTALL_MKDIR))
            continue;
        path = px_copy(found.path);
        if (path && is_below(path, folder))
            status = refuse(run, path, folder);
        free(path);
    }
    cdp_text_free(paths);
    return status;
}

/* Where an entry's destination really is; NULL for one that is no absolute path, or no memory. */
static char *find_destination(const px_run *run, size_t index)
{
    cdp_appspec_file file = {.size = sizeof file};
    px_buffer whole = {0};
    char *normal;
    char *real;

    if (cdp_appspec_file_at(run->appspec, index, &file) != CDP_OK ||
        !px_is_text(file.destination) || file.destination.data[0] != '/')
        return NULL;
    px_put_c(&whole, run->order->destination ? run->order->destination : "");
    px_put_string(&whole, file.destination);
    normal = px_c_string(&whole) ? px_absolute((cdp_string){whole.data, whole.length}) : NULL;
    real = normal ? resolve(normal) : NULL;
    px_buffer_release(&whole);
    free(normal);
    return real;
}

static cdp_status check_folder(px_run *run, const char *folder)
{
    char *own = resolve(folder);
    bool is_above = false;
    cdp_status status = own ? CDP_OK : CDP_ERR_NOMEM;

    for (size_t i = 0; i < cdp_appspec_file_count(run->appspec) && status == CDP_OK; i++) {
        char *real = find_destination(run, i);

        if (real && is_below(real, own))
            status = refuse(run, real, folder);
        else if (real && is_below(own, strcmp(real, "/") == 0 ? "" : real))
            is_above = true;
        free(real);
    }
    free(own);
    return status == CDP_OK && is_above ? check_instructions(run, folder) : status;
}

cdp_status px_check_own_folder(px_run *run)
{
    const px_layout *layout = run->layout;
    const char *const parts[] = {layout->state, layout->logs, layout->group_folder};
    cdp_status status = CDP_OK;

    /* Whoever keeps records and destinations in one directory means to. */
    if (!run->order->destination || !is_below(run->order->destination, layout->root))
        return check_folder(run, layout->root);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == CDP_OK; i++)
        status = check_folder(run, parts[i]);
    return status;
}
