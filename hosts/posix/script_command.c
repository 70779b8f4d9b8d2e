/* SPDX-License-Identifier: MIT */
#include "script_command.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

#define LARGEST_USER_RECORD ((size_t)1 << 20)

/* Strings that grow in number; NULL behind the last. */
typedef struct string_list {
    char **items;
    size_t count;
    size_t capacity;
} string_list;

/* Takes `item` over, also when it fails; NULL is out of memory already. */
static cdp_status list_add(string_list *list, char *item)
{
    if (!item)
        return CDP_ERR_NOMEM;
    /* One more for the NULL at the end. */
    if (!px_grow((void **)&list->items, &list->capacity, list->count + 1, sizeof *list->items)) {
        free(item);
        return CDP_ERR_NOMEM;
    }
    list->items[list->count++] = item;
    list->items[list->count] = NULL;
    return CDP_OK;
}

/* Length of the name in NAME=VALUE. */
static size_t name_length(const char *variable)
{
    return strcspn(variable, "=");
}

/* Sets a variable, in the place of one of that name or at the end. Takes `variable` over. */
static cdp_status set_variable(string_list *list, char *variable)
{
    size_t length;

    if (!variable)
        return CDP_ERR_NOMEM;
    length = name_length(variable) + 1;
    for (size_t i = 0; i < list->count; i++) {
        if (strncmp(list->items[i], variable, length) == 0) {
            free(list->items[i]);
            list->items[i] = variable;
            return CDP_OK;
        }
    }
    return list_add(list, variable);
}

static cdp_status set(string_list *list, const char *name, cdp_string value)
{
    px_buffer text = {0};

    if (!value.data)
        return CDP_OK;
    px_put_c(&text, name);
    px_put_c(&text, "=");
    px_put_string(&text, value);
    if (!px_c_string(&text)) {
        px_buffer_release(&text);
        return CDP_ERR_NOMEM;
    }
    return set_variable(list, text.data);
}

static bool is_one_of(const char *variable, const char *const *names)
{
    size_t length = name_length(variable);

    for (; *names; names++) {
        if (strlen(*names) == length && strncmp(variable, *names, length) == 0)
            return true;
    }
    return false;
}

static bool is_inherited(const char *variable, cdp_posix_environment inherit)
{
    static const char *const credentials[] = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
                                              "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_FILE", NULL};
    static const char *const loader[] = {"LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", NULL};
    static const char *const allowed[] = {"PATH", "HOME", "USER", NULL};

    if (inherit == CDP_POSIX_ENVIRONMENT_ALLOWLIST)
        return is_one_of(variable, allowed);
    if (inherit == CDP_POSIX_ENVIRONMENT_NO_LOADER && is_one_of(variable, loader))
        return false;
    return !is_one_of(variable, credentials);
}

static cdp_status inherit_variables(const cdp_posix_script_options *options, string_list *list)
{
    const char *const *from = options->environment;
    cdp_status status = CDP_OK;

    if (!from)
        from = (const char *const *)environ;
    for (; from && *from && status == CDP_OK; from++) {
        if (is_inherited(*from, options->inherit))
            status = list_add(list, px_copy(px_string(*from)));
    }
    return status;
}

/* What su sets without a login: USER and LOGNAME of root stay. */
static cdp_status set_user_variables(const struct passwd *user, string_list *list)
{
    cdp_status status = set(list, "HOME", px_string(user->pw_dir));

    if (status == CDP_OK)
        status = set(list, "SHELL",
                     px_string(user->pw_shell && *user->pw_shell ? user->pw_shell : "/bin/sh"));
    if (status == CDP_OK && user->pw_uid != 0)
        status = set(list, "USER", px_string(user->pw_name));
    if (status == CDP_OK && user->pw_uid != 0)
        status = set(list, "LOGNAME", px_string(user->pw_name));
    return status;
}

static cdp_status make_environment(const cdp_posix_script_options *options,
                                   const struct passwd *user, string_list *list)
{
    const struct {
        const char *name;
        cdp_string value;
    } own[] = {
        {"LIFECYCLE_EVENT", options->event},
        {"DEPLOYMENT_ID", options->deployment_id},
        {"APPLICATION_NAME", options->application_name},
        {"DEPLOYMENT_GROUP_NAME", options->group_name},
        {"DEPLOYMENT_GROUP_ID", options->group_id},
    };
    cdp_status status = inherit_variables(options, list);

    if (status == CDP_OK && user)
        status = set_user_variables(user, list);
    for (size_t i = 0; i < sizeof own / sizeof *own && status == CDP_OK; i++)
        status = set(list, own[i].name, own[i].value);
    for (size_t i = 0; i < options->variable_count && status == CDP_OK; i++)
        status = set_variable(list, px_copy(options->variables[i]));
    /* So that execve() gets a list, even when there is nothing in it. */
    if (status == CDP_OK && list->count == 0) {
        list->items = calloc(1, sizeof *list->items);
        if (!list->items)
            status = CDP_ERR_NOMEM;
    }
    return status;
}

/* Looks a user up; `buffer` holds the strings. CDP_ERR_NOT_FOUND when there is none. */
static cdp_status find_user(const char *name, struct passwd *user, px_buffer *buffer)
{
    struct passwd *found = NULL;
    int error = ERANGE;

    for (size_t size = 4096; error == ERANGE && size <= LARGEST_USER_RECORD; size *= 2) {
        if (!px_reserve(buffer, size))
            return CDP_ERR_NOMEM;
        error = getpwnam_r(name, user, buffer->data, size, &found);
    }
    return found ? CDP_OK : CDP_ERR_NOT_FOUND;
}

static cdp_status find_groups(const struct passwd *user, px_command *command)
{
    int count = 32;

    for (;;) {
        int given = count;
        gid_t *groups = realloc(command->groups, (size_t)count * sizeof *groups);

        if (!groups)
            return CDP_ERR_NOMEM;
        command->groups = groups;
        if (getgrouplist(user->pw_name, user->pw_gid, groups, &count) >= 0)
            break;
        if (count <= given)
            count = given * 2;
    }
    command->group_count = (size_t)count;
    return CDP_OK;
}

/* Decides whether, and how, the script becomes another user. `*user` is NULL when it need not. */
static cdp_status choose_user(const cdp_posix_script_options *options, const char *name,
                              cdp_diagnostics *diagnostics, struct passwd **user, px_buffer *buffer,
                              px_command *command)
{
    bool is_root = geteuid() == 0;
    cdp_status status;

    if (!name || (options->sudo && !is_root)) {
        *user = NULL;
        return CDP_OK;
    }
    status = find_user(name, *user, buffer);
    if (status == CDP_ERR_NOT_FOUND) {
        px_report(diagnostics, CDP_DIAGNOSTIC_SCRIPT_USER_UNKNOWN, command->script, name, NULL);
        return CDP_ERR_INVALID;
    }
    if (status != CDP_OK)
        return status;
    if (!is_root && (*user)->pw_uid != geteuid()) {
        px_report(diagnostics, CDP_DIAGNOSTIC_SCRIPT_USER_REFUSED, command->script, name, NULL);
        return CDP_ERR_INVALID;
    }
    if (!is_root)
        return CDP_OK;
    command->change_user = true;
    command->uid = (*user)->pw_uid;
    command->gid = (*user)->pw_gid;
    return find_groups(*user, command);
}

/* The value of a variable of the script's own environment. */
static const char *value_of(const string_list *environment, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < environment->count; i++) {
        if (strncmp(environment->items[i], name, length) == 0 &&
            environment->items[i][length] == '=')
            return environment->items[i] + length + 1;
    }
    return NULL;
}

/* Finds a program as execvp() would. CDP_ERR_NOT_FOUND when there is none. */
static cdp_status find_program(const string_list *environment, const char *name, char **path)
{
    const char *folders = value_of(environment, "PATH");
    px_buffer candidate = {0};

    if (!folders)
        folders = "/usr/bin:/bin";
    while (*folders) {
        size_t length = strcspn(folders, ":");

        candidate.length = 0;
        if (length > 0) {
            px_put(&candidate, folders, length);
            px_put_c(&candidate, "/");
            px_put_c(&candidate, name);
            if (!px_c_string(&candidate))
                break;
            if (access(candidate.data, X_OK) == 0) {
                *path = candidate.data;
                return CDP_OK;
            }
        }
        folders += length + (folders[length] == ':');
    }
    px_buffer_release(&candidate);
    return *folders ? CDP_ERR_NOMEM : CDP_ERR_NOT_FOUND;
}

/* The path as a shell reads it as one word; as it stands when it is plain. */
static char *quote(const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_/.,:=+@%-";
    px_buffer quoted = {0};

    if (path[strspn(path, plain)] == '\0')
        return px_copy(px_string(path));
    px_put_c(&quoted, "'");
    for (const char *at = path; *at; at++) {
        if (*at == '\'')
            px_put_c(&quoted, "'\\''");
        else
            px_put(&quoted, at, 1);
    }
    px_put_c(&quoted, "'");
    if (!px_c_string(&quoted))
        px_buffer_release(&quoted);
    return quoted.data;
}

static cdp_status use_sudo(const string_list *environment, const char *user,
                           cdp_diagnostics *diagnostics, px_command *command,
                           string_list *arguments)
{
    cdp_status status = find_program(environment, "sudo", &command->program);

    if (status == CDP_ERR_NOT_FOUND) {
        px_report(diagnostics, CDP_DIAGNOSTIC_SCRIPT_SUDO_MISSING, command->script, NULL);
        return CDP_ERR_INVALID;
    }
    if (status == CDP_OK)
        status = list_add(arguments, px_copy(px_string("sudo")));
    if (!user) {
        if (status == CDP_OK)
            status = list_add(arguments, px_copy(px_string(command->script)));
        return status;
    }
    if (status == CDP_OK)
        status = list_add(arguments, px_copy(px_string("su")));
    if (status == CDP_OK)
        status = list_add(arguments, px_copy(px_string(user)));
    if (status == CDP_OK)
        status = list_add(arguments, px_copy(px_string("-c")));
    if (status == CDP_OK)
        status = list_add(arguments, quote(command->script));
    return status;
}

static cdp_status use_script(px_command *command, string_list *arguments, string_list *shell)
{
    cdp_status status;

    command->program = px_copy(px_string(command->script));
    if (!command->program)
        return CDP_ERR_NOMEM;
    status = list_add(arguments, px_copy(px_string(command->script)));
    if (status == CDP_OK)
        status = list_add(shell, px_copy(px_string("/bin/sh")));
    if (status == CDP_OK)
        status = list_add(shell, px_copy(px_string(command->script)));
    return status;
}

cdp_status px_command_locate(const cdp_posix_script_options *options, px_command *command)
{
    cdp_string location = options->location;
    px_buffer path = {0};

    while (location.length && *location.data == '/') {
        location.data++;
        location.length--;
    }
    px_put_string(&path, options->revision);
    px_put_c(&path, "/");
    px_put_string(&path, location);
    if (!px_c_string(&path)) {
        px_buffer_release(&path);
        return CDP_ERR_NOMEM;
    }
    command->script = path.data;
    return CDP_OK;
}

cdp_status px_command_make(const cdp_posix_script_options *options, cdp_diagnostics *diagnostics,
                           px_command *command)
{
    bool has_user = !px_is_empty(options->runas);
    char *name = has_user ? px_copy(options->runas) : NULL;
    string_list environment = {0};
    string_list arguments = {0};
    string_list shell = {0};
    px_buffer record = {0};
    struct passwd found;
    struct passwd *user = &found;
    cdp_status status = has_user && !name ? CDP_ERR_NOMEM : CDP_OK;

    if (status == CDP_OK)
        status = choose_user(options, name, diagnostics, &user, &record, command);
    if (status == CDP_OK)
        status = make_environment(options, user, &environment);
    if (status == CDP_OK && options->sudo && !command->change_user)
        status = use_sudo(&environment, name, diagnostics, command, &arguments);
    else if (status == CDP_OK)
        status = use_script(command, &arguments, &shell);
    px_buffer_release(&record);
    free(name);
    command->environment = environment.items;
    command->arguments = arguments.items;
    command->shell = shell.items;
    return status;
}

static void release_strings(char **strings)
{
    for (size_t i = 0; strings && strings[i]; i++)
        free(strings[i]);
    free(strings);
}

void px_command_release(px_command *command)
{
    free(command->script);
    free(command->program);
    release_strings(command->arguments);
    release_strings(command->shell);
    release_strings(command->environment);
    free(command->groups);
    *command = (px_command){0};
}

char *px_command_name(const cdp_posix_script_options *options)
{
    px_buffer name = {0};

    px_put_string(&name, options->location);
    if (!px_is_empty(options->runas)) {
        px_put_c(&name, " run as user ");
        px_put_string(&name, options->runas);
    }
    if (!px_c_string(&name))
        px_buffer_release(&name);
    return name.data;
}
