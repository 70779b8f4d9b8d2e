/* SPDX-License-Identifier: MIT */
/* What permissions reach, and what a look into the revision tells. */
#include "cases.h"

#include "reading.h"

#include "base/strings.h"

#define SERVER "version: 0.0\nos: linux\n"

typedef struct reach_case {
    const char *name;
    const char *destinations; /* one after the other, separated by blanks */
    const char *permissions;  /* flow mappings, one after the other, separated by | */
    const char *conflicts;    /* the lines of entries, as digits: "2" is the second entry */
    const char *useless;
} reach_case;

static const reach_case reaches[] = {
    {"one on a destination", "/srv/app", "{object: /srv/app, mode: '755'}", "", ""},
    {"one above", "/srv/app", "{object: /srv, mode: '755'}", "", ""},
    {"one below", "/srv/app", "{object: /srv/app/bin, mode: '755'}", "", ""},
    {"one elsewhere", "/srv/app", "{object: /etc/app, mode: '755'}", "", "1"},
    {"a sibling of the same beginning", "/srv/app", "{object: /srv/app2, mode: '755'}", "", "1"},
    {"the same by a detour", "/srv/app", "{object: //srv/./x/../app/, mode: '755'}", "", ""},
    {"no destinations at all", "", "{object: /srv, mode: '755'}", "", "1"},
    {"no types", "/srv/app", "{object: /srv/app, type: [], mode: '755'}", "", "1"},
    {"a destination that cannot be known", "${X}", "{object: /etc/app, mode: '755'}", "", ""},
    {"a pattern above that names the way", "/srv/app", "{object: /srv, pattern: 'a*', mode: '755'}",
     "", ""},
    {"a pattern above that does not", "/srv/app", "{object: /srv, pattern: '*.html', mode: '755'}",
     "", "1"},
    {"a pattern above, for files", "/srv/app",
     "{object: /srv, pattern: '*', type: [file], mode: '755'}", "", "1"},
    {"a pattern above, one of two ways", "/srv/app /srv/b.html",
     "{object: /srv, pattern: '*.html', mode: '755'}", "", ""},
    {"a pattern further above", "/srv/app/x", "{object: /srv, pattern: 'app', mode: '755'}", "",
     ""},
    {"a pattern on the destination itself", "/srv/app",
     "{object: /srv/app, pattern: '*.html', mode: '755'}", "", ""},
    {"all twice", "/srv/app", "{object: /srv/app, mode: '755'}|{object: /srv/app, owner: root}",
     "2", ""},
    {"files and directories", "/srv/app",
     "{object: /srv/app, type: [file], mode: '644'}|{object: /srv/app, type: [directory], mode: "
     "'755'}",
     "", ""},
    {"files, and both", "/srv/app",
     "{object: /srv/app, type: [file], mode: '644'}|{object: /srv/app, owner: root}", "2", ""},
    {"patterns apart", "/srv/app",
     "{object: /srv/app, pattern: '*.sh', mode: '755'}|{object: /srv/app, pattern: '*.txt', mode: "
     "'644'}",
     "", ""},
    {"patterns that meet", "/srv/app",
     "{object: /srv/app, pattern: 'a*', mode: '755'}|{object: /srv/app, pattern: '*.txt', mode: "
     "'644'}",
     "2", ""},
    {"all, and a pattern", "/srv/app",
     "{object: /srv/app, mode: '755'}|{object: /srv/app, pattern: '*.txt', mode: '644'}", "2", ""},
    {"all but a pattern", "/srv/app",
     "{object: /srv/app, except: ['*.txt'], mode: '755'}|{object: /srv/app, pattern: '*.txt', "
     "mode: '644'}",
     "", ""},
    {"all above", "/srv/app", "{object: /srv, mode: '755'}|{object: /srv/app/bin, owner: root}",
     "2", ""},
    {"all above, other types", "/srv/app",
     "{object: /srv, type: [directory], mode: '755'}|{object: /srv/app/bin, type: [file], owner: "
     "root}",
     "", ""},
    {"all below first", "/srv/app",
     "{object: /srv/app/bin, owner: root}|{object: /srv/app, mode: '755'}", "2", ""},
    {"a pattern above takes nothing below", "/srv/app",
     "{object: /srv/app, pattern: '*.sh', mode: '755'}|{object: /srv/app/bin, owner: root}", "",
     ""},
    {"an exception for a path", "/srv/app",
     "{object: /srv/app, except: [bin], mode: '755'}|{object: /srv/app/bin, owner: root}", "", ""},
    {"an exception for another", "/srv/app",
     "{object: /srv/app, except: [lib], mode: '755'}|{object: /srv/app/bin, owner: root}", "2", ""},
    {"an exception that is too deep", "/srv/app",
     "{object: /srv/app, except: [x], mode: '755'}|{object: /srv/app/bin/x, owner: root}", "2", ""},
    {"what never applies does not conflict", "/srv/app",
     "{object: /etc, mode: '755'}|{object: /etc, owner: root}", "", "12"},
    {"three", "/srv/app",
     "{object: /srv/app, mode: '755'}|{object: /srv/app/a, mode: '755'}|{object: /srv/app/a/b, "
     "mode: '755'}",
     "23", ""},
};

static void put_list(char *text, const char *items, char separator, const char *before,
                     const char *after)
{
    while (*items) {
        size_t length = strcspn(items, (char[]){separator, '\0'});

        strcat(text, before);
        strncat(text, items, length);
        strcat(text, after);
        items += length + (items[length] == separator);
    }
}

/* The numbers of the entries that have a finding of this code, in order. */
static void numbers_of(const outcome *reading, cdp_diagnostic_code code, char *numbers)
{
    for (size_t i = 0; i < cdp_diagnostics_count(reading->diagnostics); i++) {
        cdp_diagnostic finding = {.size = sizeof finding};
        static const char start[] = "/permissions/";

        assert_int_equal(cdp_diagnostics_at(reading->diagnostics, i, &finding), CDP_OK);
        if (finding.code != code)
            continue;
        assert_memory_equal(finding.pointer.data, start, sizeof start - 1);
        *numbers++ = (char)(finding.pointer.data[sizeof start - 1] + 1);
    }
    *numbers = '\0';
}

static void reach(void **state)
{
    const reach_case *item = *state;
    char text[1024] = SERVER "files:\n";
    char numbers[16];
    outcome reading;

    put_list(text, item->destinations, ' ', "  - {source: /, destination: '", "'}\n");
    strcat(text, "permissions:\n");
    put_list(text, item->permissions, '|', "  - ", "\n");
    reading = read_server(text);
    if (reading.status != CDP_OK)
        print_findings(&reading);
    assert_int_equal(reading.status, CDP_OK);
    numbers_of(&reading, CDP_DIAGNOSTIC_PERMISSION_CONFLICT, numbers);
    assert_string_equal(numbers, item->conflicts);
    numbers_of(&reading, CDP_DIAGNOSTIC_PERMISSION_NEVER_APPLIES, numbers);
    assert_string_equal(numbers, item->useless);
    outcome_free(&reading);
}

/* A revision for the tests: names, what they are, and how they begin. */
typedef struct bundle_file {
    const char *path;
    cdp_appspec_entry_kind kind;
    int executable;
    const char *head;
} bundle_file;

static const bundle_file revision[] = {
    {"", CDP_APPSPEC_ENTRY_DIRECTORY, 0, NULL},
    {"app", CDP_APPSPEC_ENTRY_DIRECTORY, 0, NULL},
    {"app/site.conf", CDP_APPSPEC_ENTRY_FILE, 0, "x"},
    {"link", CDP_APPSPEC_ENTRY_OTHER, 0, NULL},
    {"good.sh", CDP_APPSPEC_ENTRY_FILE, 1, "#!/bin/sh\necho\r\n"},
    {"program", CDP_APPSPEC_ENTRY_FILE, 1,
     "\x7f"
     "ELF"},
    {"plain.sh", CDP_APPSPEC_ENTRY_FILE, 0, "#!/bin/sh\n"},
    {"crlf.sh", CDP_APPSPEC_ENTRY_FILE, 1, "#!/bin/sh\r\n"},
    {"bare.sh", CDP_APPSPEC_ENTRY_FILE, 1, "echo\n"},
    {"empty.sh", CDP_APPSPEC_ENTRY_FILE, 1, ""},
};

static const bundle_file *find_file(cdp_string path)
{
    for (size_t i = 0; i < sizeof revision / sizeof *revision; i++)
        if (cdp_string_equal_c(path, revision[i].path))
            return &revision[i];
    return NULL;
}

static cdp_status look(cdp_string path, cdp_appspec_entry *entry, void *user)
{
    const bundle_file *file = find_file(path);

    assert_int_equal(entry->size, sizeof *entry);
    assert_int_equal(path.data[path.length], '\0');
    if (user)
        return *(const cdp_status *)user;
    if (file) {
        entry->kind = file->kind;
        entry->executable = file->executable;
    }
    return CDP_OK;
}

static cdp_status read_head(cdp_string path, char *buffer, size_t capacity, size_t *length,
                            void *user)
{
    const bundle_file *file = find_file(path);

    (void)user;
    assert_non_null(file);
    assert_true(strlen(file->head) <= capacity);
    memcpy(buffer, file->head, strlen(file->head));
    *length = strlen(file->head);
    return CDP_OK;
}

typedef struct bundle_case {
    const char *name;
    const char *text;
    cdp_diagnostic_code code; /* 0: nothing is found */
    cdp_severity severity;
    uint32_t line;
} bundle_case;

#define ENTRY(source) SERVER "files:\n  - source: " source "\n    destination: /srv\n"
#define SCRIPT(location) SERVER "hooks:\n  AfterInstall:\n    - location: " location "\n"

static const bundle_case bundles[] = {
    {"the whole revision", ENTRY("/"), (cdp_diagnostic_code)0, CDP_SEVERITY_NOTE, 0},
    {"a directory with a slash", ENTRY("./app/"), (cdp_diagnostic_code)0, CDP_SEVERITY_NOTE, 0},
    {"a file from the root", ENTRY("/app/site.conf"), (cdp_diagnostic_code)0, CDP_SEVERITY_NOTE, 0},
    {"a missing source", ENTRY("apps"), CDP_DIAGNOSTIC_BUNDLE_SOURCE_MISSING, CDP_SEVERITY_ERROR,
     4},
    {"a dangling link", ENTRY("link"), CDP_DIAGNOSTIC_BUNDLE_SOURCE_UNUSABLE, CDP_SEVERITY_WARNING,
     4},
    {"a placeholder is not looked for", ENTRY("'${X}'"), CDP_DIAGNOSTIC_APPSPEC_PLACEHOLDER,
     CDP_SEVERITY_WARNING, 4},
    {"a good script", SCRIPT("good.sh"), (cdp_diagnostic_code)0, CDP_SEVERITY_NOTE, 0},
    {"a program", SCRIPT("program"), (cdp_diagnostic_code)0, CDP_SEVERITY_NOTE, 0},
    {"an empty script", SCRIPT("empty.sh"), (cdp_diagnostic_code)0, CDP_SEVERITY_NOTE, 0},
    {"a missing script", SCRIPT("goood.sh"), CDP_DIAGNOSTIC_BUNDLE_SCRIPT_MISSING,
     CDP_SEVERITY_ERROR, 5},
    {"a directory", SCRIPT("app"), CDP_DIAGNOSTIC_BUNDLE_SCRIPT_NOT_A_FILE, CDP_SEVERITY_ERROR, 5},
    {"not executable", SCRIPT("plain.sh"), CDP_DIAGNOSTIC_BUNDLE_SCRIPT_NOT_EXECUTABLE,
     CDP_SEVERITY_WARNING, 5},
    {"carriage return", SCRIPT("crlf.sh"), CDP_DIAGNOSTIC_BUNDLE_SCRIPT_LINE_ENDS,
     CDP_SEVERITY_ERROR, 5},
    {"no interpreter", SCRIPT("bare.sh"), CDP_DIAGNOSTIC_BUNDLE_SCRIPT_NO_INTERPRETER,
     CDP_SEVERITY_WARNING, 5},
    {"a pattern on a copied file",
     SERVER "files:\n  - source: app/site.conf\n    destination: /srv/\n"
            "permissions:\n  - object: /srv/./site.conf\n    pattern: '*'\n    mode: 644\n",
     CDP_DIAGNOSTIC_PERMISSION_FILE_PATTERN, CDP_SEVERITY_ERROR, 7},
    {"an exception on a copied file",
     SERVER "files:\n  - source: app/site.conf\n    destination: /srv\n"
            "permissions:\n  - object: /srv/site.conf\n    except: [a]\n    mode: 644\n",
     CDP_DIAGNOSTIC_PERMISSION_FILE_PATTERN, CDP_SEVERITY_ERROR, 7},
    {"a copied file without a pattern",
     SERVER "files:\n  - source: app/site.conf\n    destination: /srv\n"
            "permissions:\n  - object: /srv/site.conf\n    mode: 644\n",
     (cdp_diagnostic_code)0, CDP_SEVERITY_NOTE, 0},
    {"a pattern on a directory of that name",
     SERVER "files:\n  - source: app\n    destination: /srv\n"
            "permissions:\n  - object: /srv/app\n    pattern: '*'\n    mode: 644\n",
     (cdp_diagnostic_code)0, CDP_SEVERITY_NOTE, 0},
};

static void bundle_finding(void **state)
{
    const bundle_case *item = *state;
    cdp_appspec_bundle bundle = {.size = sizeof bundle, .look = look, .read_head = read_head};
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
    outcome reading;

    options.bundle = &bundle;
    reading = read_text(item->text, strlen(item->text), &options);
    if (cdp_diagnostics_count(reading.diagnostics) != (item->code != 0))
        print_findings(&reading);
    assert_int_equal(cdp_diagnostics_count(reading.diagnostics), item->code != 0);
    if (item->code) {
        assert_int_equal(finding_of(&reading, item->code).severity, item->severity);
        assert_int_equal(finding_of(&reading, item->code).line, item->line);
    }
    outcome_free(&reading);
}

static void answers_of_the_host(void **state)
{
    static const struct {
        cdp_status answer;
        cdp_status result;
    } table[] = {
        {CDP_PASSTHROUGH, CDP_OK},
        {CDP_ERR_IO, CDP_ERR_IO},
        {(cdp_status)-1234, (cdp_status)-1234},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        cdp_status answer = table[i].answer;
        cdp_appspec_bundle bundle = {.size = sizeof bundle, .look = look, .user = &answer};
        cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
        static const char text[] = ENTRY("nothing") "hooks: {AfterInstall: [{location: x}]}\n";
        outcome reading;

        options.bundle = &bundle;
        reading = read_text(text, sizeof text - 1, &options);
        assert_int_equal(reading.status, table[i].result);
        assert_int_equal(cdp_diagnostics_count(reading.diagnostics), 0);
        outcome_free(&reading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers_of_the_host)};

    return CASES("reach", reach, reaches) + CASES("bundle", bundle_finding, bundles) +
           cmocka_run_group_tests(tests, NULL, NULL);
}
