/* SPDX-License-Identifier: MIT */
/* Three readings of one text: the agents 1.x and 2.x, and the documentation. */
#include "appspec/compare.h"

#include "appspec/parse.h"
#include "appspec/server.h"
#include "base/allocator.h"
#include "base/sized.h"
#include "base/sort.h"

typedef struct compare_row {
    cdp_string pointer;
    cdp_string written;
    cdp_string readings[APPSPEC_READERS];
    const char *what;
    cdp_place place;
} compare_row;

struct cdp_appspec_comparison {
    cdp_arena arena;
    cdp_string reasons[APPSPEC_READERS];
    compare_row *differences;
    size_t count;
    size_t capacity;
};

void cdp_appspec_comparison_free(cdp_appspec_comparison *comparison)
{
    cdp_allocator allocator;

    if (!comparison)
        return;
    allocator = comparison->arena.allocator;
    cdp_release(&allocator, comparison->differences,
                comparison->capacity * sizeof *comparison->differences);
    cdp_arena_release(&comparison->arena);
    cdp_release(&allocator, comparison, sizeof *comparison);
}

static const cdp_string refused = CDP_LITERAL("refused: ");

static cdp_string keep(appspec_compare *compare, cdp_string text)
{
    cdp_string kept = {NULL, 0};

    if (cdp_arena_copy(&compare->made->arena, text, &kept) != CDP_OK)
        cdp_appspec_fail(compare->work, CDP_ERR_NOMEM);
    return kept;
}

void cdp_compare_begin(appspec_compare *compare)
{
    for (int i = 0; i < APPSPEC_READERS; i++) {
        cdp_text_clear(&compare->words[i]);
        compare->refused[i] = false;
    }
}

void cdp_compare_say(appspec_compare *compare, cdp_appspec_reader reader, cdp_string words)
{
    cdp_text_put(&compare->words[reader], words);
}

void cdp_compare_refuse(appspec_compare *compare, cdp_appspec_reader reader, const char *why)
{
    cdp_text_clear(&compare->words[reader]);
    cdp_text_put(&compare->words[reader], refused);
    cdp_text_put_c(&compare->words[reader], why);
    compare->refused[reader] = true;
}

/* The text itself, one line of it. */
static cdp_string written_at(const appspec_compare *compare, cdp_place place)
{
    cdp_string input = cdp_document_input(compare->work->document);
    size_t end = place.offset;

    while (end < place.end_offset && end < input.length && input.data[end] != '\n' &&
           input.data[end] != '\r')
        end++;
    return cdp_string_slice(input.data + place.offset, end - place.offset);
}

static void note_reasons(appspec_compare *compare, const char *what)
{
    /* The agent 1.x has been asked itself. */
    for (int i = CDP_APPSPEC_READER_AGENT_2; i < APPSPEC_READERS; i++) {
        cdp_text *hint = &compare->work->hint;
        cdp_string words = cdp_text_string(&compare->words[i]);

        if (!compare->refused[i] || compare->reasons[i].data || words.length < refused.length)
            continue;
        cdp_text_clear(hint);
        cdp_text_put_c(hint, what);
        cdp_text_put_c(hint, ": ");
        cdp_text_put(hint,
                     cdp_string_slice(words.data + refused.length, words.length - refused.length));
        compare->reasons[i] = keep(compare, cdp_text_string(hint));
        if (cdp_text_status(hint) != CDP_OK)
            cdp_appspec_fail(compare->work, CDP_ERR_NOMEM);
    }
}

void cdp_compare_settle(appspec_compare *compare, cdp_node node, const char *what)
{
    cdp_appspec_comparison *made = compare->made;
    appspec_work *work = compare->work;
    compare_row found = {.what = what};
    void *array = made->differences;
    cdp_status status = CDP_OK;

    for (int i = 0; i < APPSPEC_READERS; i++)
        if (cdp_text_status(&compare->words[i]) != CDP_OK)
            cdp_appspec_fail(work, CDP_ERR_NOMEM);
    note_reasons(compare, what);
    if (compare->refused[0] && compare->refused[1] && compare->refused[2])
        return; /* for whatever reasons */
    if (work->status != CDP_OK || (cdp_string_equal(cdp_text_string(&compare->words[0]),
                                                    cdp_text_string(&compare->words[1])) &&
                                   cdp_string_equal(cdp_text_string(&compare->words[0]),
                                                    cdp_text_string(&compare->words[2]))))
        return;
    cdp_text_clear(&work->pointer);
    if (node) {
        cdp_node_put_pointer(work->document, node, &work->pointer);
        found.place = cdp_node_place(work->document, node);
        found.written = keep(compare, written_at(compare, found.place));
    }
    found.pointer = keep(compare, cdp_text_string(&work->pointer));
    for (int i = 0; i < APPSPEC_READERS; i++)
        found.readings[i] = keep(compare, cdp_text_string(&compare->words[i]));
    status = cdp_text_status(&work->pointer);
    if (status == CDP_OK)
        status = cdp_array_reserve(&work->allocator, &array, &made->capacity, made->count + 1,
                                   sizeof *made->differences);
    made->differences = array;
    if (status == CDP_OK)
        made->differences[made->count++] = found;
    else
        cdp_appspec_fail(work, status);
}

/* What the reader of documents found and the three do not see alike. */
typedef struct document_reading {
    cdp_diagnostic_code code;
    const char *what;
    const char *agent_1;
    const char *agent_2;
    const char *documentation;
} document_reading;

static const document_reading document_readings[] = {
    {CDP_DIAGNOSTIC_BYTE_ORDER_MARK, "the byte order mark",
     "refused: the first key is lost, and so is everything behind it", "ignored", "ignored"},
    {CDP_DIAGNOSTIC_INPUT_UTF16, "the encoding", "refused: not UTF-8", "refused: not UTF-8",
     "refused: not UTF-8"},
    {CDP_DIAGNOSTIC_YAML_ALIAS, "the alias", "refused: aliases are not allowed",
     "the value that it repeats", "the value that it repeats"},
    {CDP_DIAGNOSTIC_YAML_TYPE_REFUSED, "the value", "refused: a date, a time or a Ruby type",
     "its text", "its text"},
    {CDP_DIAGNOSTIC_YAML_MERGE_KEY, "the merge key", "its keys are merged",
     "ignored, or an event of that name", "not said"},
    {CDP_DIAGNOSTIC_DUPLICATE_KEY, "the key", "the last one counts",
     "refused: a key is given twice", "not said"},
};

/* True for a key right below `hooks`: that mapping is a map to the agent 2.x, not a struct. */
static bool is_event(cdp_string pointer)
{
    cdp_string start = CDP_STR("/hooks/");

    return cdp_string_starts_with(pointer, start) &&
           cdp_string_find(pointer, '/', start.length) == pointer.length;
}

static void compare_document_finding(appspec_compare *compare, const cdp_diagnostic *finding)
{
    for (size_t i = 0; i < sizeof document_readings / sizeof *document_readings; i++) {
        const document_reading *reading = &document_readings[i];
        const char *const words[] = {reading->agent_1, reading->agent_2, reading->documentation};
        size_t before = compare->made->count;

        if (reading->code != finding->code)
            continue;
        cdp_compare_begin(compare);
        for (int j = 0; j < APPSPEC_READERS; j++) {
            bool as_first = j == CDP_APPSPEC_READER_AGENT_2 &&
                            finding->code == CDP_DIAGNOSTIC_DUPLICATE_KEY &&
                            is_event(finding->pointer);
            cdp_string word = cdp_string_of(words[as_first ? 0 : j]);

            cdp_compare_say(compare, (cdp_appspec_reader)j, word);
            compare->refused[j] = cdp_string_starts_with(word, refused);
        }
        cdp_compare_settle(compare, 0, reading->what);
        if (compare->made->count > before) {
            compare_row *made = &compare->made->differences[before];

            made->place = (cdp_place){finding->offset, finding->end_offset, finding->line,
                                      finding->column, finding->end_line,   finding->end_column};
            made->written = keep(compare, written_at(compare, made->place));
            made->pointer = keep(compare, finding->pointer.data ? finding->pointer : CDP_STR(""));
        }
    }
}

/* What the documentation forbids and the agents let pass. */
static bool is_forbidden(cdp_diagnostic_code code)
{
    static const cdp_diagnostic_code forbidden[] = {
        CDP_DIAGNOSTIC_APPSPEC_UNKNOWN_KEY,       CDP_DIAGNOSTIC_APPSPEC_EVENT_AT_TOP_LEVEL,
        CDP_DIAGNOSTIC_APPSPEC_EVENT_UNKNOWN,     CDP_DIAGNOSTIC_APPSPEC_EVENT_RESERVED,
        CDP_DIAGNOSTIC_FILE_OVERWRITE_KEY,        CDP_DIAGNOSTIC_FILE_DESTINATION_EMPTY,
        CDP_DIAGNOSTIC_FILE_DESTINATION_RELATIVE, CDP_DIAGNOSTIC_SCRIPT_RUNAS_ON_WINDOWS,
        CDP_DIAGNOSTIC_HOOK_TIMEOUT_SUM,
    };

    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (forbidden[i] == code)
            return true;
    return false;
}

/* The verdicts that follow from what the checks of profile agent found. */
static void take_verdicts(appspec_compare *compare, const cdp_diagnostics *findings)
{
    for (size_t i = 0; i < cdp_diagnostics_count(findings); i++) {
        cdp_diagnostic finding = {.size = sizeof finding};

        if (cdp_diagnostics_at(findings, i, &finding) != CDP_OK)
            continue;
        if (finding.severity == CDP_SEVERITY_ERROR &&
            !compare->reasons[CDP_APPSPEC_READER_AGENT_1].data)
            compare->reasons[CDP_APPSPEC_READER_AGENT_1] = keep(compare, finding.message);
        if (finding.severity >= CDP_SEVERITY_WARNING && is_forbidden(finding.code) &&
            !compare->reasons[CDP_APPSPEC_READER_DOCUMENTATION].data)
            compare->reasons[CDP_APPSPEC_READER_DOCUMENTATION] = keep(compare, finding.message);
    }
}

/* What the agent 1.x refuses, told in its own order by a reading of its own. */
static cdp_status read_as_agent_1(appspec_compare *compare, const char *bytes, size_t length,
                                  const cdp_appspec_options *options)
{
    cdp_appspec_options own = {.size = sizeof own};
    cdp_diagnostics *findings = NULL;
    cdp_appspec *appspec = NULL;
    cdp_status status;

    own.allocator = options->allocator;
    own.limits = options->limits;
    own.notation = options->notation;
    own.platform = CDP_PLATFORM_SERVER;
    own.host = CDP_APPSPEC_HOST_ANY;
    status = cdp_diagnostics_new(options->allocator, options->limits, &findings);
    if (status == CDP_OK)
        status = cdp_appspec_parse(bytes, length, &own, findings, &appspec);
    if (status == CDP_OK || status == CDP_ERR_INVALID) {
        take_verdicts(compare, findings);
        status = CDP_OK;
    }
    cdp_appspec_free(appspec);
    cdp_diagnostics_free(findings);
    return status;
}

static int compare_places(const void *a, const void *b, const void *context)
{
    const compare_row *first = a;
    const compare_row *second = b;

    (void)context;
    return (first->place.offset > second->place.offset) -
           (first->place.offset < second->place.offset);
}

static cdp_status run(appspec_compare *compare, const cdp_diagnostics *found)
{
    appspec_work *work = compare->work;
    cdp_node root = cdp_document_root(work->document);
    cdp_appspec_comparison *made = compare->made;

    for (size_t i = 0; i < cdp_diagnostics_count(found); i++) {
        cdp_diagnostic finding = {.size = sizeof finding};

        if (cdp_diagnostics_at(found, i, &finding) == CDP_OK)
            compare_document_finding(compare, &finding);
    }
    if (cdp_node_get_kind(work->document, root) == CDP_NODE_MAPPING)
        cdp_compare_server(compare, root);
    else
        for (int i = 0; i < APPSPEC_READERS; i++)
            if (!compare->reasons[i].data)
                compare->reasons[i] = keep(compare, CDP_STR("there is no mapping in it"));
    for (int i = 0; i < APPSPEC_READERS; i++)
        made->reasons[i] = compare->reasons[i];
    if (work->status != CDP_OK)
        return work->status;
    return cdp_sort(&work->allocator, made->differences, made->count, sizeof *made->differences,
                    compare_places, NULL);
}

static cdp_status make(appspec_compare *compare, const char *bytes, size_t length,
                       const cdp_appspec_options *options, cdp_diagnostics *found)
{
    appspec_work *work = compare->work;
    cdp_status status;

    compare->made = cdp_allocate_zeroed(&work->allocator, sizeof *compare->made);
    if (!compare->made)
        return CDP_ERR_NOMEM;
    cdp_arena_init(&compare->made->arena, &work->allocator);
    for (int i = 0; i < APPSPEC_READERS; i++)
        cdp_text_init(&compare->words[i], &work->allocator);
    work->options.expand_aliases = 1;
    status = cdp_appspec_open(work, bytes, length, found);
    if (status == CDP_OK)
        status = read_as_agent_1(compare, bytes, length, options);
    if (status == CDP_OK)
        status = run(compare, found);
    for (int i = 0; i < APPSPEC_READERS; i++)
        cdp_text_release(&compare->words[i]);
    return status;
}

cdp_status cdp_appspec_compare(const char *bytes, size_t length, const cdp_appspec_options *options,
                               cdp_diagnostics *diagnostics, cdp_appspec_comparison **comparison)
{
    appspec_work work;
    appspec_compare compare = {.work = &work};
    cdp_diagnostics *found = NULL;
    cdp_appspec *unused = NULL;
    cdp_appspec_options own;
    cdp_status status;

    if (!comparison || (!bytes && length > 0))
        return CDP_ERR_ARGUMENT;
    status = cdp_appspec_begin(&work, options);
    if (status != CDP_OK)
        return status;
    own = work.options;
    if (own.platform != CDP_PLATFORM_AUTO && own.platform != CDP_PLATFORM_SERVER)
        cdp_appspec_fail(&work, CDP_ERR_ARGUMENT);
    status = work.status;
    if (status == CDP_OK)
        status = cdp_diagnostics_new(&work.allocator, &work.limits, &found);
    if (status == CDP_OK)
        status = make(&compare, bytes, length, &own, found);
    if (status == CDP_ERR_INVALID || status == CDP_ERR_LIMIT) {
        if (cdp_diagnostics_append(work.findings, found) != CDP_OK)
            status = CDP_ERR_NOMEM;
    }
    cdp_diagnostics_free(found);
    if (status != CDP_OK)
        cdp_appspec_fail(&work, status);
    status = cdp_appspec_end(&work, diagnostics, &unused);
    cdp_appspec_free(unused);
    if (status == CDP_OK)
        *comparison = compare.made;
    else
        cdp_appspec_comparison_free(compare.made);
    return status;
}

cdp_status cdp_appspec_comparison_reading(const cdp_appspec_comparison *comparison,
                                          cdp_appspec_reader reader, cdp_appspec_reading *reading)
{
    cdp_appspec_reading view = {.size = sizeof view};

    if (!comparison || !reading || reader < CDP_APPSPEC_READER_AGENT_1 ||
        reader > CDP_APPSPEC_READER_DOCUMENTATION)
        return CDP_ERR_ARGUMENT;
    view.accepted = !comparison->reasons[reader].data;
    view.reason = comparison->reasons[reader];
    return cdp_sized_write(reading, &view, sizeof view);
}

size_t cdp_appspec_comparison_count(const cdp_appspec_comparison *comparison)
{
    return comparison ? comparison->count : 0;
}

cdp_status cdp_appspec_comparison_at(const cdp_appspec_comparison *comparison, size_t index,
                                     cdp_appspec_difference *difference)
{
    cdp_appspec_difference view = {.size = sizeof view};
    const compare_row *from;

    if (!comparison || !difference)
        return CDP_ERR_ARGUMENT;
    if (index >= comparison->count)
        return CDP_ERR_NOT_FOUND;
    from = &comparison->differences[index];
    view.pointer = from->pointer;
    view.what = cdp_string_of(from->what);
    view.written = from->written;
    view.agent_1 = from->readings[CDP_APPSPEC_READER_AGENT_1];
    view.agent_2 = from->readings[CDP_APPSPEC_READER_AGENT_2];
    view.documentation = from->readings[CDP_APPSPEC_READER_DOCUMENTATION];
    view.place =
        (cdp_appspec_place){from->place.offset, from->place.end_offset, from->place.line,
                            from->place.column, from->place.end_line,   from->place.end_column};
    return cdp_sized_write(difference, &view, sizeof view);
}
