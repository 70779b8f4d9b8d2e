/* SPDX-License-Identifier: MIT */
/*
 * Reading a snapshot back. What is read is checked value by value, so that nothing that follows can
 * go out of bounds; then the snapshot is written anew and its check compared, which finds every
 * other damage.
 */
#include "rollout/fields.h"

#include "base/allocator.h"
#include "base/limits.h"
#include "base/text.h"
#include "document/document.h"

typedef struct reading {
    const cdp_document *document;
    cdp_node root;
    cdp_rollout *rollout;
    cdp_string columns[5]; /* zone, attempts, flags, state, ids */
    size_t id_at;
    const char *problem;
} reading;

enum { ZONE, ATTEMPTS, FLAGS, STATE, IDS };

static cdp_status corrupt(reading *r, const char *problem)
{
    r->problem = problem;
    return CDP_ERR_CORRUPT;
}

static cdp_node member_of(const reading *r, cdp_node mapping, const char *name)
{
    return cdp_node_find(r->document, mapping, cdp_string_of(name), NULL);
}

static bool read_number(const reading *r, cdp_node node, int64_t least, int64_t most,
                        int64_t *number)
{
    cdp_scalar scalar;

    if (cdp_node_get_kind(r->document, node) != CDP_NODE_SCALAR)
        return false;
    scalar = cdp_node_resolve(r->document, node);
    if (scalar.type != CDP_SCALAR_INTEGER || scalar.overflow || scalar.integer < least ||
        scalar.integer > most)
        return false;
    *number = scalar.integer;
    return true;
}

static cdp_status read_fields(reading *r, cdp_node mapping, const cdp_field_list *list,
                              void *structure)
{
    for (size_t i = 0; i < list->count; i++) {
        const cdp_field *field = &list->fields[i];
        int64_t number;

        if (!read_number(r, member_of(r, mapping, field->name), field->least, field->most, &number))
            return corrupt(r, field->name);
        cdp_field_set(field, structure, number);
    }
    return CDP_OK;
}

static cdp_status read_columns(reading *r, size_t *count)
{
    static const char *const names[] = {"zone", "attempts", "flags", "state", "ids"};
    static const unsigned char widths[] = {4, 4, 2, 1};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cdp_node node = member_of(r, r->root, names[i]);

        if (cdp_node_get_kind(r->document, node) != CDP_NODE_SCALAR ||
            cdp_node_resolve(r->document, node).type != CDP_SCALAR_STRING)
            return corrupt(r, names[i]);
        r->columns[i] = cdp_node_text(r->document, node);
    }
    *count = r->columns[STATE].length;
    for (size_t i = 0; i < sizeof widths; i++) {
        if (r->columns[i].length % widths[i] != 0 || r->columns[i].length / widths[i] != *count)
            return corrupt(r, names[i]);
    }
    return CDP_OK;
}

/* -1 for what is not hexadecimal. */
static int32_t read_hex(cdp_string column, size_t index, unsigned digits)
{
    int32_t value = 0;

    for (size_t i = index * digits; i < (index + 1) * digits; i++) {
        char c = column.data[i];

        if (cdp_is_digit(c))
            value = value * 16 + (c - '0');
        else if (c >= 'a' && c <= 'f')
            value = value * 16 + (c - 'a' + 10);
        else
            return -1;
    }
    return value;
}

/* The id that stands next in the column. */
static cdp_string next_id(reading *r)
{
    cdp_string ids = r->columns[IDS];
    size_t end = cdp_string_find(ids, '\n', r->id_at);
    cdp_string id = cdp_string_slice(ids.data + r->id_at, end - r->id_at);

    r->id_at = end < ids.length ? end + 1 : end;
    return id;
}

static bool are_flags(int32_t flags)
{
    int32_t revision = (flags & CDP_MEMBER_REVISION) >> CDP_MEMBER_REVISION_SHIFT;

    return flags >= 0 && flags < CDP_MEMBER_INSTALLED * 2 &&
           revision <= CDP_REVISION_HEALTH_CURRENT;
}

static cdp_status read_member(reading *r, size_t index, const cdp_string *zones, size_t zone_count)
{
    cdp_rollout *rollout = r->rollout;
    int32_t zone = read_hex(r->columns[ZONE], index, 4);
    int32_t attempts = read_hex(r->columns[ATTEMPTS], index, 4);
    int32_t flags = read_hex(r->columns[FLAGS], index, 2);
    const char *letter = strchr(cdp_state_letters, r->columns[STATE].data[index]);
    cdp_rollout_instance instance = {.size = sizeof instance};
    cdp_member *member;
    cdp_status status;

    if (zone < 0 || (size_t)zone >= zone_count || attempts < 0 || !are_flags(flags) || !letter ||
        !*letter)
        return corrupt(r, "an instance");
    instance.id = next_id(r);
    instance.zone = zones[zone];
    instance.original = (flags & CDP_MEMBER_ORIGINAL) != 0;
    status = cdp_members_check(rollout, &instance, NULL);
    if (status == CDP_OK)
        status = cdp_members_append(rollout, &instance);
    if (status != CDP_OK)
        return status == CDP_ERR_NOMEM ? status : corrupt(r, "ids");
    member = &rollout->members[index];
    if (member->zone != zone)
        return corrupt(r, "zone");
    member->attempts = (uint16_t)attempts;
    member->flags = (uint8_t)flags;
    member->state = (uint8_t)(letter - cdp_state_letters);
    return CDP_OK;
}

/* Room at once for all, as much as they need. */
static cdp_status reserve(reading *r, size_t count)
{
    cdp_rollout *rollout = r->rollout;
    cdp_status status = cdp_rollout_reserve(rollout, count, r->columns[IDS].length);

    return status == CDP_ERR_LIMIT ? corrupt(r, "ids") : status;
}

/* The members of the start first, as one sorted run; then each that joined. */
static cdp_status read_members(reading *r, size_t count, const cdp_string *zones, size_t zone_count)
{
    cdp_rollout *rollout = r->rollout;
    cdp_status status = reserve(r, count);
    int64_t base;
    uint32_t twice;

    if (status != CDP_OK)
        return status;
    if (!read_number(r, member_of(r, r->root, "base_count"), 0, (int64_t)count, &base))
        return corrupt(r, "base_count");
    for (size_t i = 0; i < (size_t)base && status == CDP_OK; i++)
        status = read_member(r, i, zones, zone_count);
    if (status == CDP_OK)
        status = cdp_index_build(rollout, &twice);
    if (status != CDP_OK)
        return status;
    if (twice != CDP_NO_MEMBER)
        return corrupt(r, "ids");
    rollout->base_count = (size_t)base;
    for (size_t i = (size_t)base; i < count; i++) {
        status = cdp_index_reserve(rollout);
        if (status == CDP_OK)
            status = read_member(r, i, zones, zone_count);
        if (status != CDP_OK)
            return status;
        if (cdp_index_find_before(rollout, (uint32_t)i) != CDP_NO_MEMBER)
            return corrupt(r, "ids");
        cdp_index_add(rollout, (uint32_t)i);
    }
    return r->id_at == r->columns[IDS].length ? CDP_OK : corrupt(r, "ids");
}

static cdp_status read_zones(reading *r, cdp_string *zones)
{
    const cdp_document *document = r->document;
    cdp_node list = member_of(r, r->root, "zones");
    cdp_node node = cdp_node_first_child(document, list);

    for (size_t i = 0; node; i++, node = cdp_node_next_sibling(document, node)) {
        cdp_scalar_type type;

        if (cdp_node_get_kind(document, node) != CDP_NODE_SCALAR)
            return corrupt(r, "zones");
        type = cdp_node_resolve(document, node).type;
        if (type != CDP_SCALAR_NULL && type != CDP_SCALAR_STRING)
            return corrupt(r, "zones");
        zones[i] = type == CDP_SCALAR_NULL ? (cdp_string){NULL, 0} : cdp_node_text(document, node);
    }
    return CDP_OK;
}

static cdp_status read_all_members(reading *r)
{
    cdp_node list = member_of(r, r->root, "zones");
    size_t zone_count = cdp_node_child_count(r->document, list);
    cdp_string *zones;
    size_t count;
    cdp_status status = read_columns(r, &count);

    if (status != CDP_OK)
        return status;
    if (cdp_node_get_kind(r->document, list) != CDP_NODE_SEQUENCE || zone_count > CDP_MOST_ZONES)
        return corrupt(r, "zones");
    zones = cdp_allocate(&r->rollout->allocator, zone_count * sizeof *zones);
    if (!zones)
        return CDP_ERR_NOMEM;
    status = read_zones(r, zones);
    if (status == CDP_OK)
        status = read_members(r, count, zones, zone_count);
    cdp_release(&r->rollout->allocator, zones, zone_count * sizeof *zones);
    return status;
}

static cdp_status read_trouble(reading *r)
{
    cdp_rollout *rollout = r->rollout;
    cdp_node list = member_of(r, r->root, "trouble");
    cdp_node node = cdp_node_first_child(r->document, list);
    uint32_t count = cdp_node_child_count(r->document, list);

    if (cdp_node_get_kind(r->document, list) != CDP_NODE_SEQUENCE ||
        count != rollout->pool_count + 2)
        return corrupt(r, "trouble");
    for (uint32_t i = 0; i < count; i++, node = cdp_node_next_sibling(r->document, node)) {
        cdp_tally *tally = i == 0   ? &rollout->total
                           : i == 1 ? &rollout->originals.tally
                                    : &rollout->pools[i - 2].tally;
        int64_t number;

        if (!read_number(r, node, 0, UINT32_MAX, &number))
            return corrupt(r, "trouble");
        tally->trouble = (uint32_t)number;
    }
    return CDP_OK;
}

static bool is_below(uint32_t value, size_t count, uint32_t none)
{
    return value == none || value < count;
}

/* A phase of the other kind of deployment, or an instance or zone that is not there. */
static bool is_consistent(const cdp_rollout *rollout)
{
    const cdp_rollout_decision *verdict = &rollout->verdict;
    bool blue_green = rollout->options.kind == CDP_ROLLOUT_BLUE_GREEN;
    bool over = rollout->phase == CDP_ROLLOUT_PHASE_OVER;

    return (over || blue_green == (rollout->phase != CDP_ROLLOUT_PHASE_DEPLOY)) &&
           is_below(rollout->current, rollout->pool_count, CDP_NO_POOL) &&
           /* Only zones take turns. */
           (rollout->options.zonal || rollout->current == 0) &&
           is_below(rollout->wait_zone, rollout->zone_count, CDP_NO_POOL) &&
           is_below(rollout->verdict_zone, rollout->zone_count, CDP_NO_POOL) &&
           rollout->skip_cursor <= rollout->member_count &&
           over == (cdp_verdict_of(verdict->rule) != NULL) &&
           (!over || is_below(verdict->instance, rollout->member_count, CDP_NO_MEMBER)) &&
           !(over && rollout->waiting);
}

/* What of the verdict is not stored. */
static void complete_verdict(cdp_rollout *rollout)
{
    cdp_rollout_decision *verdict = &rollout->verdict;
    const cdp_verdict_rule *rule = cdp_verdict_of(verdict->rule);

    if (!rule)
        return;
    verdict->size = sizeof *verdict;
    verdict->kind = CDP_ROLLOUT_DECISION_VERDICT;
    verdict->verdict = rule->verdict;
    verdict->error_code = rule->error_code;
    verdict->other = CDP_NO_MEMBER;
    if (verdict->instance != CDP_NO_MEMBER) {
        verdict->id = cdp_member_id(rollout, verdict->instance);
        verdict->zone = cdp_member_zone(rollout, verdict->instance);
    }
    cdp_decision_zone(rollout, verdict, rollout->verdict_zone);
}

static cdp_status read_state(reading *r)
{
    cdp_rollout *rollout = r->rollout;
    cdp_status status = read_all_members(r);

    if (status == CDP_OK)
        status = cdp_rollout_arrange(rollout);
    if (status == CDP_OK)
        status = read_trouble(r);
    if (status == CDP_OK)
        status = read_fields(r, r->root, &cdp_machine_fields, rollout);
    if (status == CDP_OK)
        status = read_fields(r, member_of(r, r->root, "verdict"), &cdp_verdict_fields,
                             &rollout->verdict);
    if (status != CDP_OK)
        return status;
    if (!is_consistent(rollout))
        return corrupt(r, "phase");
    complete_verdict(rollout);
    cdp_tally_recount(rollout);
    cdp_queue_rewind(rollout);
    return CDP_OK;
}

/* Writes what was read and compares its check with the one that was given. */
static cdp_status compare_check(reading *r)
{
    char check[17];
    cdp_text text;
    cdp_status status;

    cdp_text_init(&text, &r->rollout->allocator);
    cdp_snapshot_put_body(r->rollout, &text);
    status = cdp_text_status(&text);
    if (status == CDP_OK) {
        cdp_snapshot_check(cdp_text_string(&text), check);
        if (!cdp_string_equal_c(cdp_node_text(r->document, member_of(r, r->root, "check")), check))
            status = corrupt(r, "check");
    }
    cdp_text_release(&text);
    return status;
}

static cdp_status read_rollout(reading *r, const cdp_allocator *allocator)
{
    cdp_rollout_options options = {.size = sizeof options};
    cdp_rollout_options checked;
    cdp_status status;
    int64_t version;

    if (cdp_node_get_kind(r->document, r->root) != CDP_NODE_MAPPING ||
        !cdp_string_equal_c(cdp_node_text(r->document, member_of(r, r->root, "format")),
                            CDP_SNAPSHOT_FORMAT))
        return corrupt(r, "format");
    if (!read_number(r, member_of(r, r->root, "version"), CDP_SNAPSHOT_VERSION,
                     CDP_SNAPSHOT_VERSION, &version))
        return corrupt(r, "version");
    status = read_fields(r, member_of(r, r->root, "options"), &cdp_option_fields, &options);
    if (status != CDP_OK)
        return status;
    if (cdp_options_import(&checked, &options, NULL) != CDP_OK)
        return corrupt(r, "options");
    status = cdp_rollout_make(&checked, allocator, &r->rollout);
    if (status == CDP_OK)
        status = read_state(r);
    if (status == CDP_OK)
        status = compare_check(r);
    return status;
}

static cdp_status parse(const char *bytes, size_t length, const cdp_allocator *allocator,
                        cdp_document **document)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    cdp_limits limits = {.size = sizeof limits, .input_bytes = length, .scalar_bytes = length};
    cdp_status status = cdp_limits_import(&options.limits, &limits);

    if (status == CDP_OK)
        status = cdp_document_parse(bytes, length, &options, allocator, NULL, document);
    if (status == CDP_ERR_INVALID || status == CDP_ERR_LIMIT)
        status = CDP_ERR_CORRUPT;
    return status;
}

cdp_status cdp_rollout_restore(const char *bytes, size_t length, const cdp_allocator *allocator,
                               cdp_diagnostics *diagnostics, cdp_rollout **rollout)
{
    cdp_document *document = NULL;
    reading r = {.problem = "it is not JSON"};
    cdp_string none = {NULL, 0};
    cdp_allocator own;
    cdp_status status;

    if (!bytes || !rollout)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&own, allocator);
    if (status != CDP_OK)
        return status;
    status = parse(bytes, length, &own, &document);
    if (status == CDP_OK) {
        r.document = document;
        r.root = cdp_document_root(document);
        status = read_rollout(&r, &own);
    }
    cdp_document_free(document);
    if (status == CDP_OK) {
        *rollout = r.rollout;
        return CDP_OK;
    }
    cdp_rollout_free(r.rollout);
    if (status == CDP_ERR_CORRUPT)
        status = cdp_refuse(status, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_CORRUPT_SNAPSHOT,
                            cdp_string_of(r.problem), none, none);
    return status;
}
