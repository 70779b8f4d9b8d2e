/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_APPSPEC_H
#define CODEDEPLOY_APPSPEC_H

/**
 * @file
 * The AppSpec: the file that says what a revision installs and which scripts or functions run.
 *
 * Text goes in (cdp_appspec_parse()) or an AppSpec is put together by a program
 * (#cdp_appspec_builder); an immutable #cdp_appspec comes out, together with everything that is
 * wrong with it (<codedeploy/diagnostics.h>). It can be looked at, compared and written again.
 *
 * The views (`cdp_appspec_file` and the like) are filled by the getters. The caller sets their
 * `size`; the strings in them belong to the AppSpec and live as long as it does. The getters return
 * #CDP_OK; #CDP_ERR_NOT_FOUND for an index past the end, and for a section that the AppSpec or its
 * platform does not have; #CDP_ERR_ARGUMENT for NULL; #CDP_ERR_STRUCT for a view of no valid size.
 * They may be called from many threads at once.
 *
 * Rules come from the user guide's "AppSpec file reference" and, for the Server platform, from what
 * the official agent 1.x does with a file; docs/compatibility.md lists where we differ on purpose.
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/platform.h>
#include <codedeploy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An AppSpec; immutable. */
typedef struct cdp_appspec cdp_appspec;

/* ---------------------------------------------------------------------------------------------- */
/* Reading                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

/** How severe the reader is. */
typedef enum cdp_appspec_profile {
    /** Refuses exactly what the official agent 1.x refuses (for Lambda and ECS: what the
     *  documentation makes the service refuse), and warns of the rest. */
    CDP_APPSPEC_PROFILE_AGENT = 0,
    /** Also refuses what the documentation forbids and what the agents 1.x and 2.x read
     *  differently: warnings of those kinds become errors. */
    CDP_APPSPEC_PROFILE_STRICT = 1
} cdp_appspec_profile;

/** How an AppSpec is written down. */
typedef enum cdp_appspec_notation {
    /** Reading: XML when the first character is `<`, otherwise YAML. Not for writing. */
    CDP_APPSPEC_NOTATION_AUTO = 0,
    /** As the agents read it: JSON is YAML too. */
    CDP_APPSPEC_NOTATION_YAML = 1,
    /** JSON and nothing else (RFC 8259). */
    CDP_APPSPEC_NOTATION_JSON = 2,
    /** XML, by the mapping of docs/xml.md; an extension that no agent knows. */
    CDP_APPSPEC_NOTATION_XML = 3
} cdp_appspec_notation;

/** Which hosts a Server AppSpec is meant for. */
typedef enum cdp_appspec_host {
    /** #CDP_APPSPEC_HOST_LINUX in profile `agent`, #CDP_APPSPEC_HOST_ANY in profile `strict`. */
    CDP_APPSPEC_HOST_DEFAULT = 0,
    /** `os: windows` is refused, as the agent 1.x on Linux does. */
    CDP_APPSPEC_HOST_LINUX = 1,
    /** `os: linux` is refused, as the agent 1.x on Windows does. */
    CDP_APPSPEC_HOST_WINDOWS = 2,
    /** Either is accepted. */
    CDP_APPSPEC_HOST_ANY = 3
} cdp_appspec_host;

/** What stands at a path of a bundle, symbolic links followed. */
typedef enum cdp_appspec_entry_kind {
    CDP_APPSPEC_ENTRY_MISSING = 0,
    CDP_APPSPEC_ENTRY_FILE = 1,
    CDP_APPSPEC_ENTRY_DIRECTORY = 2,
    /** A device, a socket, a link that leads nowhere. */
    CDP_APPSPEC_ENTRY_OTHER = 3
} cdp_appspec_entry_kind;

/** The answer of cdp_appspec_bundle.look(). */
typedef struct cdp_appspec_entry {
    /** sizeof(cdp_appspec_entry), set by the library before the call. */
    size_t size;
    cdp_appspec_entry_kind kind;
    /** For files: 1 when somebody may execute it, 0 when nobody may. */
    int executable;
} cdp_appspec_entry;

/**
 * A look into the revision that an AppSpec belongs to. With it the reader also finds out whether
 * sources and scripts are there, and whether scripts can be run; without it those checks are
 * skipped.
 *
 * Both callbacks get a `path` relative to the revision's root, without a slash at its beginning or
 * end and without `.` and `..`; it is empty for the root itself and ends with a NUL byte. Either
 * callback may be NULL: its checks are then skipped. They may not call back into the library with
 * any object of the same call. #CDP_PASSTHROUGH skips the check at hand. Any error ends the whole
 * call, which returns it unchanged.
 */
typedef struct cdp_appspec_bundle {
    /** sizeof(cdp_appspec_bundle) */
    size_t size;
    /** Says what stands at a path; a missing one is no error. */
    cdp_status (*look)(cdp_string path, cdp_appspec_entry *entry, void *user);
    /** Reads the first bytes of a file, at most `capacity`, and says how many there were. */
    cdp_status (*read_head)(cdp_string path, char *buffer, size_t capacity, size_t *length,
                            void *user);
    void *user;
} cdp_appspec_bundle;

/** How to read an AppSpec. All zero but `size` is a good choice. */
typedef struct cdp_appspec_options {
    /** sizeof(cdp_appspec_options) */
    size_t size;
    /** NULL for the C library's; copied. */
    const cdp_allocator *allocator;
    /** NULL for the defaults. */
    const cdp_limits *limits;
    /** #CDP_PLATFORM_AUTO tells it from the document; anything else must agree with it. */
    cdp_platform platform;
    cdp_appspec_profile profile;
    cdp_appspec_notation notation;
    cdp_appspec_host host;
    /** 1: take the anchored value for an alias, with a warning, as agents on Ruby before 3.1 and
     *  agents 2.x do. 0: refuse aliases, as the agent 1.x on a current Ruby does. */
    int expand_aliases;
    /**
     * 1: a comment `# codedeploy: ignore CODE` (several codes with commas) silences the warnings
     * and notes of that code on its own line, or, when the comment has a line to itself, on the
     * next line that is not such a comment. What the agent refuses cannot be silenced.
     * 0: such comments are comments.
     */
    int suppressions;
    /** The agent's own folder: destinations inside are warned of. Absent: `/opt/codedeploy-agent`
     *  (on Windows `C:\ProgramData\Amazon\CodeDeploy`). */
    cdp_string agent_root;
    /**
     * The lifecycle events that run in the scenario at hand, in any order; hooks for others are
     * warned of. NULL: not known, not checked. (cdp_lifecycle tells them for a scenario.)
     */
    const cdp_string *scenario_events;
    size_t scenario_event_count;
    /** NULL: checks that need the revision are skipped. */
    const cdp_appspec_bundle *bundle;
} cdp_appspec_options;

/**
 * Reads and checks an AppSpec.
 *
 * @param bytes        the text: UTF-8, with or without BOM, or UTF-16 with BOM; need not end in NUL.
 * @param options      NULL for the defaults. Nothing in it is kept but the allocator.
 * @param diagnostics  gets everything that was found, in the order of the text, each with its line
 *                     and column; may be NULL. What it held before stays.
 * @param appspec      gets the AppSpec, to be freed by the caller.
 * @return #CDP_OK, also when there are warnings; #CDP_ERR_INVALID when it is refused;
 *         #CDP_ERR_LIMIT; #CDP_ERR_UNSUPPORTED for XML in a build without it; #CDP_ERR_ARGUMENT,
 *         #CDP_ERR_STRUCT; #CDP_ERR_NOMEM; an error of a callback of `options->bundle`.
 */
CDP_API cdp_status cdp_appspec_parse(const char *bytes, size_t length,
                                     const cdp_appspec_options *options,
                                     cdp_diagnostics *diagnostics, cdp_appspec **appspec);
CDP_API void cdp_appspec_free(cdp_appspec *appspec);

/**
 * The platform that a text is an AppSpec for, even when cdp_appspec_parse() would refuse it: the one
 * that `options` asks for, or the one that its top-level keys and its resource tell.
 *
 * @param options   as for cdp_appspec_parse(); NULL for the defaults.
 * @param platform  gets it; #CDP_PLATFORM_AUTO when it cannot be told.
 * @return #CDP_OK; otherwise as cdp_appspec_parse() for a text that is no document at all.
 */
CDP_API cdp_status cdp_appspec_detect_platform(const char *bytes, size_t length,
                                               const cdp_appspec_options *options,
                                               cdp_platform *platform);

/* ---------------------------------------------------------------------------------------------- */
/* All platforms                                                                                  */
/* ---------------------------------------------------------------------------------------------- */

/** Never #CDP_PLATFORM_AUTO, except for NULL. */
CDP_API cdp_platform cdp_appspec_platform(const cdp_appspec *appspec);

/** The version as a number's text: `"0.0"`, or `"0"` when it was written as an integer. */
CDP_API cdp_string cdp_appspec_version(const cdp_appspec *appspec);

/** A place in the text that an AppSpec was read from. Its layout is final. */
typedef struct cdp_appspec_place {
    /** First byte and byte after the last, from 0. */
    size_t offset;
    size_t end_offset;
    /** Lines and columns from 1; columns count Unicode characters. */
    uint32_t line;
    uint32_t column;
    uint32_t end_line;
    uint32_t end_column;
} cdp_appspec_place;

/**
 * Finds where a value stood. `pointer` is a JSON Pointer (RFC 6901) in the terms of this header:
 * `/files/3/destination`, `/permissions/0/mode`, `/hooks/AfterInstall/1/timeout`,
 * `/Resources/0/TargetService/Properties/TaskDefinition`. For something that has no place of its
 * own (an item of `except`, a default) it is the place of the nearest thing around it.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND when the pointer leads nowhere or the AppSpec was built
 *         without text; #CDP_ERR_ARGUMENT.
 */
CDP_API cdp_status cdp_appspec_find_place(const cdp_appspec *appspec, cdp_string pointer,
                                          cdp_appspec_place *place);

/** 1 when both mean the same: equal values of every property, wherever and however they were
 *  written; 0 when not, or when one is NULL. */
CDP_API int cdp_appspec_equal(const cdp_appspec *a, const cdp_appspec *b);

/** A lifecycle event that the AppSpec hooks. */
typedef struct cdp_appspec_event {
    /** sizeof(cdp_appspec_event), set by the caller. */
    size_t size;
    /** As it is written, misspelt or not. A key that is no text is shown as its class and value,
     *  `$NilClass:nil`. */
    cdp_string name;
    /** Server: how many scripts it runs (may be 0). */
    size_t script_count;
    /** Lambda and ECS: the function to call, a name or an ARN. Absent for Server. */
    cdp_string function;
} cdp_appspec_event;

/** How many events are hooked; order is the text's. */
CDP_API size_t cdp_appspec_event_count(const cdp_appspec *appspec);
CDP_API cdp_status cdp_appspec_event_at(const cdp_appspec *appspec, size_t index,
                                        cdp_appspec_event *event);

/** Finds an event by its exact name. @return #CDP_OK, #CDP_ERR_NOT_FOUND or #CDP_ERR_ARGUMENT. */
CDP_API cdp_status cdp_appspec_event_find(const cdp_appspec *appspec, cdp_string name,
                                          size_t *index);

/* ---------------------------------------------------------------------------------------------- */
/* Server                                                                                         */
/* ---------------------------------------------------------------------------------------------- */

/**
 * What kind of value stands where a text is expected. The agent 1.x takes them as they are and
 * fails, if at all, only when it installs; profile `strict` refuses all but text.
 */
typedef enum cdp_appspec_value_kind {
    CDP_APPSPEC_VALUE_ABSENT = 0,
    CDP_APPSPEC_VALUE_TEXT = 1,
    /** `1000`: the text of the string is the number's. The agent fails on it. */
    CDP_APPSPEC_VALUE_NUMBER = 2,
    /** `yes`: the text is `true` or `false`. The agent fails on it. */
    CDP_APPSPEC_VALUE_BOOLEAN = 3,
    /** `[a, b]`: the text is the items joined by `/`, which is how the agent makes a path of it. */
    CDP_APPSPEC_VALUE_LIST = 4,
    /** `{a: b}`: the text is the agent's notation of it. The agent fails on it. */
    CDP_APPSPEC_VALUE_MAPPING = 5,
    /** `!!binary`: bytes that the agent takes like text. */
    CDP_APPSPEC_VALUE_BYTES = 6,
    /** `:name`: the text is without the colon. The agent fails on it. */
    CDP_APPSPEC_VALUE_SYMBOL = 7
} cdp_appspec_value_kind;

/** `"linux"` or `"windows"`; absent for Lambda and ECS. */
CDP_API cdp_string cdp_appspec_os(const cdp_appspec *appspec);

/** What to do with a file that is in the way; the API's FileExistsBehavior. */
typedef enum cdp_file_exists_behavior {
    /** The AppSpec does not say; the deployment's own setting decides. */
    CDP_FILE_EXISTS_UNSET = 0,
    CDP_FILE_EXISTS_DISALLOW = 1,
    CDP_FILE_EXISTS_OVERWRITE = 2,
    CDP_FILE_EXISTS_RETAIN = 3
} cdp_file_exists_behavior;

CDP_API cdp_file_exists_behavior cdp_appspec_file_exists_behavior(const cdp_appspec *appspec);

/** The API's spelling, `"DISALLOW"`; `"unset"` for #CDP_FILE_EXISTS_UNSET, else `"unknown"`. */
CDP_API const char *cdp_file_exists_behavior_name(cdp_file_exists_behavior behavior);

/** Reads the API's spelling, exactly; `"unset"` is not part of it.
 *  @return #CDP_OK, #CDP_ERR_NOT_FOUND or #CDP_ERR_ARGUMENT. */
CDP_API cdp_status cdp_file_exists_behavior_from_name(cdp_string name,
                                                      cdp_file_exists_behavior *behavior);

/** One entry of `files`. */
typedef struct cdp_appspec_file {
    /** sizeof(cdp_appspec_file), set by the caller. */
    size_t size;
    /** Neither is trimmed or changed in any way: `/`, `./a/../b` and an empty text may stand here. */
    cdp_string source;
    cdp_string destination;
    cdp_appspec_value_kind source_kind;
    cdp_appspec_value_kind destination_kind;
} cdp_appspec_file;

CDP_API size_t cdp_appspec_file_count(const cdp_appspec *appspec);
CDP_API cdp_status cdp_appspec_file_at(const cdp_appspec *appspec, size_t index,
                                       cdp_appspec_file *file);

/** Bits of cdp_appspec_permission.types. */
enum { CDP_APPSPEC_TYPE_FILE = 1, CDP_APPSPEC_TYPE_DIRECTORY = 2 };

/** One entry of `permissions`. */
typedef struct cdp_appspec_permission {
    /** sizeof(cdp_appspec_permission), set by the caller. */
    size_t size;
    /** A path; without white space at its ends, never empty. */
    cdp_string object;
    /** `**` when nothing is said. */
    cdp_string pattern;
    cdp_string owner;
    cdp_string group;
    /** Three or four octal digits, as the agent pads them (`7` is `"007"`); absent when unset. */
    cdp_string mode;
    /** The SELinux context; all absent when there is none, otherwise at least the type is there.
     *  `context_user` is what the AppSpec calls `name`; `context_range` is canonical. */
    cdp_string context_user;
    cdp_string context_type;
    cdp_string context_range;
    cdp_appspec_value_kind pattern_kind;
    cdp_appspec_value_kind owner_kind;
    cdp_appspec_value_kind group_kind;
    /** Bits CDP_APPSPEC_TYPE_…: both when nothing is said, none for an empty list. */
    uint32_t types;
    /** The mode as a number, 0 to 07777; -1 when unset. */
    int32_t mode_bits;
    /** 1 when the entry has `acls`, which may be an empty list. */
    int has_acls;
    size_t except_count;
    size_t acl_count;
} cdp_appspec_permission;

CDP_API size_t cdp_appspec_permission_count(const cdp_appspec *appspec);
CDP_API cdp_status cdp_appspec_permission_at(const cdp_appspec *appspec, size_t index,
                                             cdp_appspec_permission *permission);

/** One item of a permission's `except`. */
typedef struct cdp_appspec_except {
    /** sizeof(cdp_appspec_except), set by the caller. */
    size_t size;
    cdp_string pattern;
    cdp_appspec_value_kind kind;
} cdp_appspec_except;

CDP_API cdp_status cdp_appspec_permission_except_at(const cdp_appspec *appspec, size_t permission,
                                                    size_t index, cdp_appspec_except *except);

/** Whom an entry of an access control list concerns. */
typedef enum cdp_appspec_acl_type {
    CDP_APPSPEC_ACL_USER = 1,
    CDP_APPSPEC_ACL_GROUP = 2,
    CDP_APPSPEC_ACL_MASK = 3,
    CDP_APPSPEC_ACL_OTHER = 4
} cdp_appspec_acl_type;

/** One item of a permission's `acls`. */
typedef struct cdp_appspec_acl {
    /** sizeof(cdp_appspec_acl), set by the caller. */
    size_t size;
    /** The full form, `default:user:mary:rw-`. */
    cdp_string text;
    /** Absent for mask and other, and for the owning user or group of a default entry. */
    cdp_string name;
    cdp_appspec_acl_type type;
    /** 1 for an entry that new files below a directory inherit. */
    int is_default;
    /** 0 to 7: 4 read, 2 write, 1 execute. */
    uint32_t bits;
} cdp_appspec_acl;

CDP_API cdp_status cdp_appspec_permission_acl_at(const cdp_appspec *appspec, size_t permission,
                                                 size_t index, cdp_appspec_acl *acl);

/** One script of a hook. */
typedef struct cdp_appspec_script {
    /** sizeof(cdp_appspec_script), set by the caller. */
    size_t size;
    /** Relative to the revision's root; without white space at its ends, never empty. */
    cdp_string location;
    /** Absent when unset. Empty when it is written as blank (the agent 1.x then runs `su ""`). */
    cdp_string runas;
    /** 1 when the script runs through sudo: any value that Ruby takes for true. */
    int sudo;
    /** Seconds, from 1; 3600 when unset. A number that does not fit is INT64_MAX. */
    int64_t timeout;
} cdp_appspec_script;

/** Reads script `index` of the event at index `event`. */
CDP_API cdp_status cdp_appspec_script_at(const cdp_appspec *appspec, size_t event, size_t index,
                                         cdp_appspec_script *script);

/* ---------------------------------------------------------------------------------------------- */
/* Lambda and ECS                                                                                 */
/* ---------------------------------------------------------------------------------------------- */

/** The resource of a Lambda AppSpec. As an input (builder), all strings are copied. */
typedef struct cdp_appspec_lambda {
    /** sizeof(cdp_appspec_lambda), set by the caller. */
    size_t size;
    /** What the resource is called in the AppSpec. */
    cdp_string logical_name;
    cdp_string name;
    cdp_string alias;
    cdp_string current_version;
    cdp_string target_version;
} cdp_appspec_lambda;

CDP_API cdp_status cdp_appspec_get_lambda(const cdp_appspec *appspec, cdp_appspec_lambda *lambda);

/** The resource of an ECS AppSpec. */
typedef struct cdp_appspec_ecs {
    /** sizeof(cdp_appspec_ecs), set by the caller. */
    size_t size;
    /** What the resource is called in the AppSpec, usually `TargetService`. */
    cdp_string logical_name;
    /** An ARN, or a placeholder such as `<TASK_DEFINITION>`. */
    cdp_string task_definition;
    cdp_string container_name;
    /** Absent when unset; the service then takes `LATEST`. */
    cdp_string platform_version;
    /** `"ENABLED"` or `"DISABLED"`; absent when there is no network configuration. */
    cdp_string assign_public_ip;
    /** 1 to 65535; 0 when it is still a placeholder. */
    uint32_t container_port;
    /** 1 when there is a NetworkConfiguration; subnets and security groups are then lists. */
    int has_network_configuration;
    size_t subnet_count;
    size_t security_group_count;
    size_t capacity_provider_count;
} cdp_appspec_ecs;

CDP_API cdp_status cdp_appspec_get_ecs(const cdp_appspec *appspec, cdp_appspec_ecs *ecs);
CDP_API cdp_status cdp_appspec_subnet_at(const cdp_appspec *appspec, size_t index,
                                         cdp_string *subnet);
CDP_API cdp_status cdp_appspec_security_group_at(const cdp_appspec *appspec, size_t index,
                                                 cdp_string *security_group);

/** One item of an ECS CapacityProviderStrategy. */
typedef struct cdp_appspec_capacity_provider {
    /** sizeof(cdp_appspec_capacity_provider), set by the caller. */
    size_t size;
    cdp_string name;
    /** -1 when unset. */
    int32_t base;
    int32_t weight;
} cdp_appspec_capacity_provider;

CDP_API cdp_status cdp_appspec_capacity_provider_at(const cdp_appspec *appspec, size_t index,
                                                    cdp_appspec_capacity_provider *provider);

/* ---------------------------------------------------------------------------------------------- */
/* Writing                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

/**
 * Appends an AppSpec in its canonical form: complete, in a fixed order, without what is default.
 * Values are written so that the agents 1.x and 2.x read them alike where that is possible (modes in
 * quotes, times as plain numbers), and reading the result gives an AppSpec that is
 * cdp_appspec_equal().
 *
 * @param notation  YAML, JSON or XML; #CDP_APPSPEC_NOTATION_AUTO is YAML.
 * @return #CDP_OK; #CDP_ERR_NOMEM; #CDP_ERR_ARGUMENT; #CDP_ERR_UNSUPPORTED when the notation cannot
 *         carry a value (a control character in XML, an event name that is a list in JSON).
 *         `text` is then as it was.
 */
CDP_API cdp_status cdp_appspec_write(const cdp_appspec *appspec, cdp_appspec_notation notation,
                                     cdp_text *text);

/**
 * Appends an AppSpec as the agent understands it, every member present: what `codedeploy show`
 * prints. For Server: `version`, `os`, `file_exists_behavior`, `files`, `permissions` (`object`,
 * `pattern`, `except`, `type`, `owner`, `group`, `mode` as text, `acls` in the full form, `context`
 * with `user`, `role`, `type`, `range`) and `hooks` (event to list of `location`, `runas`, `sudo`,
 * `timeout`); what is unset is null. Lambda and ECS: as cdp_appspec_write().
 *
 * It is for comparing and for programs, and not an AppSpec: reading it back loses what the agents
 * do not read under these names (the context's user).
 *
 * @param notation  JSON or YAML; #CDP_APPSPEC_NOTATION_AUTO is JSON, XML is refused.
 * @return as cdp_appspec_write().
 */
CDP_API cdp_status cdp_appspec_write_normalized(const cdp_appspec *appspec,
                                                cdp_appspec_notation notation, cdp_text *text);

/**
 * Appends a commented AppSpec to begin with, in YAML; it is valid in profile `strict`.
 * @return #CDP_OK, #CDP_ERR_NOMEM, #CDP_ERR_ARGUMENT.
 */
CDP_API cdp_status cdp_appspec_write_starter(cdp_platform platform, cdp_text *text);

/* ---------------------------------------------------------------------------------------------- */
/* Building without text                                                                          */
/* ---------------------------------------------------------------------------------------------- */

/**
 * Puts an AppSpec together, property by property. Setters copy what they are given and check only
 * that they can keep it; cdp_appspec_builder_finish() makes all checks. Belongs to one thread at a
 * time. Every setter returns #CDP_OK, #CDP_ERR_NOMEM, #CDP_ERR_ARGUMENT, #CDP_ERR_STRUCT, or
 * #CDP_ERR_STATE for a property that the platform does not have.
 */
typedef struct cdp_appspec_builder cdp_appspec_builder;

/**
 * @param allocator  NULL for the C library's; copied.
 * @param platform   not #CDP_PLATFORM_AUTO.
 */
CDP_API cdp_status cdp_appspec_builder_new(const cdp_allocator *allocator, cdp_platform platform,
                                           cdp_appspec_builder **builder);
CDP_API void cdp_appspec_builder_free(cdp_appspec_builder *builder);

/** Server. `os` is required. */
CDP_API cdp_status cdp_appspec_builder_set_os(cdp_appspec_builder *builder, cdp_string os);
CDP_API cdp_status cdp_appspec_builder_set_file_exists_behavior(cdp_appspec_builder *builder,
                                                                cdp_file_exists_behavior behavior);
CDP_API cdp_status cdp_appspec_builder_add_file(cdp_appspec_builder *builder, cdp_string source,
                                                cdp_string destination);

/** A permission to add. Absent strings and NULL lists are as if the key were not written. */
typedef struct cdp_appspec_permission_input {
    /** sizeof(cdp_appspec_permission_input) */
    size_t size;
    cdp_string object;
    cdp_string pattern;
    cdp_string owner;
    cdp_string group;
    /** One to four octal digits. */
    cdp_string mode;
    cdp_string context_user;
    cdp_string context_type;
    cdp_string context_range;
    /** Bits CDP_APPSPEC_TYPE_…; 0 for both. */
    uint32_t types;
    /** Must be 0. */
    uint32_t reserved;
    const cdp_string *except;
    size_t except_count;
    /** In any form that an AppSpec may hold (`u:mary:rw`). */
    const cdp_string *acls;
    size_t acl_count;
} cdp_appspec_permission_input;

CDP_API cdp_status cdp_appspec_builder_add_permission(
    cdp_appspec_builder *builder, const cdp_appspec_permission_input *permission);

/** Adds a script behind those that the event has already. `timeout` 0 stands for unset.
 *  `script` uses the members of #cdp_appspec_script as inputs. */
CDP_API cdp_status cdp_appspec_builder_add_script(cdp_appspec_builder *builder, cdp_string event,
                                                  const cdp_appspec_script *script);

/** Lambda and ECS: hooks an event. */
CDP_API cdp_status cdp_appspec_builder_add_function(cdp_appspec_builder *builder, cdp_string event,
                                                    cdp_string function);
CDP_API cdp_status cdp_appspec_builder_set_lambda(cdp_appspec_builder *builder,
                                                  const cdp_appspec_lambda *lambda);

/** The ECS resource to set. */
typedef struct cdp_appspec_ecs_input {
    /** sizeof(cdp_appspec_ecs_input) */
    size_t size;
    cdp_string logical_name;
    cdp_string task_definition;
    cdp_string container_name;
    cdp_string platform_version;
    /** Present: there is a NetworkConfiguration, and the two lists belong to it. */
    cdp_string assign_public_ip;
    uint32_t container_port;
    /** Must be 0. */
    uint32_t reserved;
    const cdp_string *subnets;
    size_t subnet_count;
    const cdp_string *security_groups;
    size_t security_group_count;
    /** Each with its own `size`, all alike. */
    const cdp_appspec_capacity_provider *capacity_providers;
    size_t capacity_provider_count;
} cdp_appspec_ecs_input;

CDP_API cdp_status cdp_appspec_builder_set_ecs(cdp_appspec_builder *builder,
                                               const cdp_appspec_ecs_input *ecs);

/**
 * Checks what was put together, by the same rules as cdp_appspec_parse(), and makes the AppSpec.
 * The builder is as it was and may be used on.
 *
 * @param options      NULL for the defaults; `platform` must be the builder's or AUTO; notation,
 *                     expand_aliases and suppressions mean nothing here.
 * @param diagnostics  gets the findings, without places; may be NULL.
 * @return as cdp_appspec_parse().
 */
CDP_API cdp_status cdp_appspec_builder_finish(const cdp_appspec_builder *builder,
                                              const cdp_appspec_options *options,
                                              cdp_diagnostics *diagnostics, cdp_appspec **appspec);

/* ---------------------------------------------------------------------------------------------- */
/* Three readings of one text                                                                     */
/* ---------------------------------------------------------------------------------------------- */

/** Who reads. */
typedef enum cdp_appspec_reader {
    /** The official agent 1.x (Ruby), on a current Ruby. */
    CDP_APPSPEC_READER_AGENT_1 = 0,
    /** The official agent 2.x (Rust). */
    CDP_APPSPEC_READER_AGENT_2 = 1,
    /** The user guide. */
    CDP_APPSPEC_READER_DOCUMENTATION = 2
} cdp_appspec_reader;

/** What each of the three makes of one text, where they differ. Immutable. */
typedef struct cdp_appspec_comparison cdp_appspec_comparison;

/** What one reader makes of the whole text. */
typedef struct cdp_appspec_reading {
    /** sizeof(cdp_appspec_reading), set by the caller. */
    size_t size;
    /** 1: accepted; 0: refused. */
    int accepted;
    /** Why it is refused, in one sentence; absent when it is accepted. */
    cdp_string reason;
} cdp_appspec_reading;

/** One thing that the three do not read alike. */
typedef struct cdp_appspec_difference {
    /** sizeof(cdp_appspec_difference), set by the caller. */
    size_t size;
    /** JSON Pointer to it, in the text's own terms. */
    cdp_string pointer;
    /** What it is, in plain words: `mode`, `script`, `the whole file`. */
    cdp_string what;
    /** As it is written in the text. */
    cdp_string written;
    /** What each makes of it, in plain words: `0420`, `refused: …`, `ignored`. */
    cdp_string agent_1;
    cdp_string agent_2;
    cdp_string documentation;
    cdp_appspec_place place;
} cdp_appspec_difference;

/**
 * Compares the readings of a Server AppSpec.
 *
 * @param options      as for cdp_appspec_parse(); profile, host, bundle and suppressions mean
 *                     nothing here.
 * @param diagnostics  gets what keeps the text from being read by any of the three; may be NULL.
 * @return #CDP_OK, also when some or all refuse the text; #CDP_ERR_INVALID when it is not a
 *         document for any of them, or not of the Server platform; otherwise as
 *         cdp_appspec_parse().
 */
CDP_API cdp_status cdp_appspec_compare(const char *bytes, size_t length,
                                       const cdp_appspec_options *options,
                                       cdp_diagnostics *diagnostics,
                                       cdp_appspec_comparison **comparison);
CDP_API void cdp_appspec_comparison_free(cdp_appspec_comparison *comparison);
CDP_API cdp_status cdp_appspec_comparison_reading(const cdp_appspec_comparison *comparison,
                                                  cdp_appspec_reader reader,
                                                  cdp_appspec_reading *reading);

/** How many differences there are, in the order of the text. */
CDP_API size_t cdp_appspec_comparison_count(const cdp_appspec_comparison *comparison);
CDP_API cdp_status cdp_appspec_comparison_at(const cdp_appspec_comparison *comparison, size_t index,
                                             cdp_appspec_difference *difference);

#ifdef __cplusplus
}
#endif

#endif
