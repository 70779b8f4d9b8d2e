/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_POSIX_DEPLOYMENT_H
#define CODEDEPLOY_POSIX_DEPLOYMENT_H

/**
 * @file
 * A whole deployment on this machine in one call: what `codedeploy local` does.
 *
 * cdp_posix_deploy() takes the group's lock, finishes or undoes what a crash left, unpacks the
 * bundle aside and checks it (AppSpec, order of events, conflicts) before anything runs, then goes
 * through the events: scripts, DownloadBundle, Install. When an event fails, the files of the
 * revision before come back (mode transactional), and the last successful revision is deployed
 * again as a new deployment, unless that is not wanted.
 *
 * **Locations.** A bundle is a path, `file:PATH`, `s3://BUCKET/KEY` (with `?versionId=` and
 * `&etag=`), or `https://...`, of which those of GitHub are known better:
 * `https://github.com/OWNER/REPOSITORY` (with `/tree/REF` or `/commit/REF`) and
 * `https://api.github.com/repos/OWNER/REPOSITORY/(tarball|zipball)/REF`. What is not on this
 * machine is fetched by cdp_posix_deploy_options::fetch. Plain http is refused. (agent.md 5.2)
 *
 * **On disk** it is the official agent's layout (agent.md 1): `ROOT/GROUP/DEPLOYMENT/` with
 * `bundle.tar` (what was fetched, or a link to the archive), `deployment-archive/` and
 * `logs/scripts.log`; `ROOT/deployment-instructions/` with the group's records and marks;
 * `ROOT/deployment-logs/`. Ours are `ROOT/GROUP/DEPLOYMENT/record`, which cdp_posix_history_read()
 * reads, and `ROOT/deployment-instructions/GROUP.lock`.
 *
 * **Scripts** hear of LIFECYCLE_EVENT, DEPLOYMENT_ID, APPLICATION_NAME, DEPLOYMENT_GROUP_NAME and
 * DEPLOYMENT_GROUP_ID, and of where the bundle came from: BUNDLE_BUCKET, BUNDLE_KEY,
 * BUNDLE_VERSION, BUNDLE_ETAG, or BUNDLE_COMMIT. (lifecycle.md 5.11) In a trial, and only then, also of
 * CODEDEPLOY_ROOT: where the root of the destinations is.
 *
 * **After a crash** of the process or the machine cdp_posix_recover(), or the next deployment,
 * makes the files whole: the old ones, unless the deployment had succeeded already. What was cut
 * off is then recorded as such.
 *
 * One difference is on purpose: the mark of the last successful install is written when the whole
 * deployment has succeeded, not when Install has; so the next ApplicationStop runs the script of
 * a revision that worked.
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/install.h>
#include <codedeploy/install_apply.h>
#include <codedeploy/lifecycle.h>
#include <codedeploy/vocabulary.h>

#include <codedeploy-posix/bundle.h>
#include <codedeploy-posix/log.h>
#include <codedeploy-posix/script.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is told while a deployment runs. */
typedef enum cdp_posix_news_kind {
    /** A deployment begins; `text` is its directory. */
    CDP_POSIX_NEWS_BEGUN = 1,
    /** An event begins. */
    CDP_POSIX_NEWS_EVENT_BEGUN = 2,
    /** A line for the log: `log_kind` and `text`. */
    CDP_POSIX_NEWS_LOG = 3,
    /** How far Install is. */
    CDP_POSIX_NEWS_PROGRESS = 4,
    /** An event has ended: `status`; `text` says why when it failed. */
    CDP_POSIX_NEWS_EVENT_ENDED = 5,
    /** The files of the revision before are back after a failure. */
    CDP_POSIX_NEWS_REVERTED = 6,
    /** The deployment has ended: `status`. */
    CDP_POSIX_NEWS_ENDED = 7,
    /** Nothing new: told at least four times a second while a script runs, and now and then while a
     *  bundle is unpacked, so that a deployment can be cancelled. */
    CDP_POSIX_NEWS_WAITING = 8
} cdp_posix_news_kind;

/** One piece of news; lives as long as the callback. */
typedef struct cdp_posix_news {
    /** sizeof(cdp_posix_news), set by the library. */
    size_t size;
    cdp_posix_news_kind kind;
    cdp_posix_log_kind log_kind;
    cdp_string deployment_id;
    /** The lifecycle event at hand; absent outside of events. */
    cdp_string event;
    /** `"Succeeded"`, `"Failed"`, `"Skipped"` or, of a deployment that was cancelled, `"Stopped"`;
     *  absent where nothing has ended. */
    cdp_string status;
    cdp_string text;
    /** #CDP_POSIX_NEWS_PROGRESS only. */
    const cdp_install_progress *progress;
} cdp_posix_news;

/** What an AppSpec may ask for and is refused all the same, to be added up. (Agent 2.x: config/mod.rs) */
typedef enum cdp_posix_refuse {
    /** Modes with a set-id bit (`reject_unsafe_permissions_in_bundle`). */
    CDP_POSIX_REFUSE_SET_ID = 1,
    /** The SELinux types `unconfined_t`, `kernel_t` and `init_t`
     *  (`reject_unconfined_selinux_in_bundle`). */
    CDP_POSIX_REFUSE_UNCONFINED = 2
} cdp_posix_refuse;

/** A bundle to be fetched. */
typedef struct cdp_posix_fetch {
    /** sizeof(cdp_posix_fetch), set by the library. */
    size_t size;
    /** As it was given. */
    cdp_string location;
    /** What the file must be: zip, tar or tgz. */
    cdp_posix_bundle_type type;
    /** The file to write. It does not exist. */
    cdp_string path;
} cdp_posix_fetch;

/** What to deploy, and how. Strings hold no NUL byte; nothing is kept after the call. */
typedef struct cdp_posix_deploy_options {
    /** sizeof(cdp_posix_deploy_options) */
    size_t size;
    /** Where the bundle is. Required. */
    cdp_string bundle;
    /** 0: directory; for a location on GitHub zip. */
    cdp_posix_bundle_type bundle_type;
    cdp_install_mode mode;
    /** Absent: `appspec.yml`, then `appspec.yaml`. */
    cdp_string appspec_filename;
    /** The agent's root directory; absent: `/opt/codedeploy-agent/deployment-root`. */
    cdp_string root_directory;
    /** Where destinations are; absent: `/`. For trials; it must exist. */
    cdp_string destination_root;
    /** Absent: `default-local-deployment-group`. One path component. */
    cdp_string group_id;
    /** Absent: `LocalFleet`. */
    cdp_string group_name;
    /** Absent: the bundle. */
    cdp_string application_name;
    /** Absent: one is made, `d-` and nine letters or digits and `-local`. */
    cdp_string deployment_id;
    /** `--events`; none: the usual order. */
    const cdp_string *events;
    size_t event_count;
    cdp_file_exists_behavior file_exists_behavior;
    cdp_install_durability durability;
    /** How many revisions are kept; 0: 5. */
    uint32_t max_revisions;
    /** 1: no automatic rollback. */
    int no_rollback;
    /** Told what happens; may be NULL. Anything but #CDP_OK cancels the deployment: the script that
     *  runs is ended, the old files come back, its status is `"Stopped"`, and there is no automatic
     *  rollback. */
    cdp_status (*news)(const cdp_posix_news *news, void *user);
    void *user;
    /** Fetches a bundle from another machine; may be NULL: such a bundle is refused. Anything but
     *  #CDP_OK fails the deployment. `user` is that above. */
    cdp_status (*fetch)(const cdp_posix_fetch *what, void *user);
    /** Names the log of all deployments, `NAME-deployments.log`; absent: `codedeploy-agent`. */
    cdp_string program_name;
    /** 1: no such log. */
    int no_deployments_log;
    /** What scripts inherit of this process's environment. */
    cdp_posix_environment script_environment;
    /** Sum of #cdp_posix_bundle_allow. */
    uint32_t bundle_allow;
    /** Bytes of all files of the bundle together; 0: 16 GiB. */
    uint64_t bundle_bytes;
    /** Sum of #cdp_posix_refuse. */
    uint32_t refuse;
    /** 1: the directories that are made below the root directory are closed to other users: records
     *  and logs altogether, revisions to listing (`restrict_agent_dir_permissions`). */
    int private_directories;
    /** 1: copies of many small files overlap, when the process may use more than one processor:
     *  cdp_posix_bundle_options::overlap and cdp_posix_files_options::overlap. No thread is left while
     *  a script is started. */
    int overlap;
    /** 1: progress tells no bytes_total (0), for which every file has to be looked at. */
    int no_bytes_total;
} cdp_posix_deploy_options;

/** What became of a deployment. Immutable. */
typedef struct cdp_posix_deployment cdp_posix_deployment;

/**
 * Deploys.
 *
 * @param diagnostics  gets everything that is wrong, and warnings; may be NULL.
 * @param deployment   gets what became of it, also when it failed, to be freed; NULL when it could
 *                     not begin. May be NULL.
 * @return #CDP_OK when it succeeded; #CDP_ERR_BUSY when another deployment of the group runs
 *         (`deployment-running` names it); #CDP_ERR_INVALID for a bundle or AppSpec that is
 *         refused and for a script that failed; #CDP_ERR_CONFLICT for files in the way;
 *         #CDP_ERR_IO, #CDP_ERR_DENIED, #CDP_ERR_FULL …; what `news` answered; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_posix_deploy(const cdp_posix_deploy_options *options,
                                    cdp_diagnostics *diagnostics,
                                    cdp_posix_deployment **deployment);
CDP_API void cdp_posix_deployment_free(cdp_posix_deployment *deployment);

CDP_API cdp_string cdp_posix_deployment_id(const cdp_posix_deployment *deployment);
/** `ROOT/GROUP/DEPLOYMENT`. */
CDP_API cdp_string cdp_posix_deployment_directory(const cdp_posix_deployment *deployment);
/** 1 when it succeeded. */
CDP_API int cdp_posix_deployment_succeeded(const cdp_posix_deployment *deployment);
/** The event and script that failed; absent when none did. */
CDP_API cdp_string cdp_posix_deployment_failed_event(const cdp_posix_deployment *deployment);
CDP_API cdp_string cdp_posix_deployment_failed_script(const cdp_posix_deployment *deployment);
/** Why, in one sentence, and the last lines of the script's output; absent after success. */
CDP_API cdp_string cdp_posix_deployment_message(const cdp_posix_deployment *deployment);
CDP_API cdp_string cdp_posix_deployment_log_tail(const cdp_posix_deployment *deployment);
/** The agent's code (cdp_posix_script_code); 0 after success. */
CDP_API int cdp_posix_deployment_error_code(const cdp_posix_deployment *deployment);
/** The rollback that followed; NULL when there was none. Belongs to `deployment`. */
CDP_API const cdp_posix_deployment *
cdp_posix_deployment_rollback(const cdp_posix_deployment *deployment);

/** What a deployment would do. Immutable. */
typedef struct cdp_posix_preview cdp_posix_preview;

/**
 * Looks at what cdp_posix_deploy() with these options would do, and touches nothing: no lock is
 * taken, nothing is recovered, and what is there is not changed. An archive is unpacked into a new
 * directory below TMPDIR (or `/tmp`), which is removed again.
 *
 * @param diagnostics  gets everything that is wrong, conflicts too; may be NULL.
 * @param preview      gets it, also when there are conflicts (cdp_install_plan_conflict_count()).
 * @return #CDP_OK; otherwise as cdp_posix_deploy().
 */
CDP_API cdp_status cdp_posix_preview_new(const cdp_posix_deploy_options *options,
                                         cdp_diagnostics *diagnostics, cdp_posix_preview **preview);
CDP_API void cdp_posix_preview_free(cdp_posix_preview *preview);

/** The events that would be gone through. Belongs to the preview. */
CDP_API const cdp_lifecycle_plan *cdp_posix_preview_events(const cdp_posix_preview *preview);

/** What would be installed. Belongs to the preview. */
CDP_API const cdp_install_plan *cdp_posix_preview_install(const cdp_posix_preview *preview);

/** Where the revision was looked at. */
CDP_API cdp_string cdp_posix_preview_directory(const cdp_posix_preview *preview);

/**
 * Deploys an earlier revision of the group again, as a new deployment, with the AppSpec's name, the
 * file-exists behaviour, the events and the names that it was deployed with, unless the options say
 * otherwise. (So does an automatic rollback; rollback.md 3.7.)
 * @param options  `bundle`, `bundle_type` and `deployment_id` mean nothing here.
 * @param earlier  the deployment whose revision to take; absent: the last successful one, or, when
 *                 that is the group's newest deployment, the successful one before it.
 * @return as cdp_posix_deploy(); #CDP_ERR_NOT_FOUND when there is no such revision.
 */
CDP_API cdp_status cdp_posix_redeploy(const cdp_posix_deploy_options *options, cdp_string earlier,
                                      cdp_diagnostics *diagnostics,
                                      cdp_posix_deployment **deployment);

/**
 * Finishes or undoes what a crash left of a group's deployment; the next deployment does the same
 * by itself. A deployment that had succeeded is finished, every other one is undone; its record
 * says so afterwards.
 * @param options  only `root_directory`, `destination_root` and `group_id` are read. The
 *                 destination root must be that of the deployment that was cut off.
 * @param outcome  may be NULL.
 * @return as cdp_install_recover(); #CDP_ERR_BUSY when a deployment of the group runs;
 *         #CDP_ERR_CONFLICT for another destination root (`deployment-other-destination`).
 */
CDP_API cdp_status cdp_posix_recover(const cdp_posix_deploy_options *options,
                                     cdp_diagnostics *diagnostics, cdp_install_outcome *outcome);

/** One deployment of the history. Strings belong to the history; times are seconds since 1970. */
typedef struct cdp_posix_history_entry {
    /** sizeof(cdp_posix_history_entry), set by the caller. */
    size_t size;
    cdp_string deployment_id;
    /** `"InProgress"` (also when its process ended without a word, until recovery), `"Succeeded"`,
     *  `"Failed"`, or `"Stopped"` when it was cancelled. */
    cdp_string status;
    /** `"user"` or `"codeDeployRollback"`. */
    cdp_string creator;
    cdp_string application_name;
    cdp_string bundle;
    /** The deployment whose revision this one deployed again; absent for a new one. */
    cdp_string revision_of;
    cdp_string message;
    int64_t created;
    /** 0 while it runs. */
    int64_t completed;
    /** 1 when its revision is still kept and can be deployed again. */
    int has_revision;
    /** 1 when it is the group's last successful one. */
    int is_last_successful;
} cdp_posix_history_entry;

typedef struct cdp_posix_history cdp_posix_history;

/**
 * Reads which deployments of a group there were, oldest first. Those whose revision was pruned are
 * gone.
 * @param root_directory  absent: the default. @param group_id absent: the default.
 * @return #CDP_OK, also when there are none; #CDP_ERR_IO; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_posix_history_read(cdp_string root_directory, cdp_string group_id,
                                          cdp_posix_history **history);
CDP_API void cdp_posix_history_free(cdp_posix_history *history);
CDP_API size_t cdp_posix_history_count(const cdp_posix_history *history);
/** @return #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_posix_history_at(const cdp_posix_history *history, size_t index,
                                        cdp_posix_history_entry *entry);

#ifdef __cplusplus
}
#endif

#endif
