/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_MEMBERSHIP_H
#define CODEDEPLOY_MEMBERSHIP_H

/**
 * @file
 * Which instances belong to a deployment group, and why.
 *
 * **Rules.** An EC2 instance belongs when one filter of every EC2 tag group matches it and it is
 * running, or when it is in service in one of the group's Auto Scaling groups. An on-premises
 * instance belongs when one filter of every on-premises tag group matches it and it is registered.
 * Further tags of an instance never count against it. A group without anything that selects has no
 * instances. Instances of Lambda and ECS groups there are none. (API shapes EC2TagFilter,
 * EC2TagSet, TagFilter, OnPremisesTagSet; user guide, "instances tagging"; docs/groups.md tells what
 * we had to decide.)
 *
 * **Cost.** Linear in the tags of an instance, times the filters that share a key with one of them.
 * A value with `*` is compared in time linear in both lengths.
 */

#include <codedeploy/base.h>
#include <codedeploy/group.h>
#include <codedeploy/inventory.h>
#include <codedeploy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Why an instance belongs to a group, or does not. */
typedef enum cdp_match_reason {
    /** It belongs: `filters` names the filter of each tag group that matches. */
    CDP_MATCH_TAGS = 1,
    /** It belongs: it is in service in the Auto Scaling group `auto_scaling_group`. */
    CDP_MATCH_AUTO_SCALING_GROUP = 2,

    /** Nothing in the group selects instances of this kind. */
    CDP_MATCH_NOTHING_SELECTS = 3,
    /** No filter of the tag group `tag_group`, the first such one, matches, nor is it in one of the
     *  Auto Scaling groups. */
    CDP_MATCH_NO_FILTER = 4,
    /** Only Auto Scaling groups select, and it is in none of them. */
    CDP_MATCH_NO_AUTO_SCALING_GROUP = 5,
    /** It is in the Auto Scaling group `auto_scaling_group`, but not in service there. */
    CDP_MATCH_NOT_IN_SERVICE = 6,
    /** It would be selected, but it is not running. */
    CDP_MATCH_NOT_RUNNING = 7,
    /** Its tags match, but it is not registered (any more). */
    CDP_MATCH_NOT_REGISTERED = 8,
    /** The group's platform has no instances. */
    CDP_MATCH_OTHER_PLATFORM = 9
} cdp_match_reason;

/** A word for it, `"Tags"`, `"NotRunning"`; `"unknown"` for anything else. Static text. */
CDP_API const char *cdp_match_reason_name(cdp_match_reason reason);

/** In place of an index: none. */
#define CDP_MATCH_NONE 0xFFFFFFFFu

/** Whether an instance belongs to a group, and the reason. */
typedef struct cdp_match {
    /** sizeof(cdp_match), set by the caller. */
    size_t size;
    /** 1 when it belongs. */
    int selected;
    cdp_match_reason reason;
    /** For each tag group of the instance's kind the first filter that matches, or
     *  #CDP_MATCH_NONE. */
    uint32_t filters[CDP_GROUP_TAG_GROUP_LIMIT];
    /** The first tag group without a filter that matches, or #CDP_MATCH_NONE. */
    uint32_t tag_group;
    /** Which of the group's Auto Scaling groups it is in, or #CDP_MATCH_NONE. */
    uint32_t auto_scaling_group;
    /** Only from cdp_group_explain(): the filter of `tag_group` that comes nearest, and the tag of
     *  the instance that has its key or its value; or #CDP_MATCH_NONE. */
    uint32_t near_filter;
    uint32_t near_tag;
    /** Must be 0. */
    uint32_t reserved;
} cdp_match;

/**
 * Tells whether an instance belongs to a group. Needs no memory; nothing of the instance is kept.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_group_match(const cdp_group *group, const cdp_instance *instance,
                                   cdp_match *match);

/** The same, with what is missing told as precisely as possible; slower. */
CDP_API cdp_status cdp_group_explain(const cdp_group *group, const cdp_instance *instance,
                                     cdp_match *match);

/**
 * Appends a match as a sentence without a full stop: `i-07 is not selected: no filter of tag group
 * 2 matches; the nearest is filter 1, role=web, but the tag role is db`. Tag groups and filters are
 * counted from 1, as the console does.
 *
 * @param group, instance  what the match was made from.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT, also for a match that belongs to another group or instance;
 *         #CDP_ERR_STRUCT; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_match_render(const cdp_group *group, const cdp_instance *instance,
                                    const cdp_match *match, cdp_text *text);

/**
 * The instances of an inventory that belong to a group, each once, in the order of the inventory.
 *
 * It is filled with cdp_members_add(), or all at once with cdp_members_add_all(), then closed with
 * cdp_members_finish(), and only then looked at; from then on it is immutable. Of instances with
 * the same id the first that belongs counts.
 */
typedef struct cdp_members cdp_members;

/**
 * @param group      has to stay until cdp_members_finish().
 * @param allocator  NULL for the C library's; copied.
 * @return #CDP_OK, #CDP_ERR_ARGUMENT, #CDP_ERR_STRUCT or #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_members_new(const cdp_group *group, const cdp_allocator *allocator,
                                   cdp_members **members);
CDP_API void cdp_members_free(cdp_members *members);

/**
 * Looks at one more instance and keeps a copy when it belongs.
 * @param match  may be NULL; as from cdp_group_match().
 * @return #CDP_OK; #CDP_ERR_ARGUMENT, also for an instance without an id; #CDP_ERR_STRUCT;
 *         #CDP_ERR_LIMIT beyond 4,294,967,294 instances; #CDP_ERR_STATE when finished;
 *         #CDP_ERR_NOMEM, nothing kept.
 */
CDP_API cdp_status cdp_members_add(cdp_members *members, const cdp_instance *instance,
                                   cdp_match *match);

/**
 * Looks at all instances that a source gives.
 * @return as cdp_members_add(), or an error of the source; what came before is kept.
 */
CDP_API cdp_status cdp_members_add_all(cdp_members *members, cdp_instance_source source,
                                       void *user);

/** Takes out those that were added twice. O(n log n).
 *  @return #CDP_OK, also when it is finished already; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, nothing
 *  changed. */
CDP_API cdp_status cdp_members_finish(cdp_members *members);

/** How many belong: 0 until cdp_members_finish(). With none a deployment fails with NO_INSTANCES. */
CDP_API size_t cdp_members_count(const cdp_members *members);
/** How many instances were looked at, and how many of those that belong were there before. */
CDP_API size_t cdp_members_seen(const cdp_members *members);
CDP_API size_t cdp_members_duplicates(const cdp_members *members);

/**
 * Reads a member; everything is told but the tags. The strings live as long as `members`.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_members_at(const cdp_members *members, size_t index, cdp_instance *instance);

/** Finds a member by its id, in O(log n).
 *  @return #CDP_OK, #CDP_ERR_NOT_FOUND or #CDP_ERR_ARGUMENT. */
CDP_API cdp_status cdp_members_find(const cdp_members *members, cdp_string id, size_t *index);

#ifdef __cplusplus
}
#endif

#endif
