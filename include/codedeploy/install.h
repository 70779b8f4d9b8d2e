/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_INSTALL_H
#define CODEDEPLOY_INSTALL_H

/**
 * @file
 * The Install event on a host: what would be done, whether it can be done, and the records of it.
 *
 * cdp_install_plan_new() looks at an AppSpec, the revision and the destination, touches nothing,
 * and makes a #cdp_install_plan: the instructions in the order of the official agent, and
 * everything that speaks against them (conflicts). docs/install.md has the rules, the table of what
 * happens to every kind of file that is in the way, and where the two modes differ.
 *
 * Two kinds of text are written and read byte for byte as the official agent does:
 * - *instructions* (`<group>-install.json`): cdp_install_plan_write_instructions(),
 *   #cdp_install_instructions;
 * - the *cleanup record* (`<group>-cleanup`), which names what an install made, for the next one to
 *   remove: cdp_install_plan_write_record(), #cdp_install_record.
 *
 * Paths in them, and in everything that this header shows, are absolute paths of the machine as
 * the user knows them; only the callbacks of #cdp_fs get paths below a root.
 */

#include <codedeploy/appspec.h>
#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/filesystem.h>
#include <codedeploy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------- */
/* The cleanup record                                                                             */
/* ---------------------------------------------------------------------------------------------- */

/** What one entry of a cleanup record asks for. */
typedef enum cdp_install_record_kind {
    /** Remove a file or link, or a directory if it is empty. */
    CDP_INSTALL_RECORD_PATH = 1,
    /** Remove the SELinux policy's entry for a path (`semanage` in the file). */
    CDP_INSTALL_RECORD_CONTEXT = 2
} cdp_install_record_kind;

/** A cleanup record as read; immutable. */
typedef struct cdp_install_record cdp_install_record;

/**
 * Reads a cleanup record: one path a line, `semanage` NUL path for contexts, in the order in which
 * things were made.
 *
 * A last line without a line end was torn by a crash and is dropped, as the agent does. Lines that
 * could reach a wrong path are passed over with a warning: relative ones, those with an empty, `.`
 * or `..` component, the root itself. Lines that this library escaped (see
 * cdp_install_record_put()) are read back; a name that the official agent broke over several lines
 * is put together again where the pieces tell so.
 *
 * @param bytes        the file's content; any bytes.
 * @param allocator    NULL for the C library's; copied.
 * @param diagnostics  gets the warnings; may be NULL.
 * @return #CDP_OK; #CDP_ERR_LIMIT for more than 2^32 - 1 bytes; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_install_record_parse(const char *bytes, size_t length,
                                            const cdp_allocator *allocator,
                                            cdp_diagnostics *diagnostics,
                                            cdp_install_record **record);
CDP_API void cdp_install_record_free(cdp_install_record *record);

/** How many entries it has; they are removed from the last to the first. */
CDP_API size_t cdp_install_record_count(const cdp_install_record *record);

/**
 * Reads the entry at `index`, in the order of the file. Either out parameter may be NULL.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT.
 */
CDP_API cdp_status cdp_install_record_at(const cdp_install_record *record, size_t index,
                                         cdp_install_record_kind *kind, cdp_string *path);

/** 1 when a path is recorded (#CDP_INSTALL_RECORD_PATH), else 0. O(log n). */
CDP_API int cdp_install_record_contains(const cdp_install_record *record, cdp_string path);

/**
 * Appends one line to the text of a cleanup record.
 *
 * A path that one of the official agents would read back wrongly (it holds a line feed, ends in
 * white space, or is not UTF-8) is written as `codedeploy-escaped:` and the path with `%XX` for `%`
 * and for every byte that is not a printable ASCII character. The official agents take that for a
 * relative path that does not exist, and pass it over.
 *
 * @return #CDP_OK; #CDP_ERR_ARGUMENT for a path that is not absolute, is the root, or holds NUL or
 *         an empty, `.` or `..` component; #CDP_ERR_NOMEM. `text` is then as it was.
 */
CDP_API cdp_status cdp_install_record_put(cdp_text *text, cdp_install_record_kind kind,
                                          cdp_string path);

/* ---------------------------------------------------------------------------------------------- */
/* The plan                                                                                       */
/* ---------------------------------------------------------------------------------------------- */

/** How an install is carried out. */
typedef enum cdp_install_mode {
    /** Everything is staged and can be undone; links in the revision are installed as links; what
     *  cannot succeed is refused before anything is touched. */
    CDP_INSTALL_TRANSACTIONAL = 0,
    /** The official agent's order and its readings, also where they are unwise: the old release is
     *  removed first, links to directories in the revision are followed. */
    CDP_INSTALL_COMPATIBLE = 1
} cdp_install_mode;

/** `"transactional"`, `"compatible"`; `"unknown"` for anything else. Static text. */
CDP_API const char *cdp_install_mode_name(cdp_install_mode mode);

/** @return #CDP_OK, #CDP_ERR_NOT_FOUND or #CDP_ERR_ARGUMENT. */
CDP_API cdp_status cdp_install_mode_from_name(cdp_string name, cdp_install_mode *mode);

/** What is to be planned. Everything that is pointed to must live as long as the call only. */
typedef struct cdp_install_options {
    /** sizeof(cdp_install_options) */
    size_t size;
    /** NULL for the C library's; copied. */
    const cdp_allocator *allocator;
    /** Of the platform Server; required. */
    const cdp_appspec *appspec;
    /** Required; `info` and `list` of #CDP_FS_REVISION and #CDP_FS_DESTINATION, `read_link` and
     *  `check_owner` where there are. Nothing else is called. */
    const cdp_fs *fs;
    cdp_install_mode mode;
    /** The deployment's own setting, which counts when the AppSpec has none;
     *  #CDP_FILE_EXISTS_UNSET is DISALLOW. */
    cdp_file_exists_behavior file_exists_behavior;
    /** Where the revision's root is, for instructions and messages: an absolute path without a
     *  slash at its end. Absent: sources are shown as if the revision were at `/`. */
    cdp_string revision_directory;
    /** What stands before every destination when the destination root is not `/` (a trial), in the
     *  same form. Destinations in the AppSpec are then below it. */
    cdp_string destination_prefix;
    /** What relative destinations and objects begin at, a path below the destination root; they
     *  are refused when it is absent. */
    cdp_string working_directory;
    /** The same for `~` and `~/…`. */
    cdp_string home_directory;
    /** What the group's last install made; it is removed by this one. NULL: nothing. */
    const cdp_install_record *previous;
    /** Other groups on this host, `other_count` names and records of the same index, to name the
     *  owner of a file that is in the way. */
    const cdp_string *other_groups;
    const cdp_install_record *const *other_records;
    size_t other_count;
    /** Files and directories that one plan may have; 0 stands for 10,000,000. */
    uint32_t max_objects;
    /** 1: find out how many bytes are to be copied, which asks the host for every file's length.
     *  0: cdp_install_totals.bytes will be 0. */
    int measure;
    /** How many of the other groups' records, from the first on, were written after `previous`, the
     *  newest first. What one of them names was installed by that group last, and is its own: it is
     *  not removed with the previous install, and is in the way. 0: none is known to be newer. */
    size_t newer_count;
} cdp_install_options;

/** A plan; immutable, and independent of everything it was made from. */
typedef struct cdp_install_plan cdp_install_plan;

/**
 * Makes a plan. Nothing is touched, whatever the mode: the removal of the previous install is
 * reckoned with, not done.
 *
 * A plan with conflicts is made all the same, for showing; applying it is refused. Each conflict
 * is also reported as an error to `diagnostics`, and things worth knowing as warnings and notes.
 *
 * @param diagnostics  may be NULL.
 * @return #CDP_OK, also with conflicts; #CDP_ERR_INVALID for an AppSpec of another platform;
 *         #CDP_ERR_LIMIT for more than `max_objects`; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT;
 *         #CDP_ERR_NOMEM; or an error of a callback of `fs`, unchanged, with the path reported.
 */
CDP_API cdp_status cdp_install_plan_new(const cdp_install_options *options,
                                        cdp_diagnostics *diagnostics, cdp_install_plan **plan);
CDP_API void cdp_install_plan_free(cdp_install_plan *plan);

CDP_API cdp_install_mode cdp_install_plan_mode(const cdp_install_plan *plan);

/** How much there is to do. */
typedef struct cdp_install_totals {
    /** sizeof(cdp_install_totals), set by the caller. */
    size_t size;
    /** Files and links to copy, and how many of them are links. */
    uint64_t files;
    uint64_t links;
    /** Directories to make. */
    uint64_t directories;
    /** Bytes to copy; 0 when they were not measured. */
    uint64_t bytes;
    /** Files that stand in the way and stay (RETAIN), and those that are replaced (OVERWRITE). */
    uint64_t retained;
    uint64_t overwritten;
    /** Files and links of the previous install to remove, and its directories that this empties. */
    uint64_t removed_files;
    uint64_t removed_directories;
    /** Memory that the plan holds. */
    uint64_t memory;
} cdp_install_totals;

/** @return #CDP_OK, #CDP_ERR_ARGUMENT or #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_install_plan_totals(const cdp_install_plan *plan,
                                           cdp_install_totals *totals);

/** Why a plan cannot be applied. Strings belong to the plan. */
typedef struct cdp_install_conflict {
    /** sizeof(cdp_install_conflict), set by the caller. */
    size_t size;
    /** Which rule; cdp_diagnostic_info_get() tells all about it. */
    cdp_diagnostic_code code;
    /** What is at `path` now. */
    cdp_fs_kind existing;
    /** The destination, object or source that it is about; absent when there is none. */
    cdp_string path;
    /** What was to go there, when that is known. */
    cdp_string source;
    /** The group that installed what is in the way, when that is known. */
    cdp_string owner;
    /** One sentence, the same as in the diagnostics. */
    cdp_string message;
    /** JSON Pointer to the entry of the AppSpec: `/files/3`, `/permissions/0`. */
    cdp_string pointer;
} cdp_install_conflict;

/** How many conflicts there are. Only the first 1,000 are kept to be looked at. */
CDP_API size_t cdp_install_plan_conflict_count(const cdp_install_plan *plan);

/** @return #CDP_OK; #CDP_ERR_NOT_FOUND past those kept; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_install_plan_conflict_at(const cdp_install_plan *plan, size_t index,
                                                cdp_install_conflict *conflict);

/* ---------------------------------------------------------------------------------------------- */
/* Instructions                                                                                   */
/* ---------------------------------------------------------------------------------------------- */

/** The types of instructions; the names are those of `install.json`. */
typedef enum cdp_install_instruction_type {
    CDP_INSTALL_COPY = 1,
    CDP_INSTALL_MKDIR = 2,
    CDP_INSTALL_CHMOD = 3,
    CDP_INSTALL_SETFACL = 4,
    CDP_INSTALL_SEMANAGE = 5,
    CDP_INSTALL_CHOWN = 6
} cdp_install_instruction_type;

/** `"copy"`, `"mkdir"`, `"chmod"`, `"setfacl"`, `"semanage"`, `"chown"`; else `"unknown"`. */
CDP_API const char *cdp_install_instruction_type_name(cdp_install_instruction_type type);

/** One instruction. What does not belong to its type is absent or 0. */
typedef struct cdp_install_instruction {
    /** sizeof(cdp_install_instruction), set by the caller. */
    size_t size;
    cdp_install_instruction_type type;
    /** chmod: the mode's bits. */
    uint32_t mode_bits;
    /** copy: the file or link to copy. */
    cdp_string source;
    /** copy: where to; mkdir: the directory; all others: the file or directory to change. */
    cdp_string path;
    /** chmod: the mode as the AppSpec has it, `"0644"` or `"644"`. */
    cdp_string mode;
    /** chown: either may be absent. */
    cdp_string owner;
    cdp_string group;
    /** semanage: user and range may be absent. */
    cdp_string context_user;
    cdp_string context_type;
    cdp_string context_range;
    /** setfacl: how many entries; see cdp_install_plan_acl_at(). */
    size_t acl_count;
} cdp_install_instruction;

CDP_API size_t cdp_install_plan_instruction_count(const cdp_install_plan *plan);

/**
 * Reads the instruction at `index`.
 * @param paths        is cleared and gets the two paths; they are valid until it is next changed.
 *                     All other strings belong to the plan.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT;
 *         #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_install_plan_instruction_at(const cdp_install_plan *plan, size_t index,
                                                   cdp_text *paths,
                                                   cdp_install_instruction *instruction);

/** Reads an entry of a setfacl instruction, in the long form (`user:mary:rw-`).
 *  @return #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_ARGUMENT. */
CDP_API cdp_status cdp_install_plan_acl_at(const cdp_install_plan *plan, size_t instruction,
                                           size_t index, cdp_string *entry);

/**
 * Appends the plan's instructions as the agent's `install.json`: one line, keys in its order.
 * A context without a range, on which the agent 1.x fails, is written with `null` as 2.x does.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, `text` being as it was.
 */
CDP_API cdp_status cdp_install_plan_write_instructions(const cdp_install_plan *plan,
                                                       cdp_text *text);

/** Appends the instructions for people to read: one a line, paths with control characters
 *  escaped. Errors as above. */
CDP_API cdp_status cdp_install_plan_write_text(const cdp_install_plan *plan, cdp_text *text);

/** Appends the cleanup record that the group has after this plan was carried out. Errors as
 *  above. */
CDP_API cdp_status cdp_install_plan_write_record(const cdp_install_plan *plan, cdp_text *text);

/** Which of the three is written. */
typedef enum cdp_install_form {
    /** As cdp_install_plan_write_instructions(). */
    CDP_INSTALL_FORM_JSON = 0,
    /** As cdp_install_plan_write_text(). */
    CDP_INSTALL_FORM_TEXT = 1,
    /** As cdp_install_plan_write_record(). */
    CDP_INSTALL_FORM_RECORD = 2
} cdp_install_form;

/**
 * Appends the next piece of what one of the three functions above appends at once, so that whoever
 * writes it away need not hold all of it. Pieces end between two instructions or lines.
 * @param enough    a piece ends once it has that many bytes; 0 stands for 1.
 * @param position  where the piece begins: 0 at first, then as the last call left it.
 * @return #CDP_PENDING when there is more to come; #CDP_OK for the last piece; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_NOMEM, `text` and `*position` being as they were.
 */
CDP_API cdp_status cdp_install_plan_write_piece(const cdp_install_plan *plan, cdp_install_form form,
                                                size_t enough, size_t *position, cdp_text *text);

/** Instructions read from an `install.json`; immutable. */
typedef struct cdp_install_instructions cdp_install_instructions;

/**
 * Reads an `install.json` of the official agents 1.x or 2.x (which sorts keys and indents), or of
 * this library.
 * @param limits       NULL for the defaults; `input_bytes` and `nodes` bound it.
 * @param diagnostics  gets what is wrong, with its place; may be NULL.
 * @return #CDP_OK; #CDP_ERR_INVALID; #CDP_ERR_LIMIT; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT;
 *         #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_install_instructions_parse(const char *bytes, size_t length,
                                                  const cdp_allocator *allocator,
                                                  const cdp_limits *limits,
                                                  cdp_diagnostics *diagnostics,
                                                  cdp_install_instructions **instructions);
CDP_API void cdp_install_instructions_free(cdp_install_instructions *instructions);
CDP_API size_t cdp_install_instructions_count(const cdp_install_instructions *instructions);

/** Reads the instruction at `index`; its strings belong to `instructions`.
 *  @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_install_instructions_at(const cdp_install_instructions *instructions,
                                               size_t index, cdp_install_instruction *instruction);
CDP_API cdp_status cdp_install_instructions_acl_at(const cdp_install_instructions *instructions,
                                                   size_t instruction, size_t index,
                                                   cdp_string *entry);

#ifdef __cplusplus
}
#endif

#endif
