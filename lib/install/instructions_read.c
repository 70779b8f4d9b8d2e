/* SPDX-License-Identifier: MIT */
#include "base/allocator.h"
#include "base/limits.h"
#include "base/sized.h"
#include "base/strings.h"
#include "document/document.h"
#include "install/plan.h"

/* An instruction as read, and where its ACL entries begin in the list of all of them. */
typedef struct read_instruction {
    cdp_install_instruction instruction;
    size_t first_acl;
} read_instruction;

struct cdp_install_instructions {
    cdp_arena arena;
    read_instruction *instructions;
    size_t count;
    cdp_string *acls;
    size_t acl_count;
    size_t acl_capacity;
};

typedef struct instruction_reader {
    const cdp_document *document;
    cdp_diagnostics *diagnostics;
    cdp_install_instructions *made;
} instruction_reader;

/* CDP_ERR_INVALID, or CDP_ERR_NOMEM when it could not even be said. */
static cdp_status refuse(const instruction_reader *reader, cdp_node node, const char *found,
                         const char *expected)
{
    const cdp_report report = {
        .code = CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE,
        .place = cdp_node_place(reader->document, node),
        .arguments = {cdp_string_of(found), cdp_string_of(expected)},
    };
    cdp_status status = cdp_diagnostics_report(reader->diagnostics, &report);

    return status == CDP_OK ? CDP_ERR_INVALID : status;
}

static const char *kind_name(const instruction_reader *reader, cdp_node node)
{
    static const char *const names[] = {"nothing", "a plain value", "a list", "an object"};

    return names[cdp_node_get_kind(reader->document, node)];
}

static bool is_null(const instruction_reader *reader, cdp_node node)
{
    return node == 0 || (cdp_node_get_kind(reader->document, node) == CDP_NODE_SCALAR &&
                         cdp_node_resolve(reader->document, node).type == CDP_SCALAR_NULL);
}

static cdp_node member(const instruction_reader *reader, cdp_node object, const char *key)
{
    return cdp_node_find(reader->document, object, cdp_string_of(key), NULL);
}

/* Copies a scalar's text; null or no member leaves it absent. */
static cdp_status read_optional(instruction_reader *reader, cdp_node object, const char *key,
                                cdp_string *text)
{
    cdp_node node = member(reader, object, key);

    if (is_null(reader, node))
        return CDP_OK;
    if (cdp_node_get_kind(reader->document, node) != CDP_NODE_SCALAR)
        return refuse(reader, node, kind_name(reader, node), "text");
    return cdp_arena_copy(&reader->made->arena, cdp_node_text(reader->document, node), text);
}

static cdp_status read_text(instruction_reader *reader, cdp_node object, const char *key,
                            cdp_string *text)
{
    cdp_status status = read_optional(reader, object, key, text);

    if (status != CDP_OK || text->data)
        return status;
    return refuse(reader, object, "no text", key);
}

static cdp_status read_mode(instruction_reader *reader, cdp_node object,
                            cdp_install_instruction *made)
{
    cdp_status status = read_text(reader, object, "mode", &made->mode);

    if (status != CDP_OK)
        return status;
    for (size_t i = 0; i < made->mode.length; i++) {
        if (made->mode.data[i] < '0' || made->mode.data[i] > '7' || made->mode.length > 4)
            return refuse(reader, member(reader, object, "mode"), "something else", "a mode");
        made->mode_bits = made->mode_bits << 3 | (uint32_t)(made->mode.data[i] - '0');
    }
    return CDP_OK;
}

static cdp_status read_acls(instruction_reader *reader, cdp_node object, read_instruction *made)
{
    cdp_install_instructions *all = reader->made;
    cdp_node list = member(reader, object, "acl");
    cdp_status status = CDP_OK;

    if (cdp_node_get_kind(reader->document, list) != CDP_NODE_SEQUENCE)
        return refuse(reader, list ? list : object, kind_name(reader, list), "a list of entries");
    made->first_acl = all->acl_count;
    for (cdp_node item = cdp_node_first_child(reader->document, list); item && status == CDP_OK;
         item = cdp_node_next_sibling(reader->document, item)) {
        if (cdp_node_get_kind(reader->document, item) != CDP_NODE_SCALAR)
            return refuse(reader, item, kind_name(reader, item), "an ACL entry");
        status = cdp_array_reserve(&all->arena.allocator, (void **)&all->acls, &all->acl_capacity,
                                   all->acl_count + 1, sizeof *all->acls);
        if (status == CDP_OK)
            status = cdp_arena_copy(&all->arena, cdp_node_text(reader->document, item),
                                    &all->acls[all->acl_count]);
        if (status == CDP_OK)
            all->acl_count++;
    }
    made->instruction.acl_count = all->acl_count - made->first_acl;
    return status;
}

static cdp_status read_context(instruction_reader *reader, cdp_node object,
                               cdp_install_instruction *made)
{
    cdp_node context = member(reader, object, "context");
    cdp_status status;

    if (cdp_node_get_kind(reader->document, context) != CDP_NODE_MAPPING)
        return refuse(reader, context ? context : object, kind_name(reader, context), "a context");
    status = read_optional(reader, context, "user", &made->context_user);
    if (status == CDP_OK)
        status = read_text(reader, context, "type", &made->context_type);
    if (status == CDP_OK)
        status = read_optional(reader, context, "range", &made->context_range);
    return status;
}

static cdp_status read_type(instruction_reader *reader, cdp_node object,
                            cdp_install_instruction *made)
{
    cdp_string name = {NULL, 0};
    cdp_report report = {.code = CDP_DIAGNOSTIC_INSTALL_INSTRUCTION_TYPE};
    cdp_status status = read_text(reader, object, "type", &name);

    if (status != CDP_OK)
        return status;
    for (int type = CDP_INSTALL_COPY; type <= CDP_INSTALL_CHOWN; type++) {
        if (cdp_string_equal_c(
                name, cdp_install_instruction_type_name((cdp_install_instruction_type)type))) {
            made->type = (cdp_install_instruction_type)type;
            return CDP_OK;
        }
    }
    report.place = cdp_node_place(reader->document, member(reader, object, "type"));
    report.arguments[0] = name;
    status = cdp_diagnostics_report(reader->diagnostics, &report);
    return status == CDP_OK ? CDP_ERR_INVALID : status;
}

static cdp_status read_one(instruction_reader *reader, cdp_node object, read_instruction *made)
{
    cdp_install_instruction *instruction = &made->instruction;
    cdp_status status;

    *made = (read_instruction){.instruction = {.size = sizeof *instruction}};
    if (cdp_node_get_kind(reader->document, object) != CDP_NODE_MAPPING)
        return refuse(reader, object, kind_name(reader, object), "an instruction");
    status = read_type(reader, object, instruction);
    if (status != CDP_OK)
        return status;
    switch (instruction->type) {
    case CDP_INSTALL_COPY:
        status = read_text(reader, object, "source", &instruction->source);
        return status == CDP_OK ? read_text(reader, object, "destination", &instruction->path)
                                : status;
    case CDP_INSTALL_MKDIR:
        return read_text(reader, object, "directory", &instruction->path);
    case CDP_INSTALL_CHMOD:
        status = read_mode(reader, object, instruction);
        break;
    case CDP_INSTALL_SETFACL:
        status = read_acls(reader, object, made);
        break;
    case CDP_INSTALL_SEMANAGE:
        status = read_context(reader, object, instruction);
        break;
    case CDP_INSTALL_CHOWN:
        status = read_optional(reader, object, "owner", &instruction->owner);
        if (status == CDP_OK)
            status = read_optional(reader, object, "group", &instruction->group);
        break;
    }
    return status == CDP_OK ? read_text(reader, object, "file", &instruction->path) : status;
}

static cdp_status read_all(instruction_reader *reader)
{
    cdp_install_instructions *made = reader->made;
    cdp_node root = cdp_document_root(reader->document);
    cdp_node list = member(reader, root, "instructions");
    uint32_t count;
    cdp_status status = CDP_OK;

    if (cdp_node_get_kind(reader->document, root) != CDP_NODE_MAPPING)
        return refuse(reader, root, kind_name(reader, root), "an object with instructions");
    if (cdp_node_get_kind(reader->document, list) != CDP_NODE_SEQUENCE)
        return refuse(reader, list ? list : root, kind_name(reader, list),
                      "the list of instructions");
    count = cdp_node_child_count(reader->document, list);
    made->instructions = cdp_arena_array(&made->arena, count, sizeof *made->instructions);
    if (!made->instructions)
        return CDP_ERR_NOMEM;
    for (cdp_node item = cdp_node_first_child(reader->document, list); item && status == CDP_OK;
         item = cdp_node_next_sibling(reader->document, item)) {
        status = read_one(reader, item, &made->instructions[made->count]);
        made->count++;
    }
    return status;
}

static cdp_status parse(const char *bytes, size_t length, const cdp_allocator *allocator,
                        const cdp_limits *limits, cdp_diagnostics *diagnostics,
                        cdp_install_instructions *made)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    instruction_reader reader = {.diagnostics = diagnostics, .made = made};
    cdp_document *document;
    cdp_status status = cdp_limits_import(&options.limits, limits);

    if (status == CDP_OK)
        status = cdp_document_parse(bytes, length, &options, allocator, diagnostics, &document);
    if (status != CDP_OK)
        return status;
    reader.document = document;
    status = read_all(&reader);
    cdp_document_free(document);
    return status;
}

cdp_status cdp_install_instructions_parse(const char *bytes, size_t length,
                                          const cdp_allocator *allocator, const cdp_limits *limits,
                                          cdp_diagnostics *diagnostics,
                                          cdp_install_instructions **instructions)
{
    cdp_install_instructions *made;
    cdp_allocator imported;
    cdp_status status;

    if ((!bytes && length > 0) || !instructions)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&imported, allocator);
    if (status != CDP_OK)
        return status;
    made = cdp_allocate_zeroed(&imported, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    cdp_arena_init(&made->arena, &imported);
    status = parse(bytes, length, &imported, limits, diagnostics, made);
    if (status != CDP_OK)
        cdp_install_instructions_free(made);
    else
        *instructions = made;
    return status;
}

void cdp_install_instructions_free(cdp_install_instructions *instructions)
{
    cdp_allocator allocator;

    if (!instructions)
        return;
    allocator = instructions->arena.allocator;
    cdp_release(&allocator, instructions->acls,
                instructions->acl_capacity * sizeof *instructions->acls);
    cdp_arena_release(&instructions->arena);
    cdp_release(&allocator, instructions, sizeof *instructions);
}

size_t cdp_install_instructions_count(const cdp_install_instructions *instructions)
{
    return instructions ? instructions->count : 0;
}

cdp_status cdp_install_instructions_at(const cdp_install_instructions *instructions, size_t index,
                                       cdp_install_instruction *instruction)
{
    if (!instructions)
        return CDP_ERR_ARGUMENT;
    if (index >= instructions->count)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(instruction, &instructions->instructions[index].instruction,
                           sizeof *instruction);
}

cdp_status cdp_install_instructions_acl_at(const cdp_install_instructions *instructions,
                                           size_t instruction, size_t index, cdp_string *entry)
{
    const read_instruction *at;

    if (!instructions || !entry)
        return CDP_ERR_ARGUMENT;
    if (instruction >= instructions->count)
        return CDP_ERR_NOT_FOUND;
    at = &instructions->instructions[instruction];
    if (index >= at->instruction.acl_count)
        return CDP_ERR_NOT_FOUND;
    *entry = instructions->acls[at->first_acl + index];
    return CDP_OK;
}
