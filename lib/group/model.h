/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_MODEL_H
#define CDP_GROUP_MODEL_H

#include <codedeploy/group.h>

#include "base/arena.h"
#include "base/words.h"
#include "document/document.h"

/*
 * A deployment group as it is written, before anybody has checked it: one C struct for each shape of
 * the API, and a table that describes it. One reader and one writer work from the tables
 * (model_read.c, model_write.c), so what is read is what is written.
 */

/* How everything begins: whether it is there, and where. */
typedef struct cdp_given {
    cdp_node node; /* 0: absent */
    bool broken;   /* of the wrong type: reported already, and without a value */
} cdp_given;

typedef struct cdp_model_value {
    cdp_given given;
    cdp_string text; /* as it is written; absent unless given and whole */
    int64_t number;  /* of a number; of a word its enumerator; of a time milliseconds since 1970 */
} cdp_model_value;

typedef struct cdp_model_list {
    cdp_given given;
    void *items;
    size_t count;
    size_t capacity; /* of a list that a builder lets grow; what was read has no room left */
} cdp_model_list;

typedef struct cdp_model_filter {
    cdp_given given;
    cdp_model_value key;
    cdp_model_value value;
    cdp_model_value type;
} cdp_model_filter;

/* EC2TagSet and OnPremisesTagSet: a list of lists of filters. */
typedef struct cdp_model_tag_set {
    cdp_given given;
    cdp_model_list groups;
} cdp_model_tag_set;

typedef struct cdp_model_auto_scaling {
    cdp_given given;
    cdp_model_value name;
    cdp_model_value hook;
    cdp_model_value termination_hook;
} cdp_model_auto_scaling;

typedef struct cdp_model_trigger {
    cdp_given given;
    cdp_model_value name;
    cdp_model_value target_arn;
    cdp_model_list events; /* of words */
} cdp_model_trigger;

/* ELBInfo, TargetGroupInfo and Alarm: a name and nothing else. */
typedef struct cdp_model_named {
    cdp_given given;
    cdp_model_value name;
} cdp_model_named;

typedef struct cdp_model_alarms {
    cdp_given given;
    cdp_model_value enabled;
    cdp_model_value ignore_poll_failure;
    cdp_model_list alarms; /* of named */
} cdp_model_alarms;

typedef struct cdp_model_rollback {
    cdp_given given;
    cdp_model_value enabled;
    cdp_model_list events; /* of words */
} cdp_model_rollback;

typedef struct cdp_model_style {
    cdp_given given;
    cdp_model_value type;
    cdp_model_value option;
} cdp_model_style;

typedef struct cdp_model_termination {
    cdp_given given;
    cdp_model_value action;
    cdp_model_value wait;
} cdp_model_termination;

typedef struct cdp_model_ready {
    cdp_given given;
    cdp_model_value action;
    cdp_model_value wait;
} cdp_model_ready;

typedef struct cdp_model_green_fleet {
    cdp_given given;
    cdp_model_value action;
} cdp_model_green_fleet;

typedef struct cdp_model_blue_green {
    cdp_given given;
    cdp_model_termination termination;
    cdp_model_ready ready;
    cdp_model_green_fleet green_fleet;
} cdp_model_blue_green;

typedef struct cdp_model_route {
    cdp_given given;
    cdp_model_list listeners; /* of texts */
} cdp_model_route;

typedef struct cdp_model_pair {
    cdp_given given;
    cdp_model_list target_groups; /* of named */
    cdp_model_route production;
    cdp_model_route test;
} cdp_model_pair;

typedef struct cdp_model_balancers {
    cdp_given given;
    cdp_model_list classic;       /* of named */
    cdp_model_list target_groups; /* of named */
    cdp_model_list pairs;
} cdp_model_balancers;

typedef struct cdp_model_ecs_service {
    cdp_given given;
    cdp_model_value service;
    cdp_model_value cluster;
} cdp_model_ecs_service;

typedef struct cdp_model_tag {
    cdp_given given;
    cdp_model_value key;
    cdp_model_value value;
} cdp_model_tag;

typedef struct cdp_model_s3 {
    cdp_given given;
    cdp_model_value bucket;
    cdp_model_value key;
    cdp_model_value bundle_type;
    cdp_model_value version;
    cdp_model_value etag;
} cdp_model_s3;

typedef struct cdp_model_github {
    cdp_given given;
    cdp_model_value repository;
    cdp_model_value commit_id;
} cdp_model_github;

typedef struct cdp_model_content {
    cdp_given given;
    cdp_model_value content;
    cdp_model_value sha256;
} cdp_model_content;

typedef struct cdp_model_revision {
    cdp_given given;
    cdp_model_value type;
    cdp_model_s3 s3;
    cdp_model_github github;
    cdp_model_content string;
    cdp_model_content appspec;
} cdp_model_revision;

typedef struct cdp_model_last {
    cdp_given given;
    cdp_model_value id;
    cdp_model_value status;
    cdp_model_value create_time;
    cdp_model_value end_time;
} cdp_model_last;

/* The two kinds of instances that filters select: indices of the arrays below. */
enum { CDP_MODEL_KINDS = 2 };

typedef struct cdp_model {
    cdp_given given;
    cdp_model_value application_name;
    cdp_model_value name;
    cdp_model_value id;
    cdp_model_value config_name;
    cdp_model_value service_role_arn;
    cdp_model_value platform;
    cdp_model_list filters[CDP_MODEL_KINDS];
    cdp_model_tag_set tag_sets[CDP_MODEL_KINDS];
    cdp_model_list auto_scaling;
    cdp_model_value termination_hook;
    cdp_model_list ecs_services;
    cdp_model_value outdated_strategy;
    cdp_model_style style;
    cdp_model_blue_green blue_green;
    cdp_model_balancers balancers;
    cdp_model_list triggers;
    cdp_model_alarms alarms;
    cdp_model_rollback rollback;
    cdp_model_revision target_revision;
    cdp_model_last last_successful;
    cdp_model_last last_attempted;
    cdp_model_list tags;
    /* Of UpdateDeploymentGroupInput and TargetInstances only. */
    cdp_model_value current_name;
    cdp_model_value new_name;
    cdp_model_list target_filters;
} cdp_model;

/* The members' names of the arrays above, for messages. */
extern const char *const cdp_model_filter_names[CDP_MODEL_KINDS];
extern const char *const cdp_model_tag_set_names[CDP_MODEL_KINDS];

/* ---- tables ---------------------------------------------------------------------------------- */

typedef enum cdp_model_kind {
    CDP_MODEL_TEXT,
    CDP_MODEL_WORD,
    CDP_MODEL_BOOLEAN,
    CDP_MODEL_INTEGER,
    CDP_MODEL_TIME,
    CDP_MODEL_OBJECT,
    CDP_MODEL_LIST
} cdp_model_kind;

/* The shapes of the API in which a member of the outermost object occurs. */
enum {
    CDP_MODEL_IN_CREATE = 1,
    CDP_MODEL_IN_INFO = 2,
    CDP_MODEL_IN_UPDATE = 4,
    CDP_MODEL_IN_TARGETS = 8,
    CDP_MODEL_IN_ALL = 15
};

typedef struct cdp_model_type cdp_model_type;

typedef struct cdp_model_member {
    const char *name;
    const cdp_model_type *type;
    size_t offset;
    unsigned shapes;
} cdp_model_member;

struct cdp_model_type {
    cdp_model_kind kind;
    size_t bytes;
    const char *name; /* of an object: the API's shape */
    const cdp_model_member *members;
    size_t member_count;
    const cdp_model_type *item; /* of a list */
    const cdp_word_list *words;
    cdp_diagnostic_code unknown_word; /* what to report for a word that is none of them */
    bool may_be_text; /* an object: a plain text stands for its first member, and is written so in
                         the shapes that are not CDP_MODEL_IN_INFO */
};

extern const cdp_model_type cdp_model_group_type;

/* The shape's name in the API. */
const char *cdp_model_shape_name(unsigned shape);

#endif
