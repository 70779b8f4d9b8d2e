/* SPDX-License-Identifier: MIT */
/* The nodes of a scenario file: loaded, looked at, complained about. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "scenario.h"
#include "time_text.h"

enum { MOST_BYTES = 1024 * 1024, MOST_DEPTH = 64, MOST_KEYS = 32, MOST_JSON = 1024 * 1024 };

static void say(scenario *s, yaml_mark_t mark, bool is_error, const char *format, va_list arguments)
{
    fprintf(stderr, "%s:%zu:%zu: %s: ", s->shown, mark.line + 1, mark.column + 1,
            is_error ? "error" : "warning");
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    if (is_error && !s->failed)
        s->failed = CLI_FINDINGS;
}

void scenario_complain(scenario *s, const yaml_node_t *at, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(s, at ? at->start_mark : (yaml_mark_t){0}, true, format, arguments);
    va_end(arguments);
}

void scenario_say(scenario *s, const yaml_node_t *at, bool is_error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(s, at ? at->start_mark : (yaml_mark_t){0}, is_error, format, arguments);
    va_end(arguments);
}

static void complain_at(scenario *s, yaml_mark_t mark, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(s, mark, true, format, arguments);
    va_end(arguments);
}

bool scenario_load(scenario *s)
{
    yaml_parser_t parser;
    size_t length;

    if (!cli_read(s->file, MOST_BYTES, &s->bytes, &length)) {
        s->failed = CLI_IO;
        return false;
    }
    if (!yaml_parser_initialize(&parser)) {
        s->failed = cli_fail("out of memory");
        return false;
    }
    /* Two bytes FF FE alone would be an empty file in UTF-16. */
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)s->bytes, length);
    if (length > MOST_BYTES)
        complain_at(s, (yaml_mark_t){0}, "the file is longer than %d bytes", MOST_BYTES);
    else if (yaml_parser_load(&parser, &s->document))
        s->has_document = true;
    else
        complain_at(s, parser.problem_mark, "this is not YAML: %s",
                    parser.problem ? parser.problem : "it cannot be read");
    yaml_parser_delete(&parser);
    if (s->has_document && !scenario_root(s))
        complain_at(s, (yaml_mark_t){0}, "the file is empty");
    return !s->failed;
}

const yaml_node_t *scenario_root(scenario *s)
{
    return yaml_document_get_root_node(&s->document);
}

const yaml_node_t *scenario_node(scenario *s, int number)
{
    return yaml_document_get_node(&s->document, number);
}

static const char *scalar(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : NULL;
}

const yaml_node_t *scenario_member(scenario *s, const yaml_node_t *node, cdp_string key)
{
    if (node->type != YAML_MAPPING_NODE)
        return NULL;
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const char *name = scalar(scenario_node(s, pair->key));

        if (name && strlen(name) == key.length && memcmp(name, key.data, key.length) == 0)
            return scenario_node(s, pair->value);
    }
    return NULL;
}

/* ---- mappings and sequences ---- */

static void complain_of_key(scenario *s, const yaml_node_t *key, const char *const *keys,
                            size_t count)
{
    const char *word = scalar(key);
    size_t near;

    if (!word) {
        scenario_complain(s, key, "a key must be a word");
        return;
    }
    near = cdp_suggest((cdp_string){word, strlen(word)}, keys, count);
    if (near < count)
        scenario_complain(s, key, "there is no '%s' here; did you mean '%s'?", word, keys[near]);
    else
        scenario_complain(s, key, "there is no '%s' here", word);
}

bool scenario_take(scenario *s, const yaml_node_t *node, const char *const *keys, size_t count,
                   const yaml_node_t **values)
{
    memset(values, 0, count * sizeof *values);
    if (!node)
        return true;
    if (node->type != YAML_MAPPING_NODE) {
        scenario_complain(s, node, "this must be a mapping");
        return false;
    }
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = scenario_node(s, pair->key);
        size_t i = 0;

        while (i < count && !(scalar(key) && strcmp(scalar(key), keys[i]) == 0))
            i++;
        if (i == count)
            complain_of_key(s, key, keys, count);
        else if (values[i])
            scenario_complain(s, key, "'%s' stands here twice", keys[i]);
        else
            values[i] = scenario_node(s, pair->value);
    }
    return true;
}

size_t scenario_length(scenario *s, const yaml_node_t *node)
{
    if (!node)
        return 0;
    if (node->type == YAML_SEQUENCE_NODE)
        return (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
    scenario_complain(s, node, "this must be a list");
    return 0;
}

const yaml_node_t *scenario_item(scenario *s, const yaml_node_t *node, size_t index)
{
    size_t count = (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);

    return index < count ? scenario_node(s, node->data.sequence.items.start[index]) : NULL;
}

/* ---- scalars ---- */

cdp_string scenario_string(scenario *s, const yaml_node_t *node)
{
    if (!node)
        return (cdp_string){NULL, 0};
    if (scalar(node) && strlen(scalar(node)) == node->data.scalar.length)
        return (cdp_string){scalar(node), node->data.scalar.length};
    scenario_complain(s, node, "this must be a text");
    return (cdp_string){NULL, 0};
}

int64_t scenario_time(scenario *s, const yaml_node_t *node, int64_t otherwise)
{
    int64_t ms;

    if (!node)
        return otherwise;
    if (scalar(node) && time_parse(scalar(node), 1000, &ms))
        return ms;
    scenario_complain(s, node, "this must be a time, such as 90s, 5m or 1h, of at most %dd",
                      TIME_LONGEST_DAYS);
    return otherwise;
}

int64_t scenario_number(scenario *s, const yaml_node_t *node, int64_t otherwise)
{
    const char *word = node ? scalar(node) : NULL;
    char *end;
    long long number;

    if (!node)
        return otherwise;
    if (word && *word >= '0' && *word <= '9') {
        number = strtoll(word, &end, 10);
        if (!*end && number <= INT32_MAX)
            return number;
    }
    scenario_complain(s, node, "this must be a whole number, at most %d", INT32_MAX);
    return otherwise;
}

bool scenario_flag(scenario *s, const yaml_node_t *node)
{
    const char *word = node ? scalar(node) : "false";

    if (word && strcmp(word, "true") == 0)
        return true;
    if (!word || strcmp(word, "false") != 0)
        scenario_complain(s, node, "this must be true or false");
    return false;
}

cdp_string scenario_own(scenario *s, char *text)
{
    char **grown = text ? realloc(s->made, (s->made_count + 1) * sizeof *grown) : NULL;

    if (!grown) {
        free(text);
        s->failed = cli_fail("out of memory");
        return (cdp_string){NULL, 0};
    }
    s->made = grown;
    s->made[s->made_count++] = text;
    return (cdp_string){text, strlen(text)};
}

/* ---- JSON ---- */

typedef struct writer {
    scenario *s;
    FILE *out;
} writer;

/* true, false, null and numbers as JSON writes them; 007 is a text. */
static bool is_json_word(const yaml_node_t *node)
{
    const char *word = scalar(node);
    const char *digits = word + (*word == '-');
    size_t whole;

    if (node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        return false;
    if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0 || strcmp(word, "null") == 0)
        return true;
    whole = strspn(digits, "0123456789");
    if (whole == 0 || (whole > 1 && *digits == '0'))
        return false;
    if (digits[whole] == '\0')
        return true;
    return digits[whole] == '.' && digits[whole + 1] &&
           digits[whole + 1 + strspn(digits + whole + 1, "0123456789")] == '\0';
}

static void put_json_string(FILE *out, const char *word)
{
    fputc('"', out);
    for (; *word; word++) {
        unsigned char byte = (unsigned char)*word;

        if (byte == '"' || byte == '\\')
            fprintf(out, "\\%c", byte);
        else if (byte < 0x20)
            fprintf(out, "\\u%04x", byte);
        else
            fputc(byte, out);
    }
    fputc('"', out);
}

static void put_json(writer *w, const yaml_node_t *node, unsigned depth, const char *extra)
{
    bool is_mapping = node->type == YAML_MAPPING_NODE;
    const char *comma = "";

    /* An alias may lead around in a circle, or to billions of nodes. */
    if (depth > MOST_DEPTH || ftell(w->out) > MOST_JSON) {
        if (!w->s->failed)
            scenario_complain(w->s, node, "this is too large, or nested too deeply");
        return;
    }
    if (scalar(node)) {
        if (is_json_word(node))
            fputs(scalar(node), w->out);
        else
            put_json_string(w->out, scalar(node));
        return;
    }
    fputc(is_mapping ? '{' : '[', w->out);
    if (is_mapping && extra && *extra) {
        fputs(extra, w->out);
        comma = ",";
    }
    for (size_t i = 0; !is_mapping && i < scenario_length(w->s, node) && !w->s->failed; i++) {
        fputs(comma, w->out);
        put_json(w, scenario_item(w->s, node, i), depth + 1, NULL);
        comma = ",";
    }
    for (const yaml_node_pair_t *pair = is_mapping ? node->data.mapping.pairs.start : NULL;
         pair && pair < node->data.mapping.pairs.top && !w->s->failed; pair++) {
        const yaml_node_t *key = scenario_node(w->s, pair->key);

        if (!scalar(key)) {
            scenario_complain(w->s, key, "a key must be a word");
            break;
        }
        fputs(comma, w->out);
        put_json_string(w->out, scalar(key));
        fputc(':', w->out);
        put_json(w, scenario_node(w->s, pair->value), depth + 1, NULL);
        comma = ",";
    }
    fputc(is_mapping ? '}' : ']', w->out);
}

cdp_string scenario_json(scenario *s, const yaml_node_t *node, const char *extra)
{
    char *text = NULL;
    size_t length = 0;
    writer w = {s, open_memstream(&text, &length)};

    if (!w.out)
        return scenario_own(s, NULL);
    put_json(&w, node, 0, extra);
    if (fclose(w.out) != 0) {
        free(text);
        text = NULL;
    }
    return scenario_own(s, text);
}
