/* SPDX-License-Identifier: MIT */
#include "bundle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"

enum { BEFORE_PERMISSIONS = 512, PERMISSION = 256, PACKAGES_A_MODULE = 20 };

static cdp_string text(const char *c)
{
    return (cdp_string){c, strlen(c)};
}

static char *make_text(const char *source, const char *destination, unsigned permissions)
{
    char *yaml = malloc(BEFORE_PERMISSIONS + (size_t)permissions * PERMISSION);
    size_t length;

    if (!yaml)
        return NULL;
    length = (size_t)snprintf(yaml, BEFORE_PERMISSIONS,
                              "version: 0.0\nos: linux\nfiles:\n  - source: %.100s\n"
                              "    destination: %.100s\n%s",
                              source, destination, permissions ? "permissions:\n" : "");
    for (unsigned i = 0; i < permissions; i++)
        length += (size_t)snprintf(yaml + length, PERMISSION,
                                   "  - object: %.100s/mod%03u/pkg%04u\n    pattern: \"**\"\n"
                                   "    mode: \"0640\"\n    type: [file]\n",
                                   destination, i / PACKAGES_A_MODULE, i);
    return yaml;
}

bool bundle_write_appspec(const char *path, const char *source, const char *destination,
                          unsigned permissions)
{
    char *yaml = make_text(source, destination, permissions);
    bool done = yaml && scratch_make_file(path, yaml, strlen(yaml));

    free(yaml);
    return done;
}

/* ---- telling ---- */

static bool tell(cdp_diagnostics *diagnostics, const char *deed, cdp_status status)
{
    if (status == CDP_OK)
        return true;
    printf("%s: %s\n", deed, cdp_status_message(status));
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics) && i < 5; i++) {
        cdp_diagnostic found = {.size = sizeof found};

        if (cdp_diagnostics_at(diagnostics, i, &found) == CDP_OK)
            printf("  %.*s\n", (int)found.message.length, found.message.data);
    }
    return false;
}

cdp_appspec *bundle_appspec(const char *source, const char *destination, unsigned permissions)
{
    const cdp_appspec_options options = {.size = sizeof options, .platform = CDP_PLATFORM_SERVER};
    char *yaml = make_text(source, destination, permissions);
    cdp_diagnostics *diagnostics = NULL;
    cdp_appspec *appspec = NULL;
    cdp_status status = cdp_diagnostics_new(NULL, NULL, &diagnostics);

    if (status == CDP_OK)
        status = yaml ? cdp_appspec_parse(yaml, strlen(yaml), &options, diagnostics, &appspec)
                      : CDP_ERR_NOMEM;
    if (!tell(diagnostics, "reading the AppSpec", status))
        appspec = NULL;
    cdp_diagnostics_free(diagnostics);
    free(yaml);
    return appspec;
}

/* ---- planning and installing ---- */

/* The instructions in their official form, in pieces that are used and forgotten. */
static cdp_status write_instructions(const cdp_install_plan *plan)
{
    enum { ENOUGH = 60000 };
    cdp_text *piece = NULL;
    size_t position = 0;
    cdp_status status = cdp_text_new(NULL, &piece);

    if (status == CDP_OK)
        status = CDP_PENDING;
    while (status == CDP_PENDING) {
        cdp_text_clear(piece);
        status =
            cdp_install_plan_write_piece(plan, CDP_INSTALL_FORM_JSON, ENOUGH, &position, piece);
    }
    cdp_text_free(piece);
    return status;
}

cdp_install_plan *bundle_plan(const bundle *self, const cdp_fs *fs, size_t *instructions)
{
    const cdp_install_options options = {.size = sizeof options,
                                         .appspec = self->appspec,
                                         .fs = fs,
                                         .revision_directory = text(self->revision)};
    cdp_diagnostics *diagnostics = NULL;
    cdp_install_plan *plan = NULL;
    cdp_status status = cdp_diagnostics_new(NULL, NULL, &diagnostics);

    if (status == CDP_OK)
        status = cdp_install_plan_new(&options, diagnostics, &plan);
    if (status == CDP_OK && cdp_install_plan_conflict_count(plan) > 0)
        status = CDP_ERR_CONFLICT;
    if (status == CDP_OK)
        status = write_instructions(plan);
    if (!tell(diagnostics, "planning", status)) {
        cdp_install_plan_free(plan);
        plan = NULL;
    }
    cdp_diagnostics_free(diagnostics);
    if (plan && instructions)
        *instructions = cdp_install_plan_instruction_count(plan);
    return plan;
}

static cdp_posix_files *open_files(const bundle *self, cdp_fs *fs)
{
    const cdp_posix_files_options options = {.size = sizeof options,
                                             .revision = text(self->revision),
                                             .destination = text(self->destination),
                                             .state = text(self->state),
                                             .sync = self->durability == CDP_INSTALL_VOLATILE
                                                         ? CDP_POSIX_SYNC_NONE
                                                         : CDP_POSIX_SYNC_FULL};
    cdp_posix_files *files = NULL;
    cdp_status status = cdp_posix_files_new(&options, NULL, &files);

    *fs = (cdp_fs){.size = sizeof *fs};
    if (status == CDP_OK)
        status = cdp_posix_files_callbacks(files, fs);
    if (status != CDP_OK) {
        printf("opening the directories: %s\n", cdp_status_message(status));
        cdp_posix_files_free(files);
        files = NULL;
    }
    return files;
}

bool bundle_only_plan(const bundle *self, size_t *instructions)
{
    cdp_fs fs;
    cdp_posix_files *files = open_files(self, &fs);
    cdp_install_plan *plan = files ? bundle_plan(self, &fs, instructions) : NULL;
    bool done = plan != NULL;

    cdp_install_plan_free(plan);
    cdp_posix_files_free(files);
    return done;
}

static bool apply(const bundle *self, const cdp_fs *fs, const cdp_install_plan *plan)
{
    const cdp_install_apply_options options = {.size = sizeof options,
                                               .plan = plan,
                                               .fs = fs,
                                               .group = text("bench"),
                                               .id = text("d-BENCH"),
                                               .durability = self->durability};
    cdp_diagnostics *diagnostics = NULL;
    cdp_install *install = NULL;
    cdp_status status = cdp_diagnostics_new(NULL, NULL, &diagnostics);
    bool done;

    if (status == CDP_OK)
        status = cdp_install_new(&options, &install);
    if (status == CDP_OK)
        status = cdp_install_apply(install, diagnostics);
    if (status == CDP_OK)
        status = cdp_install_keep(install, diagnostics);
    done = tell(diagnostics, "installing", status);
    cdp_install_free(install);
    cdp_diagnostics_free(diagnostics);
    return done;
}

bool bundle_install(const bundle *self)
{
    cdp_fs fs;
    cdp_posix_files *files = open_files(self, &fs);
    cdp_install_plan *plan = files ? bundle_plan(self, &fs, NULL) : NULL;
    bool done = plan && apply(self, &fs, plan);

    cdp_install_plan_free(plan);
    cdp_posix_files_free(files);
    return done;
}
