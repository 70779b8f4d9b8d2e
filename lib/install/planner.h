/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_PLANNER_H
#define CDP_INSTALL_PLANNER_H

#include "base/report.h"
#include "install/fs.h"
#include "install/listing.h"
#include "install/plan.h"

/* What a plan is made with; it ends when the plan is made. */
typedef struct cdp_planner {
    cdp_install_plan *plan;
    cdp_install_options options;
    cdp_allocator allocator;
    cdp_fs fs;
    cdp_diagnostics *diagnostics; /* the caller's; may be NULL */
    cdp_file_exists_behavior behavior;
    bool compatible;
    uint32_t max_objects;
    uint32_t objects;

    /* The agent looks at a destination before it puts the home directory in place of `~`, and so
     * finds nothing there whatever there is (compatible mode). */
    bool blind;
    /* Some directory that is installed into is reached by a link. */
    bool through_links;

    /* Which step makes or copies a node, plus 1; filled as far as `steps_indexed` when needed. */
    uint32_t *step_of;
    size_t step_of_capacity;
    size_t steps_indexed;

    cdp_text path;     /* for callbacks */
    cdp_text pointer;  /* to the entry of the AppSpec at hand */
    cdp_text words[3]; /* for messages */
} cdp_planner;

/* One thing to tell. Without a severity it is a conflict. */
typedef struct cdp_finding {
    cdp_diagnostic_code code;
    cdp_severity severity;
    cdp_found existing;
    cdp_string path;
    cdp_string source;
    cdp_string owner;
    cdp_string arguments[4];
} cdp_finding;

/* CDP_OK or CDP_ERR_NOMEM. */
cdp_status cdp_planner_tell(cdp_planner *planner, const cdp_finding *finding);
/* What is refused in transactional mode, and in compatible mode fails only as the agent does. */
cdp_severity cdp_planner_late_severity(const cdp_planner *planner);
/* Reports that a callback failed, and returns its status. */
cdp_status cdp_planner_host_failed(cdp_planner *planner, const char *deed, cdp_string path,
                                   cdp_status status);
/* Sets the pointer: `/files/3`, with `/destination` behind when there is a member. */
cdp_status cdp_planner_set_pointer(cdp_planner *planner, const char *section, size_t index,
                                   const char *member);
/* Puts the shown path of a node, of a source, into words[0], words[1]. */
cdp_string cdp_planner_show(cdp_planner *planner, uint32_t node);
cdp_string cdp_planner_show_source(cdp_planner *planner, const cdp_step *step);
/* The group whose record has a shown path, or absent. */
cdp_string cdp_planner_owner(const cdp_planner *planner, cdp_string shown);
/* The group that installed a shown path after this group's last install, or absent. */
cdp_string cdp_planner_claimant(const cdp_planner *planner, cdp_string shown);
/* In plain words: "file", "link to a directory". */
cdp_string cdp_found_words(cdp_found found);
cdp_fs_kind cdp_found_kind(cdp_found found);

/* What stands at a node now; asks the host when it is not known yet. */
/* What the host tells of it; #CDP_FS_ABSENT for what is not there. */
cdp_status cdp_planner_info(cdp_planner *planner, uint32_t node, bool follow, cdp_fs_info *info);
cdp_status cdp_planner_look(cdp_planner *planner, uint32_t node, cdp_found *found);
/* What will stand there once the previous install is removed. */
cdp_status cdp_planner_look_ahead(cdp_planner *planner, uint32_t node, cdp_found *found);
/* What a listed entry is: links are followed to see where they lead. */
cdp_status cdp_planner_classify(cdp_planner *planner, uint32_t node, cdp_fs_kind kind);

/* The step that copies or makes a node; UINT32_MAX when there is none. */
cdp_status cdp_planner_step_of(cdp_planner *planner, uint32_t node, uint32_t *step);

/*
 * An AppSpec's path as an absolute one, appended to `literal`, with every `.`, `..` and `//` as it
 * was written. `*is_known` is false when it cannot be made absolute, which is reported.
 */
cdp_status cdp_planner_make_absolute(cdp_planner *planner, cdp_string path, cdp_text *literal,
                                     bool *is_known);
/* Appends the same path without `.`, `..` and `//`. */
cdp_status cdp_put_normal_path(cdp_text *text, cdp_string literal);

/* The phases, in their order. */
cdp_status cdp_planner_remove_previous(cdp_planner *planner);
cdp_status cdp_planner_install_files(cdp_planner *planner);
/* Warns of what the previous install made and another group has installed since. */
cdp_status cdp_planner_tell_claims(cdp_planner *planner);
/* Whether what is there can be taken away; if not, that is told, unless it is a directory that can
 * stay. */
cdp_status cdp_planner_may_go(cdp_planner *planner, uint32_t node, bool *may);
/* Finds directories to be changed that cannot be. */
cdp_status cdp_planner_find_read_only(cdp_planner *planner);
/* Finds destinations that only look different: links lead from one to the other. */
cdp_status cdp_planner_find_aliases(cdp_planner *planner);
cdp_status cdp_planner_give_permissions(cdp_planner *planner);

/* A `*` stands for any bytes, everything else for itself. */
bool cdp_glob_matches(cdp_string pattern, cdp_string name);

#endif
