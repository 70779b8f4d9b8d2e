/* SPDX-License-Identifier: MIT */
#include "document/xml.h"

#include <expat.h>

/* From text to elements, through expat, whose memory is the C library's: it takes no other without
 * globals. What it shows us is UTF-8 text that passed the guards. */
typedef struct xml_reader {
    cdp_reading *reading;
    XML_Parser parser;
    cdp_xml_elements elements;
    uint32_t open; /* the innermost open element, UINT32_MAX outside */
    uint32_t depth;
    size_t kept;     /* the depth of the outermost element whose white space is kept, or 0 */
    bool collecting; /* the open element's text has begun */
    cdp_status status;
} xml_reader;

static void stop(xml_reader *xml, cdp_status status)
{
    if (xml->status == CDP_OK)
        xml->status = status;
    XML_StopParser(xml->parser, XML_FALSE);
}

static size_t current(const xml_reader *xml)
{
    XML_Index index = XML_GetCurrentByteIndex(xml->parser);

    return index < 0 ? 0 : (size_t)index;
}

static void fail(xml_reader *xml, cdp_diagnostic_code code, size_t start, size_t end,
                 cdp_string argument)
{
    stop(xml, cdp_reading_fail(xml->reading, CDP_ERR_INVALID, code, start, end, argument));
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static cdp_xml_element *open_element(const xml_reader *xml)
{
    return xml->open == UINT32_MAX ? NULL : &xml->elements.items[xml->open];
}

/* Text beside elements; kept white space is none. */
static bool has_mixed_content(xml_reader *xml, cdp_xml_element *element)
{
    const char *text;
    size_t i = 0;

    if (!element || !element->has_elements || element->text_length == 0)
        return false;
    text = xml->reading->document->values + element->start;
    while (i < element->text_length && is_blank(text[i]))
        i++;
    if (i == element->text_length) {
        element->text_length = 0;
        return false;
    }
    fail(
        xml, CDP_DIAGNOSTIC_XML_MIXED_CONTENT, element->start, element->start,
        cdp_string_slice(xml->reading->document->text + element->name_start, element->name_length));
    return true;
}

static bool read_attributes(xml_reader *xml, const XML_Char **attributes, size_t at)
{
    for (; *attributes; attributes += 2) {
        cdp_status status;

        if (strcmp(attributes[0], "xml:space") == 0) {
            if (strcmp(attributes[1], "preserve") == 0 && xml->kept == 0)
                xml->kept = xml->depth + 1;
            continue;
        }
        status = cdp_reading_report(xml->reading, CDP_DIAGNOSTIC_XML_ATTRIBUTE, at, at,
                                    cdp_string_of(attributes[0]));
        if (status != CDP_OK) {
            stop(xml, status);
            return false;
        }
    }
    return true;
}

static cdp_status add_element(xml_reader *xml, size_t name_start, size_t name_length)
{
    cdp_xml_elements *elements = &xml->elements;
    void *items = elements->items;
    cdp_status status = CDP_ERR_LIMIT;

    if (elements->count < xml->reading->options->limits.nodes)
        status = cdp_document_reserve(xml->reading->document, &items, &elements->capacity,
                                      elements->count + 1, sizeof *elements->items);
    elements->items = items;
    if (status == CDP_ERR_LIMIT)
        return cdp_reading_fail_nodes(xml->reading, name_start, elements->count);
    if (status != CDP_OK)
        return status;
    elements->items[elements->count] = (cdp_xml_element){
        .parent = xml->open,
        .name_start = (uint32_t)name_start,
        .name_length = (uint32_t)name_length,
    };
    xml->open = (uint32_t)elements->count++;
    return CDP_OK;
}

static void on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    xml_reader *xml = user;
    cdp_xml_element *outer = open_element(xml);
    size_t at = current(xml);
    size_t length = strlen(name);
    cdp_status status;

    if (xml->status != CDP_OK)
        return;
    if (outer)
        outer->has_elements = true;
    if (has_mixed_content(xml, outer) || !read_attributes(xml, attributes, at))
        return;
    if (strchr(name, ':')) {
        fail(xml, CDP_DIAGNOSTIC_XML_PREFIX, at + 1, at + 1 + length, cdp_string_of(name));
        return;
    }
    if (xml->depth >= xml->reading->options->limits.depth) {
        stop(xml, cdp_reading_fail_depth(xml->reading, at));
        return;
    }
    if (length > xml->reading->options->limits.scalar_bytes) {
        stop(xml, cdp_reading_fail_scalar(xml->reading, at));
        return;
    }
    status = add_element(xml, at + 1, length);
    if (status != CDP_OK) {
        stop(xml, status);
        return;
    }
    xml->depth++;
    xml->collecting = false;
}

static void on_end(void *user, const XML_Char *name)
{
    xml_reader *xml = user;
    cdp_xml_element *element = open_element(xml);
    const char *values = xml->reading->document->values;

    (void)name;
    /* Stopped in its begin, an element without content still ends. */
    if (xml->status != CDP_OK || has_mixed_content(xml, element))
        return;
    element->end = (uint32_t)current(xml);
    element->last = (uint32_t)xml->elements.count - 1;
    if (!xml->collecting && !element->has_elements)
        element->start = element->end;
    if (xml->kept == 0) {
        while (element->text_length > 0 &&
               is_blank(values[element->start + element->text_length - 1]))
            element->text_length--;
    }
    if (xml->kept == xml->depth)
        xml->kept = 0;
    xml->open = element->parent;
    xml->depth--;
    xml->collecting = false;
}

static void on_text(void *user, const XML_Char *text, int length)
{
    xml_reader *xml = user;
    cdp_xml_element *element = open_element(xml);
    size_t from = 0;
    size_t count = (size_t)length;

    if (!element || xml->status != CDP_OK)
        return;
    /* Blanks in front of a text, and between elements, are layout. */
    if (element->has_elements || (!xml->collecting && xml->kept == 0)) {
        while (from < count && is_blank(text[from]))
            from++;
    }
    if (from == count)
        return;
    if (element->text_length == 0)
        element->start = (uint32_t)(current(xml) + from);
    xml->collecting = true;
    if (element->text_length + (count - from) > xml->reading->options->limits.scalar_bytes) {
        stop(xml, cdp_reading_fail_scalar(xml->reading, element->start));
        return;
    }
    memcpy(xml->reading->document->values + element->start + element->text_length, text + from,
           count - from);
    element->text_length += (uint32_t)(count - from);
    has_mixed_content(xml, element);
}

static void on_doctype(void *user, const XML_Char *name, const XML_Char *system_id,
                       const XML_Char *public_id, int has_subset)
{
    xml_reader *xml = user;
    size_t at = current(xml);

    (void)name, (void)system_id, (void)public_id, (void)has_subset;
    while (at > 0 && xml->reading->document->text[at] != '<')
        at--;
    fail(xml, CDP_DIAGNOSTIC_XML_DOCTYPE, at, at, (cdp_string){NULL, 0});
}

/* Our own words for what goes wrong often. */
static cdp_string error_words(enum XML_Error error)
{
    switch (error) {
    case XML_ERROR_NO_ELEMENTS:
        return CDP_STR("the text ends where an element is expected");
    case XML_ERROR_TAG_MISMATCH:
        return CDP_STR("the closing tag is not that of the element that is open");
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_PARTIAL_CHAR:
        return CDP_STR("the text ends inside of markup");
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
        return CDP_STR("nothing may follow the root element");
    case XML_ERROR_UNDEFINED_ENTITY:
        return CDP_STR("there is no such entity; a plain '&' is written as &amp;");
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
        return CDP_STR("the attribute is given twice");
    case XML_ERROR_BAD_CHAR_REF:
        return CDP_STR("the reference names no character");
    default:
        return CDP_STR("the markup is broken; a plain '&' or '<' is written as &amp; or &lt;");
    }
}

static cdp_status parse(xml_reader *xml)
{
    const cdp_string text = cdp_reading_text(xml->reading);
    enum XML_Error error;
    size_t at;

    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    if (XML_Parse(xml->parser, text.data, (int)text.length, XML_TRUE) == XML_STATUS_OK)
        return xml->status;
    if (xml->status != CDP_OK)
        return xml->status;
    error = XML_GetErrorCode(xml->parser);
    if (error == XML_ERROR_NO_MEMORY)
        return CDP_ERR_NOMEM;
    at = current(xml) < text.length ? current(xml) : text.length;
    return cdp_reading_fail(xml->reading, CDP_ERR_INVALID, CDP_DIAGNOSTIC_XML_SYNTAX, at, at,
                            error_words(error));
}

cdp_status cdp_read_xml(cdp_reading *reading)
{
    xml_reader xml = {.reading = reading, .open = UINT32_MAX};
    cdp_status status;

    xml.parser = XML_ParserCreate("UTF-8");
    if (!xml.parser)
        return CDP_ERR_NOMEM;
    status = parse(&xml);
    XML_ParserFree(xml.parser);
    reading->document->document_count = 1;
    if (status == CDP_OK)
        status = cdp_xml_make_tree(reading, &xml.elements);
    cdp_document_release(reading->document, xml.elements.items,
                         xml.elements.capacity * sizeof *xml.elements.items);
    return status;
}
