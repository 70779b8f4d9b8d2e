/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_BUILDER_H
#define CDP_APPSPEC_BUILDER_H

#include "appspec/model.h"

/* What the builder has been given, in order; everything lives in its arena. */
typedef struct builder_file {
    struct builder_file *next;
    cdp_string source;
    cdp_string destination;
} builder_file;

typedef struct builder_permission {
    struct builder_permission *next;
    cdp_appspec_permission_input input;
} builder_permission;

typedef struct builder_script {
    struct builder_script *next;
    cdp_string location;
    cdp_string runas;
    int64_t timeout; /* 0: unset */
    bool sudo;
} builder_script;

typedef struct builder_event {
    struct builder_event *next;
    cdp_string name;
    cdp_string function;
    builder_script *scripts;
    builder_script **script_tail;
    size_t script_count;
    bool is_kept;
} builder_event;

struct cdp_appspec_builder {
    cdp_arena arena;
    cdp_platform platform;
    cdp_file_exists_behavior file_exists_behavior;
    bool has_resource;
    cdp_string os;
    builder_file *files;
    builder_file **file_tail;
    size_t file_count;
    builder_permission *permissions;
    builder_permission **permission_tail;
    size_t permission_count;
    builder_event *events;
    builder_event **event_tail;
    size_t event_count;
    cdp_appspec_lambda lambda;
    cdp_appspec_ecs_input ecs;
};

#endif
