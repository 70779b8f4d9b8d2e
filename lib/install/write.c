/* SPDX-License-Identifier: MIT */
/* A plan as text: install.json, the cleanup record, and lines for people. */
#include "base/json_writer.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "install/plan.h"
#include "install/record.h"

/*
 * Writing goes over the steps, then over the hits. Most of them lie in the same directory as the
 * one before, and most hits are of the same permission: what those have in common is kept ready.
 */
typedef struct kept_directory {
    cdp_text text; /* with a slash at its end; escaped in JSON */
    uint32_t of;   /* a node of its tree */
    bool is_known;
} kept_directory;

typedef struct plan_writer {
    const cdp_install_plan *plan;
    cdp_install_form form;
    cdp_text *text;
    kept_directory destination;
    kept_directory source;
    cdp_text path;
    /* JSON: each instruction of a permission, up to its path. */
    cdp_text settings[4];
    uint32_t permission;
    bool has_permission;
    bool failed; /* memory was out for one of those kept here */
} plan_writer;

static void init(plan_writer *writer, const cdp_install_plan *plan, cdp_install_form form,
                 cdp_text *text)
{
    *writer = (plan_writer){.plan = plan, .form = form, .text = text};
    cdp_text_init(&writer->destination.text, &text->allocator);
    cdp_text_init(&writer->source.text, &text->allocator);
    cdp_text_init(&writer->path, &text->allocator);
    for (size_t i = 0; i < 4; i++)
        cdp_text_init(&writer->settings[i], &text->allocator);
}

static void release(plan_writer *writer)
{
    cdp_text_release(&writer->destination.text);
    cdp_text_release(&writer->source.text);
    cdp_text_release(&writer->path);
    for (size_t i = 0; i < 4; i++)
        cdp_text_release(&writer->settings[i]);
}

/* Keeps in mind that a text failed, which clearing it makes it forget. */
static void check(plan_writer *writer, const cdp_text *text)
{
    writer->failed |= text->status != CDP_OK;
}

/* ---- paths ----------------------------------------------------------------------------------- */

static void keep_directory(plan_writer *writer, kept_directory *kept, uint32_t of)
{
    cdp_text *path = &writer->path;

    kept->of = of;
    kept->is_known = true;
    cdp_text_clear(path);
    if (kept == &writer->source)
        cdp_plan_put_shown_source_directory(writer->plan, of, path);
    else
        cdp_plan_put_shown_destination(writer->plan, of, path);
    if (path->length > 0 && path->data[path->length - 1] != '/')
        cdp_text_put_byte(path, '/');
    cdp_text_clear(&kept->text);
    check(writer, path);
    if (writer->form == CDP_INSTALL_FORM_JSON)
        cdp_json_put_escaped(&kept->text, cdp_text_string(path));
    else
        cdp_text_put(&kept->text, cdp_text_string(path));
    check(writer, &kept->text);
}

static cdp_string directory(plan_writer *writer, kept_directory *kept, uint32_t of)
{
    if (!kept->is_known || kept->of != of)
        keep_directory(writer, kept, of);
    return cdp_text_string(&kept->text);
}

static cdp_string destination_directory(plan_writer *writer, uint32_t node)
{
    return directory(writer, &writer->destination, cdp_plan_node(writer->plan, node)->parent);
}

/* Both in one piece; valid until the next one. */
static cdp_string whole_path(plan_writer *writer, cdp_string before, uint32_t node)
{
    cdp_text_clear(&writer->path);
    cdp_text_put(&writer->path, before);
    cdp_text_put(&writer->path, cdp_path_tree_name(&writer->plan->tree, node));
    check(writer, &writer->path);
    return cdp_text_string(&writer->path);
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

static void keep_settings(plan_writer *writer, uint32_t index)
{
    const cdp_plan_permission *permission = &writer->plan->permissions[index];

    if (writer->has_permission && writer->permission == index)
        return;
    writer->has_permission = true;
    writer->permission = index;
    for (size_t i = 0; i < permission->instructions; i++) {
        cdp_install_instruction_type type = cdp_plan_instruction_type(permission, i);
        cdp_json_writer json;

        cdp_text_clear(&writer->settings[i]);
        cdp_json_init(&json, &writer->settings[i], 0);
        cdp_json_open_object(&json);
        put_string(&json, "type", cdp_string_of(cdp_install_instruction_type_name(type)));
        put_settings(&json, permission, type);
        cdp_json_key(&json, "file");
        check(writer, &writer->settings[i]);
    }
}

static void put_json_path(plan_writer *writer, cdp_string before, uint32_t node)
{
    cdp_text_put_byte(writer->text, '"');
    cdp_text_put(writer->text, before);
    cdp_json_put_escaped(writer->text, cdp_path_tree_name(&writer->plan->tree, node));
    cdp_text_put_byte(writer->text, '"');
}

static void put_json_step(plan_writer *writer, const cdp_step *step)
{
    if (cdp_plan_node(writer->plan, step->node)->flags & CDP_NODE_COPIED) {
        cdp_text_put(writer->text, CDP_STR("{\"type\":\"copy\",\"source\":"));
        put_json_path(writer, directory(writer, &writer->source, step->source), step->node);
        cdp_text_put(writer->text, CDP_STR(",\"destination\":"));
    } else {
        cdp_text_put(writer->text, CDP_STR("{\"type\":\"mkdir\",\"directory\":"));
    }
    put_json_path(writer, destination_directory(writer, step->node), step->node);
    cdp_text_put_byte(writer->text, '}');
}

/* `comma`: something stands in front already. */
static void put_json_hit(plan_writer *writer, const cdp_hit *hit, bool comma)
{
    size_t count = writer->plan->permissions[hit->permission].instructions;

    keep_settings(writer, hit->permission);
    for (size_t i = cdp_plan_hit_skips(writer->plan, hit); i < count; i++) {
        if (comma)
            cdp_text_put_byte(writer->text, ',');
        comma = true;
        cdp_text_put(writer->text, cdp_text_string(&writer->settings[i]));
        put_json_path(writer, destination_directory(writer, hit->node), hit->node);
        cdp_text_put_byte(writer->text, '}');
    }
}

/* ---- for people ------------------------------------------------------------------------------ */

static bool is_plain(cdp_string text)
{
    for (size_t at = 0; at < text.length;) {
        unsigned char byte = (unsigned char)text.data[at];
        size_t length = byte < 0x80 ? 1 : cdp_utf8_length(text, at);

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

static void put_settings_text(const cdp_plan_permission *permission,
                              cdp_install_instruction_type type, cdp_text *text)
{
    const cdp_string context[] = {permission->context_user, permission->context_type,
                                  permission->context_range};
    const cdp_string owner[] = {permission->owner, permission->group};

    cdp_text_put_byte(text, ' ');
    if (type == CDP_INSTALL_CHMOD)
        cdp_text_put(text, permission->mode);
    else if (type == CDP_INSTALL_SETFACL)
        put_joined(text, permission->acls, permission->acl_count, ',');
    else if (type == CDP_INSTALL_SEMANAGE)
        put_joined(text, context, 3, ':');
    else
        put_joined(text, owner, 2, ':');
}

static void put_text_step(plan_writer *writer, const cdp_step *step)
{
    bool is_copy = cdp_plan_node(writer->plan, step->node)->flags & CDP_NODE_COPIED;

    cdp_text_put_c(writer->text, cdp_install_instruction_type_name(is_copy ? CDP_INSTALL_COPY
                                                                           : CDP_INSTALL_MKDIR));
    if (is_copy)
        put_word(writer->text,
                 whole_path(writer, directory(writer, &writer->source, step->source), step->node));
    put_word(writer->text,
             whole_path(writer, destination_directory(writer, step->node), step->node));
    cdp_text_put_byte(writer->text, '\n');
}

static void put_text_hit(plan_writer *writer, const cdp_hit *hit)
{
    const cdp_plan_permission *permission = &writer->plan->permissions[hit->permission];
    cdp_string path = whole_path(writer, destination_directory(writer, hit->node), hit->node);

    for (size_t i = cdp_plan_hit_skips(writer->plan, hit); i < permission->instructions; i++) {
        cdp_install_instruction_type type = cdp_plan_instruction_type(permission, i);

        cdp_text_put_c(writer->text, cdp_install_instruction_type_name(type));
        put_settings_text(permission, type, writer->text);
        put_word(writer->text, path);
        cdp_text_put_byte(writer->text, '\n');
    }
}

/* ---- the cleanup record ---------------------------------------------------------------------- */

static void put_record(plan_writer *writer, cdp_install_record_kind kind, uint32_t node)
{
    cdp_string path = whole_path(writer, destination_directory(writer, node), node);

    cdp_record_put(writer->text, kind, path);
}

/* ---- all three ------------------------------------------------------------------------------- */

static void put_step(plan_writer *writer, size_t index)
{
    const cdp_step *step = &writer->plan->steps[index];

    if (writer->form == CDP_INSTALL_FORM_TEXT) {
        put_text_step(writer, step);
    } else if (writer->form == CDP_INSTALL_FORM_RECORD) {
        put_record(writer, CDP_INSTALL_RECORD_PATH, step->node);
    } else {
        if (index > 0)
            cdp_text_put_byte(writer->text, ',');
        put_json_step(writer, step);
    }
}

static void put_hit(plan_writer *writer, size_t index)
{
    const cdp_hit *hit = &writer->plan->hits[index];

    if (writer->form == CDP_INSTALL_FORM_JSON)
        put_json_hit(writer, hit, index > 0 || writer->plan->step_count > 0);
    else if (writer->form == CDP_INSTALL_FORM_TEXT)
        put_text_hit(writer, hit);
    else if (writer->plan->permissions[hit->permission].context_type.data)
        put_record(writer, CDP_INSTALL_RECORD_CONTEXT, hit->node);
}

/* Writes items from `*next` on, until `enough` bytes are there or it was the last one. */
static void write_items(plan_writer *writer, size_t *next, size_t enough)
{
    size_t steps = writer->plan->step_count;
    size_t all = steps + writer->plan->hit_count;
    size_t before;

    if (*next == 0 && writer->form == CDP_INSTALL_FORM_JSON)
        cdp_text_put(writer->text, CDP_STR("{\"instructions\":["));
    before = writer->text->length;
    while (*next < all && writer->text->length - before < enough && !writer->failed &&
           writer->text->status == CDP_OK) {
        if (*next < steps)
            put_step(writer, *next);
        else
            put_hit(writer, *next - steps);
        ++*next;
    }
    if (*next == all && writer->form == CDP_INSTALL_FORM_JSON)
        cdp_text_put(writer->text, CDP_STR("]}"));
}

cdp_status cdp_install_plan_write_piece(const cdp_install_plan *plan, cdp_install_form form,
                                        size_t enough, size_t *position, cdp_text *text)
{
    plan_writer writer;
    size_t before;
    size_t next;
    cdp_status status;

    if (!plan || !text || !position || (unsigned)form > CDP_INSTALL_FORM_RECORD ||
        *position > plan->step_count + plan->hit_count)
        return CDP_ERR_ARGUMENT;
    before = text->length;
    next = *position;
    init(&writer, plan, form, text);
    write_items(&writer, &next, enough ? enough : 1);
    status = writer.failed ? CDP_ERR_NOMEM : cdp_text_status(text);
    release(&writer);
    if (status != CDP_OK) {
        cdp_text_rollback(text, before);
        return status;
    }
    *position = next;
    return next < plan->step_count + plan->hit_count ? CDP_PENDING : CDP_OK;
}

cdp_status cdp_install_plan_write_instructions(const cdp_install_plan *plan, cdp_text *text)
{
    size_t position = 0;

    return cdp_install_plan_write_piece(plan, CDP_INSTALL_FORM_JSON, SIZE_MAX, &position, text);
}

cdp_status cdp_install_plan_write_text(const cdp_install_plan *plan, cdp_text *text)
{
    size_t position = 0;

    return cdp_install_plan_write_piece(plan, CDP_INSTALL_FORM_TEXT, SIZE_MAX, &position, text);
}

cdp_status cdp_install_plan_write_record(const cdp_install_plan *plan, cdp_text *text)
{
    size_t position = 0;

    return cdp_install_plan_write_piece(plan, CDP_INSTALL_FORM_RECORD, SIZE_MAX, &position, text);
}
