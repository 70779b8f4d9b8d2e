/* SPDX-License-Identifier: MIT */
#include "document/read_yaml.h"

/*
 * What stands behind the first document. The official agent reads none of it, however broken it is;
 * so it is only counted: a line `---` begins a document wherever it stands, and anything else is one
 * without that line, most likely by mistake.
 */
typedef struct rest_state {
    bool inside; /* a document has begun */
    size_t documents;
    size_t stray; /* where the first text stands that no `---` announced */
    size_t next;  /* where the first `---` stands */
} rest_state;

static bool is_marker(cdp_string line, char c)
{
    return line.length >= 3 && line.data[0] == c && line.data[1] == c && line.data[2] == c &&
           (line.length == 3 || line.data[3] == ' ' || line.data[3] == '\t');
}

static size_t line_end(cdp_string text, size_t at)
{
    while (at < text.length && text.data[at] != '\n' && text.data[at] != '\r')
        at++;
    return at;
}

static void count_line(rest_state *rest, cdp_string line, size_t at, bool whole)
{
    size_t content = 0;

    while (content < line.length && (line.data[content] == ' ' || line.data[content] == '\t'))
        content++;
    if (whole && is_marker(line, '-')) {
        if (rest->documents++ == 0 && !rest->stray)
            rest->next = at;
        rest->inside = true;
    } else if (whole && is_marker(line, '.')) {
        rest->inside = false;
    } else if (content < line.length && line.data[content] != '#' && !rest->inside &&
               !(whole && line.data[0] == '%')) {
        if (rest->documents++ == 0)
            rest->stray = at + content + 1;
        rest->inside = true;
    }
}

cdp_status cdp_count_rest(cdp_reading *reading, size_t from)
{
    const cdp_string text = cdp_reading_text(reading);
    rest_state rest = {.inside = false};

    for (size_t at = from; at < text.length;) {
        size_t end = line_end(text, at);
        bool whole = at == 0 || text.data[at - 1] == '\n' || text.data[at - 1] == '\r';

        count_line(&rest, cdp_string_slice(text.data + at, end - at), at, whole);
        at = end + 1;
    }
    reading->document->document_count += (uint32_t)rest.documents;
    if (rest.documents == 0)
        return CDP_OK;
    if (rest.stray)
        return cdp_reading_report(reading, CDP_DIAGNOSTIC_YAML_TEXT_IGNORED, rest.stray - 1,
                                  line_end(text, rest.stray - 1), (cdp_string){NULL, 0});
    return cdp_reading_report(reading, CDP_DIAGNOSTIC_YAML_SECOND_DOCUMENT, rest.next,
                              rest.next + 3, (cdp_string){NULL, 0});
}
