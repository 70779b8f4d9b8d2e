/* SPDX-License-Identifier: MIT */
#include "base/allocator.h"
#include "base/json_writer.h"
#include "base/sized.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "install/plan.h"
#include "install/record.h"

static const char *const type_names[] = {
    [CDP_INSTALL_COPY] = "copy",         [CDP_INSTALL_MKDIR] = "mkdir",
    [CDP_INSTALL_CHMOD] = "chmod",       [CDP_INSTALL_SETFACL] = "setfacl",
    [CDP_INSTALL_SEMANAGE] = "semanage", [CDP_INSTALL_CHOWN] = "chown",
};

const char *cdp_install_instruction_type_name(cdp_install_instruction_type type)
{
    return type >= CDP_INSTALL_COPY && type <= CDP_INSTALL_CHOWN ? type_names[type] : "unknown";
}

size_t cdp_install_plan_instruction_count(const cdp_install_plan *plan)
{
    return plan ? (size_t)plan->instruction_count : 0;
}

/* The `index`-th instruction (from 0) that a permission gives each of its objects. */
static cdp_install_instruction_type type_of(const cdp_plan_permission *permission, size_t index)
{
    const struct {
        bool given;
        cdp_install_instruction_type type;
    } order[] = {
        {permission->mode.data != NULL, CDP_INSTALL_CHMOD},
        {permission->has_acls, CDP_INSTALL_SETFACL},
        {permission->context_type.data != NULL, CDP_INSTALL_SEMANAGE},
        {permission->owner.data || permission->group.data, CDP_INSTALL_CHOWN},
    };

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (order[i].given && index-- == 0)
            return order[i].type;
    }
    return CDP_INSTALL_CHOWN;
}

/* The hit that an instruction comes of, and which of the hit's it is; `index` is behind the steps. */
static const cdp_hit *find_hit(const cdp_install_plan *plan, size_t index, size_t *of_hit)
{
    size_t low = 0, high = plan->hit_starts_capacity;
    size_t hit;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (plan->hit_starts[middle] <= index)
            low = middle;
        else
            high = middle;
    }
    index -= (size_t)plan->hit_starts[low];
    for (hit = low * CDP_PLAN_HIT_STRIDE;; hit++) {
        size_t count = plan->permissions[plan->hits[hit].permission].instructions;

        if (index < count)
            break;
        index -= count;
    }
    *of_hit = index;
    return &plan->hits[hit];
}

static cdp_install_instruction settings(const cdp_plan_permission *permission,
                                        cdp_install_instruction_type type)
{
    cdp_install_instruction made = {.size = sizeof made, .type = type};

    switch (type) {
    case CDP_INSTALL_CHMOD:
        made.mode = permission->mode;
        made.mode_bits = permission->mode_bits;
        break;
    case CDP_INSTALL_SETFACL:
        made.acl_count = permission->acl_count;
        break;
    case CDP_INSTALL_SEMANAGE:
        made.context_user = permission->context_user;
        made.context_type = permission->context_type;
        made.context_range = permission->context_range;
        break;
    default:
        made.owner = permission->owner;
        made.group = permission->group;
        break;
    }
    return made;
}

static cdp_install_instruction step_instruction(const cdp_install_plan *plan, const cdp_step *step,
                                                cdp_text *paths)
{
    bool is_copy = cdp_plan_node(plan, step->node)->flags & CDP_NODE_COPIED;
    cdp_install_instruction made = {.size = sizeof made,
                                    .type = is_copy ? CDP_INSTALL_COPY : CDP_INSTALL_MKDIR};
    size_t middle;

    cdp_plan_put_shown_destination(plan, step->node, paths);
    middle = paths->length;
    if (is_copy) {
        cdp_text_put_byte(paths, '\0');
        cdp_plan_put_shown_source(plan, step, paths);
    }
    if (paths->status != CDP_OK)
        return made;
    made.path = cdp_string_slice(paths->data, middle);
    if (is_copy)
        made.source = cdp_string_slice(paths->data + middle + 1, paths->length - middle - 1);
    return made;
}

/* `index` is in range; errors are the text's. */
static cdp_install_instruction instruction_at(const cdp_install_plan *plan, size_t index,
                                              cdp_text *paths)
{
    const cdp_plan_permission *permission;
    cdp_install_instruction made;
    const cdp_hit *hit;
    size_t of_hit;

    cdp_text_clear(paths);
    if (index < plan->step_count)
        return step_instruction(plan, &plan->steps[index], paths);
    hit = find_hit(plan, index, &of_hit);
    permission = &plan->permissions[hit->permission];
    made = settings(permission, type_of(permission, of_hit));
    cdp_plan_put_shown_destination(plan, hit->node, paths);
    made.path = cdp_text_string(paths);
    return made;
}

cdp_status cdp_install_plan_instruction_at(const cdp_install_plan *plan, size_t index,
                                           cdp_text *paths, cdp_install_instruction *instruction)
{
    cdp_install_instruction made;

    if (!plan || !paths)
        return CDP_ERR_ARGUMENT;
    if (index >= plan->instruction_count)
        return CDP_ERR_NOT_FOUND;
    made = instruction_at(plan, index, paths);
    if (cdp_text_status(paths) != CDP_OK) {
        cdp_text_clear(paths);
        return CDP_ERR_NOMEM;
    }
    return cdp_sized_write(instruction, &made, sizeof made);
}

cdp_status cdp_install_plan_acl_at(const cdp_install_plan *plan, size_t instruction, size_t index,
                                   cdp_string *entry)
{
    const cdp_plan_permission *permission;
    size_t of_hit;

    if (!plan || !entry)
        return CDP_ERR_ARGUMENT;
    if (instruction < plan->step_count || instruction >= plan->instruction_count)
        return CDP_ERR_NOT_FOUND;
    permission = &plan->permissions[find_hit(plan, instruction, &of_hit)->permission];
    if (type_of(permission, of_hit) != CDP_INSTALL_SETFACL || index >= permission->acl_count)
        return CDP_ERR_NOT_FOUND;
    *entry = permission->acls[index];
    return CDP_OK;
}

/* ---- install.json ---------------------------------------------------------------------------- */

static bool is_decimal(cdp_string text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!cdp_is_digit(text.data[i]) || (i == 0 && text.data[i] == '0' && text.length > 1))
            return false;
    }
    return text.length > 0;
}

static void put_owner(cdp_json_writer *json, const char *key, cdp_string name, bool is_number)
{
    cdp_json_key(json, key);
    if (is_number && is_decimal(name))
        cdp_json_raw(json, name);
    else
        cdp_json_string(json, name);
}

static void put_string(cdp_json_writer *json, const char *key, cdp_string value)
{
    cdp_json_key(json, key);
    cdp_json_string(json, value);
}

static void put_settings(cdp_json_writer *json, const cdp_plan_permission *permission,
                         cdp_install_instruction_type type)
{
    switch (type) {
    case CDP_INSTALL_CHMOD:
        put_string(json, "mode", permission->mode);
        break;
    case CDP_INSTALL_SETFACL:
        cdp_json_key(json, "acl");
        cdp_json_open_array(json);
        for (size_t i = 0; i < permission->acl_count; i++)
            cdp_json_string(json, permission->acls[i]);
        cdp_json_close_array(json);
        break;
    case CDP_INSTALL_SEMANAGE:
        cdp_json_key(json, "context");
        cdp_json_open_object(json);
        put_string(json, "user", permission->context_user);
        cdp_json_key(json, "role");
        cdp_json_null(json);
        put_string(json, "type", permission->context_type);
        put_string(json, "range", permission->context_range);
        cdp_json_close_object(json);
        break;
    default:
        put_owner(json, "owner", permission->owner, permission->owner_is_number);
        put_owner(json, "group", permission->group, permission->group_is_number);
        break;
    }
}

static void put_step(cdp_json_writer *json, const cdp_install_instruction *instruction)
{
    bool is_copy = instruction->type == CDP_INSTALL_COPY;

    if (is_copy)
        put_string(json, "source", instruction->source);
    put_string(json, is_copy ? "destination" : "directory", instruction->path);
}

static void open_instruction(cdp_json_writer *json, cdp_install_instruction_type type)
{
    cdp_json_open_object(json);
    cdp_json_key(json, "type");
    cdp_json_c_string(json, type_names[type]);
}

static void put_hit(cdp_json_writer *json, const cdp_plan_permission *permission, cdp_string path)
{
    for (size_t i = 0; i < permission->instructions; i++) {
        cdp_install_instruction_type type = type_of(permission, i);

        open_instruction(json, type);
        put_settings(json, permission, type);
        put_string(json, "file", path);
        cdp_json_close_object(json);
    }
}

static void put_instructions(const cdp_install_plan *plan, cdp_text *paths, cdp_text *text)
{
    cdp_json_writer json;

    cdp_json_init(&json, text, 0);
    cdp_json_open_object(&json);
    cdp_json_key(&json, "instructions");
    cdp_json_open_array(&json);
    for (size_t i = 0; i < plan->step_count && paths->status == CDP_OK; i++) {
        cdp_install_instruction instruction = instruction_at(plan, i, paths);

        open_instruction(&json, instruction.type);
        put_step(&json, &instruction);
        cdp_json_close_object(&json);
    }
    for (size_t i = 0; i < plan->hit_count && paths->status == CDP_OK; i++) {
        cdp_text_clear(paths);
        cdp_plan_put_shown_destination(plan, plan->hits[i].node, paths);
        put_hit(&json, &plan->permissions[plan->hits[i].permission], cdp_text_string(paths));
    }
    cdp_json_close_array(&json);
    cdp_json_close_object(&json);
}

/* Runs a writer with a scratch text for paths; nothing is left in `text` when it fails. */
static cdp_status write_with(const cdp_install_plan *plan, cdp_text *text,
                             void (*put)(const cdp_install_plan *plan, cdp_text *paths,
                                         cdp_text *text))
{
    size_t before;
    cdp_text paths;
    cdp_status status;

    if (!plan || !text)
        return CDP_ERR_ARGUMENT;
    before = text->length;
    cdp_text_init(&paths, &text->allocator);
    put(plan, &paths, text);
    status = cdp_text_status(text);
    if (status == CDP_OK)
        status = cdp_text_status(&paths);
    cdp_text_release(&paths);
    if (status != CDP_OK)
        cdp_text_rollback(text, before);
    return status;
}

cdp_status cdp_install_plan_write_instructions(const cdp_install_plan *plan, cdp_text *text)
{
    return write_with(plan, text, put_instructions);
}

/* ---- for people ------------------------------------------------------------------------------ */

static bool is_plain(cdp_string text)
{
    for (size_t at = 0; at < text.length;) {
        size_t length = cdp_utf8_length(text, at);
        unsigned char byte = (unsigned char)text.data[at];

        if (length == 0 || byte <= ' ' || byte == 0x7f || byte == '"' || byte == '\\')
            return false;
        at += length;
    }
    return text.length > 0;
}

static void put_word(cdp_text *text, cdp_string word)
{
    cdp_text_put_byte(text, ' ');
    if (is_plain(word))
        cdp_text_put(text, word);
    else
        cdp_json_put_quoted(text, word);
}

static void put_joined(cdp_text *text, const cdp_string *words, size_t count, char between)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            cdp_text_put_byte(text, between);
        if (words[i].data)
            cdp_text_put(text, words[i]);
    }
}

static void put_settings_text(const cdp_install_plan *plan, size_t index,
                              const cdp_install_instruction *made, cdp_text *text)
{
    const cdp_string context[] = {made->context_user, made->context_type, made->context_range};
    const cdp_string owner[] = {made->owner, made->group};
    size_t of_hit;

    cdp_text_put_byte(text, ' ');
    if (made->type == CDP_INSTALL_CHMOD)
        cdp_text_put(text, made->mode);
    else if (made->type == CDP_INSTALL_SETFACL)
        put_joined(text, plan->permissions[find_hit(plan, index, &of_hit)->permission].acls,
                   made->acl_count, ',');
    else if (made->type == CDP_INSTALL_SEMANAGE)
        put_joined(text, context, 3, ':');
    else
        put_joined(text, owner, 2, ':');
}

static void put_text(const cdp_install_plan *plan, cdp_text *paths, cdp_text *text)
{
    for (size_t i = 0; i < plan->instruction_count && text->status == CDP_OK; i++) {
        cdp_install_instruction made = instruction_at(plan, i, paths);

        if (paths->status != CDP_OK)
            return;
        cdp_text_put_c(text, type_names[made.type]);
        if (made.type > CDP_INSTALL_MKDIR)
            put_settings_text(plan, i, &made, text);
        if (made.type == CDP_INSTALL_COPY)
            put_word(text, made.source);
        put_word(text, made.path);
        cdp_text_put_byte(text, '\n');
    }
}

cdp_status cdp_install_plan_write_text(const cdp_install_plan *plan, cdp_text *text)
{
    return write_with(plan, text, put_text);
}

/* ---- the cleanup record ---------------------------------------------------------------------- */

static void put_record(const cdp_install_plan *plan, cdp_text *paths, cdp_text *text)
{
    for (size_t i = 0; i < plan->step_count && paths->status == CDP_OK; i++) {
        cdp_text_clear(paths);
        cdp_plan_put_shown_destination(plan, plan->steps[i].node, paths);
        cdp_record_put(text, CDP_INSTALL_RECORD_PATH, cdp_text_string(paths));
    }
    for (size_t i = 0; i < plan->hit_count && paths->status == CDP_OK; i++) {
        if (!plan->permissions[plan->hits[i].permission].context_type.data)
            continue;
        cdp_text_clear(paths);
        cdp_plan_put_shown_destination(plan, plan->hits[i].node, paths);
        cdp_record_put(text, CDP_INSTALL_RECORD_CONTEXT, cdp_text_string(paths));
    }
}

cdp_status cdp_install_plan_write_record(const cdp_install_plan *plan, cdp_text *text)
{
    return write_with(plan, text, put_record);
}
