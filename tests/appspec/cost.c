/* SPDX-License-Identifier: MIT */
/*
 * Reads and checks inputs of many kinds, each in one size and in twice that, and lets callgrind say
 * how many instructions each took; check-cost.py runs it and judges.
 */
#include <codedeploy/codedeploy.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valgrind/callgrind.h>

enum { SMALL = 8 * 1024, ROOM = 256 };

#define HEAD "version: 0.0\nos: linux\n"
#define FILES HEAD "files:\n  - {source: a, destination: /a}\n"

/* `piece` again and again, with its number for each `%zu`. */
static const struct {
    const char *name;
    const char *head;
    const char *piece;
    const char *tail;
} kinds[] = {
    {"open-lists", "", "[", ""},
    {"open-mappings", "", "{a: ", ""},
    {"flow-pairs", "[", "a: b, ", "]"},
    {"nested-lists", "", "- [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]\n", ""},
    {"questions", "", "? ", ""},
    {"dashes", "", "- ", ""},
    {"anchors", "", "- &a%zu x\n", ""},
    {"aliases", "a: &a x\nb:\n", "- *a\n", ""},
    {"tags", "", "- !t x\n", ""},
    {"directives", "", "%%TAG !t%zu! x\n", "---\na: b\n"},
    {"documents", "", "--- a\n", ""},
    {"keys", "", "key%zu: 1\n", ""},
    {"equal-keys", "", "key: 1\n", ""},
    {"merged-keys", "<<: {", "k%zu: 1, ", "}\n"},
    {"items", "", "- 12345\n", ""},
    {"quoted-text", "a: \"", "x\\x41 ", "\"\n"},
    {"block", "a: |\n", "  line\n\n", ""},
    {"folded", "a: >\n", "  line\n\n", ""},
    {"long-word", "", "a", ""},
    {"many-lines", "a: b\n", "  c\n", ""},
    {"blanks", "a: b", " ", "\n"},
    {"empty-lines", "a: b\n", "\n", ""},
    {"suppressions", HEAD, "# codedeploy: ignore os-missing\n", ""},
    {"missing-blanks", HEAD, "a:b\n", ""},
    {"open-quotes", HEAD, "a: 'b\n", ""},
    {"tabs", HEAD, "\ta: b\n", ""},
    {"smart-quotes", "",
     "a: \xE2\x80\x9C"
     "b\xE2\x80\x9D\n",
     ""},
    {"files", HEAD "files:\n", "  - {source: s%zu, destination: /d}\n", ""},
    {"equal-files", HEAD "files:\n", "  - {source: a, destination: /d}\n", ""},
    {"objects", FILES "permissions:\n", "  - {object: /a/%zu, mode: 644}\n", ""},
    {"patterns", FILES "permissions:\n", "  - {object: /a, pattern: '*%zu'}\n", ""},
    {"covered", FILES "permissions:\n  - object: /a\n", "  - {object: /a/b/%zu/c/d}\n", ""},
    {"hooks", HEAD "hooks:\n", "  E%zu: [{location: a}]\n", ""},
    {"scripts", HEAD "hooks:\n  AfterInstall:\n", "    - location: a\n", ""},
    {"json", "[", "1.5, ", "2]"},
    {"xml", "<appspec>", "<a>b</a>", "</appspec>"},
};

static char *make(size_t kind, size_t size, size_t *length)
{
    char *text = malloc(size + 2 * ROOM);
    size_t used;

    if (!text)
        exit(1);
    used = (size_t)snprintf(text, ROOM, "%s", kinds[kind].head);
    for (size_t i = 0; used < size; i++)
        used += (size_t)snprintf(text + used, ROOM, kinds[kind].piece, i);
    used += (size_t)snprintf(text + used, ROOM, "%s", kinds[kind].tail);
    *length = used;
    return text;
}

static void run(size_t kind, size_t size)
{
    cdp_appspec_options options = {.size = sizeof options, .suppressions = 1};
    cdp_diagnostics *diagnostics = NULL;
    cdp_appspec *appspec = NULL;
    char name[ROOM];
    size_t length;
    char *text = make(kind, size, &length);

    snprintf(name, sizeof name, "%s %zu", kinds[kind].name, size / SMALL);
    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        exit(1);
    CALLGRIND_ZERO_STATS;
    (void)cdp_appspec_parse(text, length, &options, diagnostics, &appspec);
    cdp_appspec_free(appspec);
    CALLGRIND_DUMP_STATS_AT(name);
    cdp_diagnostics_free(diagnostics);
    free(text);
}

int main(void)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        run(i, SMALL);
        run(i, 2 * SMALL);
    }
    return 0;
}
