/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_DEPLOYMENT_H
#define CDP_POSIX_DEPLOYMENT_H

#include <codedeploy/lifecycle.h>
#include <codedeploy-posix/deployment.h>
#include <codedeploy-posix/files.h>
#include <codedeploy-posix/script.h>

#include "layout.h"

struct cdp_posix_deployment {
    char *id;
    char *directory;
    int succeeded;
    char *failed_event;
    char *failed_script;
    char *message;
    char *log_tail;
    int error_code;
    cdp_posix_deployment *rollback;
};

/* One deployment on its way. */
typedef struct px_run {
    const cdp_posix_deploy_options *options;
    cdp_diagnostics *diagnostics;
    const px_layout *layout;
    cdp_posix_deployment *result;
    px_record record;

    char *archive;  /* ROOT/GROUP/ID/deployment-archive */
    char *unpacked; /* where the bundle lies until DownloadBundle: `archive`.unpacked */
    bool downloaded;
    char *last_successful; /* the directory of that deployment, or NULL */

    cdp_appspec *appspec;
    cdp_lifecycle_plan *plan;
    cdp_posix_log *log;

    cdp_posix_files *files;
    cdp_fs fs;
    cdp_install_plan *install_plan;
    cdp_install *install;

    cdp_string event; /* the one at hand */
    int held_descriptor;
} px_run;

cdp_status px_tell(px_run *run, const cdp_posix_news *news);
/* Notes the first thing that failed, in words. */
void px_note_failure(px_run *run, int code, const char *script, const char *message);
/* The same, in the words of the last error among the diagnostics. */
void px_note_diagnostics(px_run *run, size_t from, const char *otherwise);
void px_system_failure(px_run *run, int error, const char *operation, const char *path);

/* deployment_hooks.c: reads the AppSpec of an unpacked revision; runs an event's scripts. */
cdp_status px_read_appspec(px_run *run, const char *folder, cdp_appspec **appspec);
cdp_status px_run_scripts(px_run *run, size_t event_index);

/* deployment_install.c */
cdp_status px_open_files(px_run *run, const char *revision);
/* Plans the install of what lies in `folder` and refuses conflicts. */
cdp_status px_check_install(px_run *run, const char *folder);
cdp_status px_install(px_run *run);
cdp_status px_revert(px_run *run);
cdp_status px_keep(px_run *run);

#endif
