/* SPDX-License-Identifier: MIT */
/* Keys of mappings: known ones into slots, unknown ones into findings with a suggestion. */
#include "appspec/keys.h"

#include "appspec/values.h"
#include "base/utf8.h"

bool cdp_appspec_key_is_text(const appspec_work *work, cdp_node key)
{
    return cdp_node_get_kind(work->document, key) == CDP_NODE_SCALAR &&
           cdp_node_resolve(work->document, key).type == CDP_SCALAR_STRING;
}

static bool is_invisible(uint32_t code)
{
    return code <= ' ' || code == 0xA0 || code == 0xAD || (code >= 0x2000 && code <= 0x200F) ||
           code == 0x202F || code == 0x205F || code == 0x2060 || code == 0x3000 || code == 0xFEFF;
}

cdp_string cdp_appspec_trim_invisible(cdp_string text)
{
    size_t from = 0;
    size_t end = 0;

    if (!text.data)
        return text;
    for (size_t at = 0; at < text.length;) {
        size_t length = cdp_utf8_length(text, at);

        if (length == 0 || !is_invisible(cdp_utf8_decode(text, at)))
            end = at + (length ? length : 1);
        else if (end == 0)
            from = at + length;
        at += length ? length : 1;
    }
    return cdp_string_slice(text.data + from, end > from ? end - from : 0);
}

static bool matches(const appspec_keys *keys, size_t index, cdp_string name)
{
    cdp_string known;

    if (name.length == 0 || cdp_lower(name.data[0]) != cdp_lower(keys->names[index][0]))
        return false;
    known = cdp_string_of(keys->names[index]);

    return keys->any_case ? cdp_string_equal_ignoring_case(name, known)
                          : cdp_string_equal(name, known);
}

/* The known key that a name means when only its letters' case or invisible characters differ. */
static size_t find_nearly(const appspec_keys *keys, cdp_string name)
{
    cdp_string bare = cdp_appspec_trim_invisible(name);

    for (size_t i = 0; i < keys->count; i++)
        if (cdp_string_equal_ignoring_case(bare, cdp_string_of(keys->names[i])))
            return i;
    return keys->count;
}

static void put_list(cdp_text *text, const appspec_keys *keys)
{
    for (size_t i = 0; i < keys->count; i++) {
        cdp_text_put_c(text, i == 0 ? "`" : i + 1 < keys->count ? "`, `" : "` and `");
        cdp_text_put_c(text, keys->names[i]);
    }
    cdp_text_put_byte(text, '`');
}

/* Words for what another key says; absent for all others. */
static cdp_string hint_instead(const appspec_keys *keys, cdp_string name)
{
    for (size_t i = 0; i < keys->count; i++) {
        if (cdp_string_equal(name, CDP_STR("overwrite")) &&
            cdp_string_equal(cdp_string_of(keys->names[i]), CDP_STR("file_exists_behavior")))
            return CDP_STR("Write `file_exists_behavior: OVERWRITE` instead.");
    }
    return (cdp_string){NULL, 0};
}

static void report_unknown(appspec_work *work, cdp_node key, cdp_string name,
                           const appspec_keys *keys, bool is_taken[])
{
    appspec_finding finding = {
        .code = CDP_DIAGNOSTIC_APPSPEC_UNKNOWN_KEY,
        .node = key,
        .arguments = {name, cdp_string_of(keys->where)},
    };
    size_t nearest = find_nearly(keys, name);
    bool nearly = nearest < keys->count;

    if (!nearly)
        nearest = cdp_suggest(name, keys->names, keys->count);
    cdp_text_clear(&work->hint);
    finding.hint = hint_instead(keys, name);
    if (finding.hint.data) {
        /* Nothing else is meant. */
    } else if (nearest < keys->count) {
        finding.arguments[2] = cdp_string_of(keys->names[nearest]);
        if (nearly && cdp_appspec_trim_invisible(name).length != name.length)
            finding.code = CDP_DIAGNOSTIC_APPSPEC_INVISIBLE_CHARACTER;
        if (nearly && !is_taken[nearest])
            finding.fix = finding.arguments[2];
        finding.hint = CDP_STR("Did you mean `{2}`?");
    } else {
        put_list(&work->hint, keys);
        finding.arguments[2] = cdp_text_string(&work->hint);
        finding.hint = CDP_STR("Known there are {2}. Remove the key, or correct it.");
    }
    cdp_appspec_report(work, &finding);
}

static void report_twice(appspec_work *work, cdp_node key, cdp_string name, cdp_string first)
{
    cdp_appspec_report(work, &(appspec_finding){
                                 .code = CDP_DIAGNOSTIC_KEY_TWICE,
                                 .node = key,
                                 .arguments = {name, first},
                             });
}

/* Looks at the known names from `first` on, all around: mostly keys stand in their usual order. */
static size_t find_slot(const appspec_work *work, const appspec_keys *keys, cdp_node key,
                        cdp_string name, size_t first)
{
    for (size_t tried = 0, i = first; tried < keys->count; tried++, i++) {
        if (i >= keys->count)
            i = 0;
        if (matches(keys, i, name))
            /* None of the known names is anything else than a text, unless a tag makes it so. */
            return !cdp_node_tag(work->document, key).data || cdp_appspec_key_is_text(work, key)
                       ? i
                       : keys->count;
    }
    return keys->count;
}

void cdp_appspec_sort_keys(appspec_work *work, cdp_node mapping, const appspec_keys *keys,
                           cdp_node found[APPSPEC_MOST_KEYS])
{
    bool is_taken[APPSPEC_MOST_KEYS] = {false};
    bool all_known = true;
    size_t next = 0;

    for (size_t i = 0; i < APPSPEC_MOST_KEYS; i++)
        found[i] = 0;
    for (cdp_node key = cdp_node_first_child(work->document, mapping); key;
         key = cdp_node_next_sibling(work->document, key)) {
        cdp_string name = cdp_node_text(work->document, key);
        size_t slot;

        if (!cdp_node_is_effective(work->document, key))
            continue;
        slot = find_slot(work, keys, key, name, next);
        next = slot + 1;
        if (slot == keys->count) {
            all_known = false;
        } else if (found[slot]) {
            report_twice(work, key, name, cdp_node_text(work->document, found[slot]));
        } else {
            found[slot] = key;
            is_taken[slot] = true;
        }
    }
    if (all_known)
        return;
    for (cdp_node key = cdp_node_first_child(work->document, mapping); key;
         key = cdp_node_next_sibling(work->document, key)) {
        cdp_string name = cdp_node_text(work->document, key);

        if (!cdp_node_is_effective(work->document, key) ||
            find_slot(work, keys, key, name, 0) < keys->count)
            continue;
        cdp_text_clear(&work->scratch);
        if (!name.data) {
            cdp_appspec_put_key(work, key, &work->scratch);
            name = cdp_text_string(&work->scratch);
        }
        if (!keys->look || !keys->look(work, key, name))
            report_unknown(work, key, name, keys, is_taken);
    }
}
