/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_DEPLOYMENT_H
#define CDP_POSIX_DEPLOYMENT_H

#include <codedeploy/lifecycle.h>
#include <codedeploy-posix/deployment.h>
#include <codedeploy-posix/files.h>
#include <codedeploy-posix/script.h>

#include "files.h"
#include "layout.h"
#include "location.h"

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

/* What was asked for, read and completed; strings that had to be made are its own. */
typedef struct px_order {
    cdp_posix_deploy_options asked;
    cdp_posix_deploy_options options;
    px_layout layout;
    char *destination;    /* absolute; NULL for "/" */
    const char *stand_in; /* an empty directory in its place, for looking at what is not there */
    const char *creator;  /* static text */
    char *revision_of;    /* the deployment whose revision is deployed again */
    px_record origin;     /* what that deployment's record says */
    cdp_string *events;   /* of that record */
    int held_descriptor;  /* the lock */
} px_order;

cdp_status px_order_read(px_order *order, const cdp_posix_deploy_options *given);
void px_order_release(px_order *order);
/* Makes it the order for deploying an earlier deployment's revision again, with that deployment's
 * own settings. `archive` outlives the order. */
cdp_status px_order_again(px_order *order, const char *id, const char *archive);

/* One deployment on its way. */
typedef struct px_run {
    const px_order *order;
    const cdp_posix_deploy_options *options; /* the order's */
    const px_layout *layout;                 /* the order's */
    cdp_diagnostics *diagnostics;
    cdp_posix_deployment *result;
    px_record record;
    px_location location;
    cdp_status cancelled; /* what the host's callback answered, when it was not CDP_OK */
    bool is_ending;

    char *archive;  /* ROOT/GROUP/ID/deployment-archive */
    char *kept;     /* ROOT/GROUP/ID/bundle.tar */
    char *unpacked; /* where the bundle lies until DownloadBundle: `archive`.unpacked */
    bool downloaded;
    char *last_successful; /* the directory of that deployment, or NULL */

    cdp_appspec *appspec;
    cdp_lifecycle_plan *plan;
    cdp_posix_log *log;

    cdp_posix_files *files;
    cdp_fs fs;
    cdp_install_plan *install_plan;
    bool ran_a_script; /* which may have changed what was planned for */
    cdp_install *install;

    cdp_string event; /* the one at hand */
} px_run;

cdp_posix_deployment *px_new_deployment(cdp_string id);
/* Milliseconds since 1970. */
int64_t px_wall_ms(void);

/* Deploys under the lock, and then, after a failure, the last good revision again. */
cdp_status px_deploy(px_order *order, cdp_diagnostics *diagnostics,
                     cdp_posix_deployment **deployment);

/* deployment_enter.c: the lock, and behind it a host that is whole. The order's lock is to be
 * released when it succeeds. */
cdp_status px_enter(px_order *order, const char *id, cdp_diagnostics *diagnostics, px_lock *lock,
                    cdp_install_outcome *outcome);

cdp_status px_tell(px_run *run, const cdp_posix_news *news);
/* For longer work: asks whether to go on. */
cdp_status px_tell_waiting(px_run *run);
/* Notes the first thing that failed, in words. */
void px_note_failure(px_run *run, int code, const char *script, const char *message);
/* The same, in the words of the last error among the diagnostics. */
void px_note_diagnostics(px_run *run, size_t from, const char *otherwise);
void px_system_failure(px_run *run, int error, const char *operation, const char *path);

/* Fetches the bundle, if need be to `kept`, and unpacks it to `unpacked`. */
cdp_status px_unpack(px_run *run);
void px_run_release(px_run *run);
/* The order of events; refuses hooks that are none of them. */
cdp_status px_order_events(px_run *run);

/* deployment_hooks.c: reads the AppSpec of an unpacked revision; runs an event's scripts. */
cdp_status px_read_appspec(px_run *run, const char *folder, cdp_appspec **appspec);
cdp_status px_run_scripts(px_run *run, size_t event_index);

/* deployment_install.c: the files, opened for the order; `revision` may be NULL. */
cdp_status px_open_files(const px_order *order, const char *revision, cdp_diagnostics *diagnostics,
                         cdp_posix_files **files, cdp_fs *fs);
/* Plans the install of the revision that is open. */
cdp_status px_plan_install(px_run *run, bool measure);
/* Opens the revision in `folder`, plans its install and refuses conflicts. */
cdp_status px_check_install(px_run *run, const char *folder);
/* own_folder.c: whether the plan reaches into the agent's own folder. */
cdp_status px_check_own_folder(px_run *run);
cdp_status px_install(px_run *run);
cdp_status px_revert(px_run *run);
cdp_status px_keep(px_run *run);

#endif
