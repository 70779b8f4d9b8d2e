/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_LAYOUT_H
#define CDP_POSIX_LAYOUT_H

/* The agent's directories, marks and records (agent.md 1), and the lock that is ours. */

#include "internal.h"

#define PX_DEFAULT_ROOT "/opt/codedeploy-agent/deployment-root"
#define PX_DEFAULT_GROUP "default-local-deployment-group"

typedef struct px_layout {
    char *root;
    char *group;        /* the group's id */
    char *group_folder; /* ROOT/GROUP */
    char *state;        /* ROOT/deployment-instructions */
    char *logs;         /* ROOT/deployment-logs */
    bool is_private;    /* what is made is closed to others */
    bool is_volatile;   /* nothing is flushed */
} px_layout;

/* ROOT is made absolute: scripts and later deployments find it wherever they run. CDP_OK,
 * CDP_ERR_ARGUMENT for a group that is no name, CDP_ERR_IO without a working directory,
 * CDP_ERR_NOMEM. */
cdp_status px_layout_init(px_layout *layout, cdp_string root, cdp_string group);
void px_layout_release(px_layout *layout);
/* Makes the directories. 0 or errno. */
int px_layout_make(const px_layout *layout);

/* `ROOT/GROUP/ID`, or with `name` behind it; to be freed; NULL without memory. */
char *px_layout_path(const px_layout *layout, const char *id, const char *name);
/* `ROOT/deployment-instructions/GROUP` and a suffix. */
char *px_layout_state_path(const px_layout *layout, const char *suffix);

/* The path as it is from the root directory, to be freed; NULL with errno. */
char *px_absolute(cdp_string path);

/* The whole of a small file; NULL when there is none. */
char *px_read_small(const char *path);
/* Written beside it and renamed, and made durable unless nothing is. 0 or errno. */
int px_write_small(const px_layout *layout, const char *path, const char *text, size_t length);

/* `d-`, nine of A-Z0-9, `-local`. */
void px_make_deployment_id(char id[24]);
bool px_is_component(cdp_string name);

/* The directory that a mark ("_last_successful_install", "_most_recent_install") names, if it is
 * there; to be freed. */
char *px_read_mark(const px_layout *layout, const char *mark);
int px_write_mark(const px_layout *layout, const char *mark, const char *directory);

/* Removes the oldest revisions so that `keep` remain, the current one counted; never the current
 * one nor the last successful one. Deployments that never had a revision are counted apart: they
 * push none out. */
void px_prune(const px_layout *layout, const char *current, uint32_t keep);

/* One deployment of a group at a time. */
typedef struct px_lock {
    int fd;
} px_lock;

/* CDP_OK; CDP_ERR_BUSY, `holder` (to be freed) telling who has it; CDP_ERR_IO with errno. Waits for
 * the scripts of a process that is no more to be ended by their supervisor, which holds it then. */
cdp_status px_lock_take(px_lock *lock, const px_layout *layout, const char *deployment_id,
                        char **holder);
void px_lock_release(px_lock *lock);

/* What a deployment's `record` says. Strings from malloc(), times in milliseconds since 1970. */
typedef struct px_record {
    char *id;
    char *status;
    char *creator;
    char *application;
    char *bundle;
    char *revision_of;
    char *message;
    char *file_exists;
    char *appspec;     /* --appspec-filename */
    char *events;      /* --events, with commas */
    char *group_name;  /* as the scripts hear it */
    char *destination; /* the root of the destinations, when it is not "/" */
    char *mode;        /* "compatible", when it is that */
    /* "Succeeded" from the moment on from which it cannot fail any more, while the status is still
     * InProgress: after a crash it is finished, not undone. */
    char *decision;
    /* How many there were in the group up to this one: the clock may stand still or go back. */
    int64_t number;
    int64_t created;
    int64_t completed;
} px_record;

/* Which came first: negative, or positive when it was `b`. Those without a number are the oldest. */
int px_record_compare(const px_record *a, const px_record *b);

void px_record_release(px_record *record);
/* 0 or errno. */
int px_record_write(const px_layout *layout, const px_record *record);
/* history.c: the number of the group's next deployment. */
int64_t px_next_number(const px_layout *layout);
/* false when there is none that can be read. */
bool px_record_read(const px_layout *layout, const char *id, px_record *record);

#endif
