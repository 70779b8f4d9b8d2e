/* SPDX-License-Identifier: MIT */
#include "document/reading.h"

#include "base/hash.h"
#include "base/sort.h"
#include "document/scalar.h"

/*
 * Which keys of a mapping count: merge keys ("<<") give way to what they merge, and of equal keys
 * the last one counts, as in the official agent. There a merged key overrides an earlier one (YAML's
 * own merge does not), and within a list of merged mappings the earlier mapping wins.
 */

static bool is_merge_key(const cdp_document *document, cdp_node key)
{
    cdp_string tag = cdp_node_tag(document, key);

    return cdp_node_get_kind(document, key) == CDP_NODE_SCALAR &&
           cdp_string_equal_c(cdp_node_text(document, key), "<<") &&
           !(tag.data && cdp_string_equal_c(tag, "tag:yaml.org,2002:str"));
}

/* Marks the mappings of a list; false when something else stands in it, and nothing is marked. */
static bool merge_list(const cdp_tree *tree, cdp_node list)
{
    cdp_node end = cdp_tree_after(tree, list);

    for (cdp_node item = list + 1; item < end; item = cdp_tree_after(tree, item)) {
        if (cdp_tree_form(tree, item) != CDP_FORM_MAPPING)
            return false;
    }
    for (cdp_node item = list + 1; item < end; item = cdp_tree_after(tree, item))
        *cdp_tree_flags(tree, item) |= CDP_FLAG_MERGED;
    return true;
}

static cdp_status merge(cdp_reading *reading, cdp_node key)
{
    const cdp_tree *tree = &reading->document->tree;
    cdp_node value = cdp_tree_after(tree, key);
    unsigned form = cdp_tree_form(tree, value);
    const cdp_tree_node *at = cdp_tree_at(tree, key);

    if (form != CDP_FORM_MAPPING && !(form == CDP_FORM_SEQUENCE && merge_list(tree, value)))
        return CDP_OK;
    *cdp_tree_flags(tree, key) |= CDP_FLAG_MERGED;
    *cdp_tree_flags(tree, value) |= CDP_FLAG_MERGED;
    return cdp_reading_report(reading, CDP_DIAGNOSTIC_YAML_MERGE_KEY, at->start, at->end,
                              (cdp_string){NULL, 0});
}

/* Numbers, booleans and null are equal by value, everything else by text. */
static uint32_t hash_key(const cdp_document *document, cdp_node node)
{
    cdp_resolved resolved = cdp_node_resolve_fully(document, node);
    uint32_t hash = CDP_HASH_START;

    if (resolved.type == CDP_SCALAR_INTEGER || resolved.type == CDP_SCALAR_FLOAT) {
        cdp_scalar value = cdp_resolved_value(&resolved);

        return cdp_hash_bytes(hash, &value.number, sizeof value.number);
    }
    if (resolved.type == CDP_SCALAR_BOOLEAN)
        return cdp_hash_bytes(hash, resolved.boolean ? "T" : "F", 1);
    if (resolved.type == CDP_SCALAR_NULL)
        return hash;
    return cdp_hash_bytes(hash, resolved.text.data, resolved.text.length);
}

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

static int compare_keys(const cdp_document *document, cdp_node a, cdp_node b)
{
    cdp_resolved first = cdp_node_resolve_fully(document, a);
    cdp_resolved second = cdp_node_resolve_fully(document, b);
    cdp_scalar one, other;

    if (first.type != second.type)
        return first.type < second.type ? -1 : 1;
    switch (first.type) {
    case CDP_SCALAR_NULL:
        return 0;
    case CDP_SCALAR_BOOLEAN:
        return first.boolean - second.boolean;
    case CDP_SCALAR_INTEGER:
    case CDP_SCALAR_FLOAT:
        one = cdp_resolved_value(&first);
        other = cdp_resolved_value(&second);
        if (first.type == CDP_SCALAR_INTEGER && !one.overflow && !other.overflow)
            return (one.integer > other.integer) - (one.integer < other.integer);
        if (one.overflow && other.overflow && one.number == other.number)
            return cdp_string_compare(cdp_node_text(document, a), cdp_node_text(document, b));
        return compare_numbers(one.number, other.number);
    default:
        return cdp_string_compare(first.text, second.text);
    }
}

static int compare_entries(const void *a, const void *b, const void *context)
{
    const cdp_hash_entry *first = a;
    const cdp_hash_entry *second = b;

    return compare_keys(context, first->index, second->index);
}

static cdp_node physical_parent(const cdp_document *document, cdp_node node)
{
    return cdp_tree_at(&document->tree, node)->parent;
}

/* Of two equal keys, the earlier in the text wins only from within one merged list. */
static bool earlier_wins(const cdp_document *document, cdp_node earlier, cdp_node later)
{
    cdp_node a = physical_parent(document, earlier);
    cdp_node b = physical_parent(document, later);

    /* A parent stands before its children: the greater index is never the common ancestor. */
    while (a != b) {
        if (a > b)
            a = physical_parent(document, a);
        else
            b = physical_parent(document, b);
    }
    return cdp_tree_form(&document->tree, a) == CDP_FORM_SEQUENCE;
}

static cdp_status report_twice(cdp_reading *reading, cdp_node loser, cdp_node winner)
{
    cdp_document *document = reading->document;
    cdp_text pointer, line;
    cdp_status status;
    cdp_report report = {
        .code = CDP_DIAGNOSTIC_DUPLICATE_KEY,
        .place = cdp_node_place(document, loser),
        .arguments = {cdp_node_text(document, loser)},
    };

    cdp_text_init(&pointer, &document->allocator);
    cdp_text_init(&line, &document->allocator);
    cdp_node_put_pointer(document, loser, &pointer);
    cdp_text_put_uint(&line, cdp_node_place(document, winner).line);
    status = cdp_text_status(&pointer);
    if (status == CDP_OK)
        status = cdp_text_status(&line);
    if (status == CDP_OK) {
        report.pointer = cdp_text_string(&pointer);
        report.arguments[1] = cdp_text_string(&line);
        status = cdp_diagnostics_report(reading->diagnostics, &report);
    }
    cdp_text_release(&pointer);
    cdp_text_release(&line);
    return status;
}

/* One of a pair of equal keys loses. Merging over a key is meant; the same key twice is not. */
static cdp_status override_key(cdp_reading *reading, cdp_node loser, cdp_node winner)
{
    cdp_document *document = reading->document;

    *cdp_tree_flags(&document->tree, loser) |= CDP_FLAG_OVERRIDDEN;
    /* A pointer takes time: none is made for what a full list would only count. */
    if (physical_parent(document, loser) != physical_parent(document, winner) ||
        !reading->diagnostics || cdp_diagnostics_dropped(reading->diagnostics) > 0)
        return CDP_OK;
    return report_twice(reading, loser, winner);
}

/* Entries from `first` up to `end` are equal: one of them counts. */
static cdp_status settle_equal(cdp_reading *reading, const cdp_hash_entry *entries, size_t first,
                               size_t end)
{
    cdp_node winner = entries[first].index;
    cdp_status status = CDP_OK;

    for (size_t i = first + 1; i < end; i++) {
        if (!earlier_wins(reading->document, winner, entries[i].index))
            winner = entries[i].index;
    }
    for (size_t i = first; i < end && status == CDP_OK; i++) {
        if (entries[i].index != winner)
            status = override_key(reading, entries[i].index, winner);
    }
    return status;
}

/* Entries of one hash, which seldom are more than one. */
static cdp_status settle_same_hash(cdp_reading *reading, cdp_hash_entry *entries,
                                   cdp_hash_entry *scratch, size_t count)
{
    cdp_status status = CDP_OK;

    cdp_sort_with(entries, count, sizeof *entries, scratch, compare_entries, reading->document);
    for (size_t first = 0, end; first < count && status == CDP_OK; first = end) {
        end = first + 1;
        while (end < count &&
               compare_keys(reading->document, entries[first].index, entries[end].index) == 0)
            end++;
        if (end - first > 1)
            status = settle_equal(reading, entries, first, end);
    }
    return status;
}

/* The mapping's scalar keys, as many as there is room for, and how many there are. Other keys are
 * never equal. */
static size_t collect(const cdp_document *document, cdp_node mapping, cdp_hash_entry *entries,
                      size_t room)
{
    const cdp_tree *tree = &document->tree;
    cdp_node end = cdp_tree_at(tree, mapping)->link;
    size_t count = 0;

    for (cdp_node key = mapping + 1; key < end;) {
        if (*cdp_tree_flags(tree, key) & CDP_FLAG_MERGED) {
            key++;
            continue;
        }
        if (cdp_tree_form(tree, key) < CDP_FORM_SEQUENCE) {
            if (count < room)
                entries[count].index = key;
            count++;
        }
        key = cdp_tree_after(tree, cdp_tree_after(tree, key));
    }
    return count;
}

/* Few keys are compared pair by pair, without memory of our own. */
enum { FEW_KEYS = 16 };

/* Whether a key can be equal to one that is written otherwise: `1` to `0x1`, `~` to `null`. */
static bool is_odd(const cdp_document *document, cdp_node key, cdp_string text)
{
    char first = text.length ? cdp_lower(text.data[0]) : '\0';
    bool word = first >= 'a' && first <= 'z';

    if (document->notation != CDP_NOTATION_YAML)
        return false;
    if (*cdp_tree_flags(&document->tree, key) & CDP_FLAG_TAGGED)
        return true;
    if (cdp_tree_form(&document->tree, key) != CDP_STYLE_PLAIN)
        return false;
    return !word || (text.length <= 5 && strchr("ytonf", first) &&
                     cdp_node_resolve(document, key).type != CDP_SCALAR_STRING);
}

static bool may_be_equal(const cdp_document *document, const cdp_hash_entry *entries, size_t count)
{
    cdp_string texts[FEW_KEYS];
    size_t odd = 0;

    for (size_t i = 0; i < count; i++) {
        texts[i] = cdp_node_text(document, entries[i].index);
        odd += is_odd(document, entries[i].index, texts[i]);
        for (size_t j = 0; j < i; j++) {
            if (texts[i].length == texts[j].length && cdp_string_equal(texts[i], texts[j]))
                return true;
        }
    }
    return odd > 1;
}

static void hash_entries(const cdp_document *document, cdp_hash_entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++)
        entries[i].hash = hash_key(document, entries[i].index);
}

static cdp_status settle_entries(cdp_reading *reading, cdp_hash_entry *entries,
                                 cdp_hash_entry *scratch, size_t count)
{
    cdp_status status = CDP_OK;

    hash_entries(reading->document, entries, count);
    cdp_hash_sort(entries, scratch, count);
    for (size_t first = 0, end; first < count && status == CDP_OK; first = end) {
        end = first + cdp_hash_run(entries, first, count);
        if (end - first > 1)
            status = settle_same_hash(reading, entries + first, scratch, end - first);
    }
    return status;
}

static cdp_status settle_many(cdp_reading *reading, cdp_node mapping, size_t count)
{
    cdp_document *document = reading->document;
    size_t bytes = 2 * count * sizeof(cdp_hash_entry);
    void *entries;
    cdp_status status = cdp_document_allocate(document, bytes, &entries);

    if (status == CDP_ERR_LIMIT)
        return cdp_reading_fail_nodes(reading, cdp_tree_at(&document->tree, mapping)->start,
                                      cdp_document_node_count(document));
    if (status != CDP_OK)
        return status;
    collect(document, mapping, entries, count);
    status = settle_entries(reading, entries, (cdp_hash_entry *)entries + count, count);
    cdp_document_release(document, entries, bytes);
    return status;
}

static cdp_status settle_mapping(cdp_reading *reading, cdp_node mapping)
{
    cdp_hash_entry few[2 * FEW_KEYS];
    size_t count = collect(reading->document, mapping, few, FEW_KEYS);

    if (count > FEW_KEYS)
        return settle_many(reading, mapping, count);
    if (count < 2 || !may_be_equal(reading->document, few, count))
        return CDP_OK;
    return settle_entries(reading, few, few + FEW_KEYS, count);
}

cdp_status cdp_settle_keys(cdp_reading *reading)
{
    cdp_document *document = reading->document;
    const cdp_tree *tree = &document->tree;
    cdp_status status = CDP_OK;

    if (reading->has_merge_key) {
        for (cdp_node node = 1; node < tree->count && status == CDP_OK; node++) {
            if (*cdp_tree_flags(tree, node) & CDP_FLAG_KEY && is_merge_key(document, node))
                status = merge(reading, node);
        }
    }
    for (cdp_node node = 1; node < tree->count && status == CDP_OK; node++) {
        if (cdp_tree_form(tree, node) == CDP_FORM_MAPPING &&
            !(*cdp_tree_flags(tree, node) & CDP_FLAG_MERGED))
            status = settle_mapping(reading, node);
    }
    return status;
}
