/* SPDX-License-Identifier: MIT */
#include <codedeploy-posix/agent_config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "layout.h"

/* ---- the keys ---- */

typedef enum value_kind { NO_EFFECT, TEXT, SWITCH, NUMBER, BYTES } value_kind;

typedef enum key_index {
    ROOT_DIR,
    MAX_REVISIONS,
    PROGRAM_NAME,
    ENABLE_DEPLOYMENTS_LOG,
    ON_PREMISES_FILE,
    PROXY_URI,
    S3_ENDPOINT,
    REGION,
    FIPS,
    NO_IMDS_V1,
    READ_TIMEOUT,
    LARGEST_BUNDLE,
    IGNORE_OWNERS,
    ENV_ALLOWLIST,
    ENV_NO_LOADER,
    REFUSE_LINKS,
    REFUSE_SET_ID,
    REFUSE_UNCONFINED,
    PRIVATE_DIRECTORIES,
    KEY_COUNT
} key_index;

static const struct {
    const char *name;
    value_kind kind;
} keys[KEY_COUNT] = {
    [ROOT_DIR] = {"root_dir", TEXT},
    [MAX_REVISIONS] = {"max_revisions", NUMBER},
    [PROGRAM_NAME] = {"program_name", TEXT},
    [ENABLE_DEPLOYMENTS_LOG] = {"enable_deployments_log", SWITCH},
    [ON_PREMISES_FILE] = {"on_premises_config_file", TEXT},
    [PROXY_URI] = {"proxy_uri", TEXT},
    [S3_ENDPOINT] = {"s3_endpoint_override", TEXT},
    [REGION] = {"instance_service_region", TEXT},
    [FIPS] = {"use_fips_mode", SWITCH},
    [NO_IMDS_V1] = {"disable_imds_v1", SWITCH},
    [READ_TIMEOUT] = {"http_read_timeout", NUMBER},
    [LARGEST_BUNDLE] = {"archive_max_extraction_size", BYTES},
    [IGNORE_OWNERS] = {"ignore_ownership_in_bundle", SWITCH},
    [ENV_ALLOWLIST] = {"restrict_hook_env_to_allowlist", SWITCH},
    [ENV_NO_LOADER] = {"strip_loader_env_in_hooks", SWITCH},
    [REFUSE_LINKS] = {"reject_symlinks_in_bundle", SWITCH},
    [REFUSE_SET_ID] = {"reject_unsafe_permissions_in_bundle", SWITCH},
    [REFUSE_UNCONFINED] = {"reject_unconfined_selinux_in_bundle", SWITCH},
    [PRIVATE_DIRECTORIES] = {"restrict_agent_dir_permissions", SWITCH},
};

/* Keys of the agent's service, or of what is always so here. */
static const char *const without_effect[] = {
    "log_aws_wire",
    "log_dir",
    "pid_dir",
    "verbose",
    "wait_between_runs",
    "wait_after_error",
    "kill_agent_max_wait_time_seconds",
    "enable_auth_policy",
    "deploy_control_endpoint",
    "enable_command_port",
    "ongoing_deployment_tracking",
    "disable_core_dumps",
    "reject_path_traversal_in_bundle",
    "reject_symlink_permission_targets",
    "restrict_log_dir_permissions",
    "disable_powershell_profile_in_hooks",
    "enable_archive_reuse",
    "children",
    "wait_between_spawning_children",
    "shared_dir",
    "user",
    "instance_service_endpoint",
    "instance_service_port",
    "codedeploy_test_profile",
    "ssl_verify_peer",
};

enum { MOST_VARIABLES = 12 };

struct cdp_posix_agent_config {
    char *values[KEY_COUNT]; /* NULL: not said */
    char *variables[MOST_VARIABLES];
    size_t variable_count;
};

/* ---- values ---- */

/* 1, 0, or -1 for neither; the words of YAML 1.1, which the agent reads. */
static int switch_of(const char *value)
{
    static const char *const words[2][8] = {
        {"false", "False", "FALSE", "no", "No", "NO", "off", "Off"},
        {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On"},
    };

    for (int is_on = 0; is_on < 2; is_on++) {
        for (size_t i = 0; i < 8; i++) {
            if (strcmp(value, words[is_on][i]) == 0)
                return is_on;
        }
    }
    return -1;
}

static bool is_on(const cdp_posix_agent_config *config, key_index key)
{
    return config->values[key] && switch_of(config->values[key]) == 1;
}

/* A whole number from 1 on; 0 for anything else. `end` gets what stands behind it. */
static uint64_t number_of(const char *value, const char **end)
{
    char *behind;
    uintmax_t number;

    if (*value < '0' || *value > '9')
        return 0;
    errno = 0;
    number = strtoumax(value, &behind, 10);
    *end = behind;
    return errno == 0 ? number : 0;
}

/* "4096", "4GB" (thousands) or "1GiB" (1024s); 0 for anything else. */
static uint64_t bytes_of(const char *value)
{
    static const struct {
        const char *word;
        uint64_t factor;
    } units[] = {
        {"", 1},
        {"B", 1},
        {"KB", 1000},
        {"MB", 1000000},
        {"GB", 1000000000},
        {"TB", UINT64_C(1000000000000)},
        {"KiB", UINT64_C(1) << 10},
        {"MiB", UINT64_C(1) << 20},
        {"GiB", UINT64_C(1) << 30},
        {"TiB", UINT64_C(1) << 40},
    };
    const char *unit = value;
    uint64_t number = number_of(value, &unit);

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(unit, units[i].word) == 0)
            return number <= UINT64_MAX / units[i].factor ? number * units[i].factor : 0;
    }
    return 0;
}

/* What a value must be, when it is not that; otherwise NULL. */
static const char *complaint(value_kind kind, const char *value)
{
    const char *end = value;
    uint64_t number;

    switch (kind) {
    case SWITCH:
        return switch_of(value) < 0 ? "true or false" : NULL;
    case NUMBER:
        number = number_of(value, &end);
        return number < 1 || number > 1000000 || *end ? "a whole number from 1 on" : NULL;
    case BYTES:
        return bytes_of(value) == 0 ? "a number of bytes, or one with a unit such as 4GB or 1GiB"
                                    : NULL;
    case TEXT:
    case NO_EFFECT:
        break;
    }
    return NULL;
}

/* ---- lines ---- */

/* `:key: value` or `key: value`: cuts both out of the line; false for anything else. */
static bool take_pair(char *line, char **key, char **value)
{
    size_t length;

    *key = line + (*line == ':');
    length = strcspn(*key, ": \t");
    if (length == 0 || (*key)[length] != ':' || **key == '#')
        return false;
    (*key)[length] = '\0';
    *value = *key + length + 1;
    *value += strspn(*value, " \t");
    if (**value == '"' || **value == '\'') {
        char quote[2] = {**value, '\0'};

        (*value)++;
        (*value)[strcspn(*value, quote)] = '\0';
        return true;
    }
    for (char *comment = *value; *comment; comment++) {
        if (*comment == '#' && (comment == *value || comment[-1] == ' ')) {
            *comment = '\0';
            break;
        }
    }
    for (length = strlen(*value); length > 0 && strchr(" \t\r", (*value)[length - 1]); length--)
        (*value)[length - 1] = '\0';
    return true;
}

typedef cdp_status (*take_line)(void *context, char *key, char *value);

static cdp_status read_lines(char *text, take_line take, void *context)
{
    cdp_status status = CDP_OK;

    for (char *line = text; status == CDP_OK && *line;) {
        size_t length = strcspn(line, "\n");
        bool last = line[length] == '\0';
        char *key;
        char *value;

        line[length] = '\0';
        /* `key:` alone and `key: ~` are YAML's nothing. */
        if (take_pair(line, &key, &value) && *value && strcmp(value, "~") != 0)
            status = take(context, key, value);
        line += length + !last;
    }
    return status;
}

static bool is_without_effect(const char *key)
{
    for (size_t i = 0; i < sizeof without_effect / sizeof *without_effect; i++) {
        if (strcmp(key, without_effect[i]) == 0)
            return true;
    }
    return false;
}

typedef struct reading {
    cdp_posix_agent_config *config;
    const char *path;
    cdp_diagnostics *diagnostics;
} reading;

static cdp_status take_setting(void *context, char *key, char *value)
{
    const reading *r = context;
    size_t index = 0;
    const char *wanted;

    while (index < KEY_COUNT && strcmp(keys[index].name, key) != 0)
        index++;
    if (index == KEY_COUNT) {
        if (!is_without_effect(key))
            px_report(r->diagnostics, CDP_DIAGNOSTIC_AGENT_CONFIG_UNKNOWN, r->path, key, NULL);
        return CDP_OK;
    }
    wanted = complaint(keys[index].kind, value);
    /* It names a file. */
    if (index == PROGRAM_NAME && *value && !px_is_component(px_string(value)))
        wanted = "a name without slashes";
    if (wanted) {
        px_report(r->diagnostics, CDP_DIAGNOSTIC_AGENT_CONFIG_VALUE, r->path, key, wanted, value,
                  NULL);
        return CDP_ERR_INVALID;
    }
    free(r->config->values[index]);
    r->config->values[index] = strdup(value);
    return r->config->values[index] ? CDP_OK : CDP_ERR_NOMEM;
}

/* ---- for fetching ---- */

/* Sets a variable, or replaces it. */
static cdp_status set_variable(cdp_posix_agent_config *config, const char *name, const char *value)
{
    size_t length = strlen(name);
    px_buffer text = {0};
    size_t i = 0;

    px_put_format(&text, "%s=%s", name, value);
    if (!px_c_string(&text)) {
        px_buffer_release(&text);
        return CDP_ERR_NOMEM;
    }
    while (i < config->variable_count && (strncmp(config->variables[i], name, length) != 0 ||
                                          config->variables[i][length] != '='))
        i++;
    if (i < config->variable_count)
        free(config->variables[i]);
    else
        config->variable_count++;
    config->variables[i] = text.data;
    return CDP_OK;
}

static cdp_status set_variables(cdp_posix_agent_config *config)
{
    static const struct {
        key_index key;
        const char *name;
    } texts[] = {
        {REGION, "AWS_REGION"},
        {S3_ENDPOINT, "AWS_ENDPOINT_URL_S3"},
        {PROXY_URI, "HTTPS_PROXY"},
        {READ_TIMEOUT, "CODEDEPLOY_READ_TIMEOUT"},
    };
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == CDP_OK; i++) {
        if (config->values[texts[i].key])
            status = set_variable(config, texts[i].name, config->values[texts[i].key]);
    }
    if (status == CDP_OK && is_on(config, FIPS))
        status = set_variable(config, "AWS_USE_FIPS_ENDPOINT", "true");
    if (status == CDP_OK && is_on(config, NO_IMDS_V1))
        status = set_variable(config, "AWS_EC2_METADATA_V1_DISABLED", "true");
    return status;
}

static cdp_status take_credential(void *context, char *key, char *value)
{
    static const struct {
        const char *key;
        const char *name;
    } names[] = {
        {"region", "AWS_REGION"},
        {"aws_access_key_id", "AWS_ACCESS_KEY_ID"},
        {"aws_secret_access_key", "AWS_SECRET_ACCESS_KEY"},
        {"aws_credentials_file", "AWS_SHARED_CREDENTIALS_FILE"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(key, names[i].key) == 0)
            return set_variable(context, names[i].name, value);
    }
    return CDP_OK;
}

/* ---- the public calls ---- */

cdp_status cdp_posix_agent_config_read(cdp_string path, cdp_diagnostics *diagnostics,
                                       cdp_posix_agent_config **config)
{
    reading r = {.diagnostics = diagnostics};
    px_error_text words;
    cdp_status status;
    char *text;

    if (!px_is_text(path) || !config)
        return CDP_ERR_ARGUMENT;
    r.path = path.data;
    errno = 0;
    text = px_read_small(path.data);
    if (!text) {
        px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_SYSTEM, "read", path.data,
                  px_describe(errno, &words), NULL);
        return CDP_ERR_IO;
    }
    r.config = calloc(1, sizeof *r.config);
    status = r.config ? read_lines(text, take_setting, &r) : CDP_ERR_NOMEM;
    free(text);
    if (status == CDP_OK)
        status = set_variables(r.config);
    text = status == CDP_OK && r.config->values[ON_PREMISES_FILE]
               ? px_read_small(r.config->values[ON_PREMISES_FILE])
               : NULL;
    if (text)
        status = read_lines(text, take_credential, r.config);
    free(text);
    if (status != CDP_OK) {
        cdp_posix_agent_config_free(r.config);
        return status;
    }
    *config = r.config;
    return CDP_OK;
}

void cdp_posix_agent_config_free(cdp_posix_agent_config *config)
{
    if (!config)
        return;
    for (size_t i = 0; i < KEY_COUNT; i++)
        free(config->values[i]);
    for (size_t i = 0; i < config->variable_count; i++)
        free(config->variables[i]);
    free(config);
}

static cdp_string text_of(const cdp_posix_agent_config *config, key_index key)
{
    return config && config->values[key] ? px_string(config->values[key]) : (cdp_string){NULL, 0};
}

cdp_string cdp_posix_agent_config_root_directory(const cdp_posix_agent_config *config)
{
    return text_of(config, ROOT_DIR);
}

uint32_t cdp_posix_agent_config_max_revisions(const cdp_posix_agent_config *config)
{
    const char *end;

    return config && config->values[MAX_REVISIONS]
               ? (uint32_t)number_of(config->values[MAX_REVISIONS], &end)
               : 5;
}

cdp_status cdp_posix_agent_config_apply(const cdp_posix_agent_config *config,
                                        cdp_posix_deploy_options *options)
{
    cdp_posix_deploy_options own;
    cdp_status status = config ? px_sized_read(&own, sizeof own, options) : CDP_ERR_ARGUMENT;

    if (status != CDP_OK)
        return status;
    if (config->values[ROOT_DIR])
        own.root_directory = text_of(config, ROOT_DIR);
    if (config->values[MAX_REVISIONS])
        own.max_revisions = cdp_posix_agent_config_max_revisions(config);
    if (config->values[PROGRAM_NAME])
        own.program_name = text_of(config, PROGRAM_NAME);
    if (config->values[ENABLE_DEPLOYMENTS_LOG])
        own.no_deployments_log = !is_on(config, ENABLE_DEPLOYMENTS_LOG);
    if (is_on(config, ENV_NO_LOADER))
        own.script_environment = CDP_POSIX_ENVIRONMENT_NO_LOADER;
    if (is_on(config, ENV_ALLOWLIST))
        own.script_environment = CDP_POSIX_ENVIRONMENT_ALLOWLIST;
    if (is_on(config, IGNORE_OWNERS))
        own.bundle_allow |= CDP_POSIX_BUNDLE_IGNORE_OWNERS;
    if (is_on(config, REFUSE_LINKS))
        own.bundle_allow |= CDP_POSIX_BUNDLE_REFUSE_LINKS;
    if (is_on(config, REFUSE_SET_ID))
        own.refuse |= CDP_POSIX_REFUSE_SET_ID;
    if (is_on(config, REFUSE_UNCONFINED))
        own.refuse |= CDP_POSIX_REFUSE_UNCONFINED;
    if (is_on(config, PRIVATE_DIRECTORIES))
        own.private_directories = 1;
    if (config->values[LARGEST_BUNDLE])
        own.bundle_bytes = bytes_of(config->values[LARGEST_BUNDLE]);
    return px_sized_write(options, &own, sizeof own);
}

size_t cdp_posix_agent_config_variable_count(const cdp_posix_agent_config *config)
{
    return config ? config->variable_count : 0;
}

cdp_string cdp_posix_agent_config_variable_at(const cdp_posix_agent_config *config, size_t index)
{
    return config && index < config->variable_count ? px_string(config->variables[index])
                                                    : (cdp_string){NULL, 0};
}
