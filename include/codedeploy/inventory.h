/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_INVENTORY_H
#define CODEDEPLOY_INVENTORY_H

/**
 * @file
 * Inventories: what a host knows of its instances before a deployment, and a reader of inventories
 * written as JSON that takes them piece by piece, however large they are.
 *
 * The enumerations come with two functions each. `_name()` gives the spelling as static text, or
 * `"unknown"` for a value that is none of the enumerators. `_from_name()` reads exactly that
 * spelling: #CDP_OK; #CDP_ERR_NOT_FOUND for any other word, absent ones too; #CDP_ERR_ARGUMENT when
 * the out parameter is NULL. Values never change meaning.
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/health.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What kind of host an instance is. */
typedef enum cdp_instance_kind {
    CDP_INSTANCE_EC2 = 0,
    CDP_INSTANCE_ON_PREMISES = 1
} cdp_instance_kind;

/** `"EC2"`, `"onPremises"`. */
CDP_API const char *cdp_instance_kind_name(cdp_instance_kind kind);
CDP_API cdp_status cdp_instance_kind_from_name(cdp_string name, cdp_instance_kind *kind);

/** The state of an instance: for EC2 that of the machine (EC2 API shape InstanceStateName), for
 *  on-premises hosts the registration (API shape RegistrationStatus). */
typedef enum cdp_instance_state {
    /** Not said: it is taken to be running, or registered. It has no name. */
    CDP_INSTANCE_STATE_NOT_SAID = 0,
    CDP_INSTANCE_STATE_PENDING = 1,
    CDP_INSTANCE_STATE_RUNNING = 2,
    CDP_INSTANCE_STATE_SHUTTING_DOWN = 3,
    CDP_INSTANCE_STATE_TERMINATED = 4,
    CDP_INSTANCE_STATE_STOPPING = 5,
    CDP_INSTANCE_STATE_STOPPED = 6,
    CDP_INSTANCE_STATE_REGISTERED = 7,
    CDP_INSTANCE_STATE_DEREGISTERED = 8
} cdp_instance_state;

/** `"running"`, `"shutting-down"`, `"Registered"` and so on. */
CDP_API const char *cdp_instance_state_name(cdp_instance_state state);
CDP_API cdp_status cdp_instance_state_from_name(cdp_string name, cdp_instance_state *state);

/** Where an instance stands in its Auto Scaling group (Auto Scaling API shape LifecycleState, what
 *  stands behind a colon left out). */
typedef enum cdp_auto_scaling_state {
    /** Not said: it is taken to be in service. It has no name. */
    CDP_AUTO_SCALING_STATE_NOT_SAID = 0,
    CDP_AUTO_SCALING_STATE_PENDING = 1,
    CDP_AUTO_SCALING_STATE_IN_SERVICE = 2,
    CDP_AUTO_SCALING_STATE_TERMINATING = 3,
    CDP_AUTO_SCALING_STATE_TERMINATED = 4,
    CDP_AUTO_SCALING_STATE_DETACHING = 5,
    CDP_AUTO_SCALING_STATE_DETACHED = 6,
    CDP_AUTO_SCALING_STATE_ENTERING_STANDBY = 7,
    CDP_AUTO_SCALING_STATE_STANDBY = 8,
    CDP_AUTO_SCALING_STATE_WARMED = 9,
    CDP_AUTO_SCALING_STATE_QUARANTINED = 10
} cdp_auto_scaling_state;

/** `"Pending"`, `"InService"` and so on. */
CDP_API const char *cdp_auto_scaling_state_name(cdp_auto_scaling_state state);
CDP_API cdp_status cdp_auto_scaling_state_from_name(cdp_string name, cdp_auto_scaling_state *state);

/** A tag of an instance. Its layout is final. An absent value counts as an empty one. */
typedef struct cdp_tag {
    cdp_string key;
    cdp_string value;
} cdp_tag;

/** What is known of one instance. Members left zero are not known, or as said there. */
typedef struct cdp_instance {
    /** sizeof(cdp_instance) */
    size_t size;
    /** The EC2 instance id, or an on-premises host's registered name. Required. */
    cdp_string id;
    cdp_instance_kind kind;
    cdp_instance_state state;
    /** The Availability Zone. */
    cdp_string zone;
    /** The Auto Scaling group that it belongs to; absent: none. */
    cdp_string auto_scaling_group;
    cdp_auto_scaling_state auto_scaling_state;
    cdp_instance_health instance_health;
    cdp_revision_health revision_health;
    /** Must be 0. */
    int reserved;
    /** `tag_count` tags; NULL when there are none. */
    const cdp_tag *tags;
    size_t tag_count;
} cdp_instance;

/**
 * Where instances come from, one at a time.
 *
 * @param instance  to be filled in; all zero but `size`, which the library sets. What it points to
 *                  has to stay until the next call, and is not kept beyond.
 * @param user      as given along with the callback.
 * @return #CDP_OK for an instance; #CDP_ERR_NOT_FOUND after the last one; any other error ends
 *         the call that asks, which returns it unchanged. It may not call back into the object that
 *         is being filled.
 */
typedef cdp_status (*cdp_instance_source)(cdp_instance *instance, void *user);

/**
 * A reader of an inventory in JSON. It takes the text in pieces of any size and gives the instances
 * one by one, so that its memory does not depend on how many there are. Belongs to one thread at a
 * time.
 *
 * The text is a list of instances, or an object whose member `instances` is that list; its other
 * members are passed over with a warning. An instance is an object with these members, of which
 * only `id` is required:
 *
 * | member             | value                                                                  |
 * |--------------------|------------------------------------------------------------------------|
 * | `id`               | a string                                                               |
 * | `kind`             | `"EC2"` or `"onPremises"`; when it is absent, `state` tells: on-premises for |
 * |                    | `Registered` and `Deregistered`, otherwise EC2                         |
 * | `tags`             | an object of strings, or a list of objects with `Key` and `Value`      |
 * | `zone`             | a string                                                               |
 * | `autoScalingGroup` | a string                                                               |
 * | `state`            | a name of #cdp_instance_state, or of #cdp_auto_scaling_state with or   |
 * |                    | without what stands behind a colon (`Pending:Wait`); case does not count |
 * | `autoScalingState` | a name of #cdp_auto_scaling_state, when `state` is the machine's       |
 * | `instanceHealth`   | a name of #cdp_instance_health                                         |
 * | `revisionHealth`   | a name of #cdp_revision_health                                         |
 *
 * `null` stands for an absent member. In names case does not count, but where `pending` and `Pending`
 * are two it decides.
 */
typedef struct cdp_inventory cdp_inventory;

/**
 * Makes a reader.
 * @param limits     NULL for the defaults; `input_bytes`, `nodes` and the others bound the text of
 *                   one instance, not the whole.
 * @param allocator  NULL for the C library's; copied.
 * @return #CDP_OK, #CDP_ERR_ARGUMENT, #CDP_ERR_STRUCT or #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_inventory_new(const cdp_limits *limits, const cdp_allocator *allocator,
                                     cdp_inventory **inventory);
CDP_API void cdp_inventory_free(cdp_inventory *inventory);

/**
 * Adds a piece of the text; it is copied.
 * @return #CDP_OK; #CDP_ERR_STATE after cdp_inventory_finish(); #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM,
 *         nothing added.
 */
CDP_API cdp_status cdp_inventory_feed(cdp_inventory *inventory, const char *bytes, size_t length);

/** Says that the text ends here. @return #CDP_OK or #CDP_ERR_ARGUMENT. */
CDP_API cdp_status cdp_inventory_finish(cdp_inventory *inventory);

/**
 * Reads the next instance.
 *
 * @param diagnostics  may be NULL; gets what is wrong, with its place in the whole text.
 * @param instance     what it points to is valid until the next call with this reader.
 * @return #CDP_OK;
 *         #CDP_PENDING when it needs more text, or to be told that there is none;
 *         #CDP_ERR_NOT_FOUND after the last one;
 *         #CDP_ERR_INVALID and #CDP_ERR_LIMIT for an instance that is refused (the next call goes on
 *         behind it), and once for a text that is no inventory;
 *         #CDP_ERR_STATE after that;
 *         #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM, after which the call can be repeated.
 */
CDP_API cdp_status cdp_inventory_next(cdp_inventory *inventory, cdp_diagnostics *diagnostics,
                                      cdp_instance *instance);

#ifdef __cplusplus
}
#endif

#endif
