/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_MODEL_H
#define CDP_APPSPEC_MODEL_H

#include <codedeploy/appspec.h>

#include <stdbool.h>

#include "base/arena.h"
#include "base/report.h"
#include "document/document.h"

/*
 * A value as the agent keeps it. `text` is what accessors give; `json` is what it is when it is no
 * text (a number, a list …), NULL for text and for nothing. `node` is where it stands in the
 * document, 0 when the AppSpec was built without text. Texts belong to the document or the arena.
 */
typedef struct appspec_value {
    cdp_string text;
    const char *json;
    cdp_appspec_value_kind kind;
    cdp_node node;
} appspec_value;

typedef struct appspec_file {
    cdp_node node;
    appspec_value source;
    appspec_value destination;
} appspec_file;

typedef struct appspec_acl {
    cdp_string text;
    cdp_string name;
    uint8_t type;
    uint8_t bits;
    bool is_default;
    cdp_node node;
} appspec_acl;

typedef struct appspec_permission {
    cdp_node node;
    appspec_value object;
    appspec_value pattern; /* ABSENT stands for `**` */
    appspec_value owner;
    appspec_value group;
    appspec_value mode; /* text padded */
    appspec_value context_user;
    appspec_value context_type;
    appspec_value context_range; /* text canonical */
    cdp_node except_node;
    cdp_node types_node;
    cdp_node acls_node;
    cdp_node context_node;
    appspec_value *except;
    appspec_acl *acls;
    uint8_t *types; /* CDP_APPSPEC_TYPE_… in the order of the text */
    uint32_t except_count;
    uint32_t acl_count;
    uint32_t type_count;
    int32_t mode_bits;
    bool has_acls;
    bool has_types;
} appspec_permission;

typedef struct appspec_script {
    cdp_node node;
    appspec_value location;
    appspec_value runas;
    appspec_value sudo;
    appspec_value timeout; /* text: decimal digits, however many */
    int64_t seconds;
    bool sudo_is_true;
} appspec_script;

typedef struct appspec_event {
    appspec_value name; /* as it is shown; no text only when the key is none */
    appspec_value key;  /* the key itself, when it is no text */
    appspec_value function;
    appspec_script *scripts;
    uint32_t script_count;
} appspec_event;

typedef struct appspec_provider {
    cdp_node node;
    appspec_value name;
    appspec_value base;
    appspec_value weight;
    int32_t base_number;
    int32_t weight_number;
} appspec_provider;

typedef struct appspec_lambda {
    appspec_value name;
    appspec_value alias;
    appspec_value current_version;
    appspec_value target_version;
} appspec_lambda;

typedef struct appspec_ecs {
    appspec_value task_definition;
    appspec_value container_name;
    appspec_value container_port;
    appspec_value platform_version;
    appspec_value assign_public_ip;
    cdp_node load_balancer_node;
    cdp_node network_node;
    cdp_node subnets_node;
    cdp_node security_groups_node;
    cdp_node providers_node;
    appspec_value *subnets;
    appspec_value *security_groups;
    appspec_provider *providers;
    uint32_t subnet_count;
    uint32_t security_group_count;
    uint32_t provider_count;
    uint32_t port;
    bool has_network;
} appspec_ecs;

struct cdp_appspec {
    cdp_arena arena;
    cdp_document *document; /* what it was read from; NULL when it was built */
    cdp_platform platform;
    cdp_file_exists_behavior file_exists_behavior;

    appspec_value version;
    appspec_value os;
    appspec_value file_exists;
    cdp_node files_node;
    cdp_node permissions_node;
    cdp_node hooks_node;
    appspec_file *files;
    appspec_permission *permissions;
    appspec_event *events;
    uint32_t file_count;
    uint32_t permission_count;
    uint32_t event_count;

    cdp_node resources_node;
    cdp_node properties_node;
    appspec_value logical_name;
    appspec_lambda lambda;
    appspec_ecs ecs;
};

/* An empty AppSpec in its own arena, or NULL. */
cdp_appspec *cdp_appspec_make(const cdp_allocator *allocator, cdp_platform platform);

/* A value that is text; an absent string makes an absent value. The string is kept as it is. */
appspec_value cdp_appspec_text_value(cdp_string text);

/* `**` when nothing is said. */
cdp_string cdp_appspec_effective_pattern(const appspec_permission *permission);
uint32_t cdp_appspec_effective_types(const appspec_permission *permission);

#endif
